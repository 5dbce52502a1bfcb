"""The dates an article offers: those it names, and those it tells without naming («منذ أسبوعين»)."""

from __future__ import annotations

from datetime import date as Date  # noqa: N812 (a type, named as one)
from datetime import timedelta

import msgspec

from khabar.events.context import View
from khabar.events.document import Document
from khabar.language.model import Word

#: Words around a date that tell what it dates.
_WINDOW = 12
#: Sentences in which a story is dated.
TOP = 4
#: Words whose acts are kept at hand.
_KEPT = 100_000
_RECENT = frozenset(("today", "this-week"))
_NAMED = frozenset(("named", "week"))
_DAYS = {"D": 1, "W": 7}
_MONTHS = {"M": 1, "Y": 12}


class When(msgspec.Struct, frozen=True):
    """A date that the article offers, at one place.

    Attributes:
        value: ISO date, possibly partial.
        token: token of its sentence at which it begins.
        start: code point at which it begins.
        end: one past its end.
        relation: how it stands to publication.
        traits: features that hold wherever it is asked for.
        words: stems of the words around it: what it dates.
    """

    value: str
    token: int
    start: int
    end: int
    relation: str
    traits: tuple[str, ...]
    words: frozenset[str]


class Calendar:
    """The dates an article offers, by sentence; made once an article.

    Args:
        doc: the article.
    """

    __slots__ = ("days", "doc", "everywhere", "lead", "published", "words")

    def __init__(self, doc: Document) -> None:
        self.doc = doc
        self.published = doc.published.isoformat() if doc.published is not None else ""
        self.days: list[list[When]] = [[] for _ in doc.views]
        for view in doc.views:
            for x in doc.times_in[view.index]:
                value, origin = (iso(x.value), "named") if x.event_time else ("", "")
                if not value:
                    value, origin = _derived(x.value, doc.published)
                if value:
                    self.days[view.index].append(self._when(view, value, origin, x.start, x.end, x.rule))
        #: Each value that is named, with its places as (sentence, date).
        self.everywhere: dict[str, list[tuple[int, When]]] = {}
        for n, held in enumerate(self.days):
            for when in held:
                if when.traits[0] in _NAMED:
                    self.everywhere.setdefault(when.value, []).append((n, when))
        #: The day of the story: the first recent one that is named near the top, "" for none.
        self.lead = next(
            (
                x.value
                for held in self.days[:TOP]
                for x in held
                if x.relation in _RECENT and len(x.value) == 10
            ),
            "",
        )
        self.words: list[frozenset[str]] = [
            frozenset(acts(v, 0, len(v.words))) if v.index < TOP else frozenset() for v in doc.views
        ]

    def relation(self, value: str) -> str:
        """How a date stands to publication."""
        return relation(value, self.doc.published)

    def latest(self, sentence: int) -> str:
        """The last date named before a sentence, "" for none."""
        for n in range(sentence - 1, -1, -1):
            for x in reversed(self.days[n]):
                if x.traits[0] in _NAMED:
                    return x.value
        return ""

    def _when(self, view: View, value: str, origin: str, start: int, end: int, rule: str) -> When:
        token = view.token_at(start)
        before = token - 1
        while before >= 0 and view.classes[before] == "punct":
            before -= 1
        word = view.forms[before] if before >= 0 and view.classes[before] in ("prep", "time", "dem") else ""
        grain = str(len(value))
        rel = relation(value, self.doc.published)
        traits = (origin, f"rule={rule}", f"grain={grain}", f"rel={rel}", f"after={word}", f"{origin}|{word}")
        around = acts(view, max(0, token - _WINDOW), token + _WINDOW)
        return When(value, token, start, end, rel, traits, frozenset(around))


def iso(value: str) -> str:
    """The ISO date, possibly partial, that a TIMEX3 value names, or "" for none."""
    head = value.split("T", maxsplit=1)[0]
    if len(head) in (4, 7, 10) and head[:4].isdigit() and head.replace("-", "").isdigit():
        return head
    return ""


def _derived(value: str, published: Date | None) -> tuple[str, str]:
    """A date that is told without being named, and how: a week's first day, or so long before publication.

    Source: coding guide, section 3: for a span its first day.
    """
    if len(value) == 8 and value[4:6] == "-W" and value[:4].isdigit() and value[6:].isdigit():
        try:
            return Date.fromisocalendar(int(value[:4]), int(value[6:]), 1).isoformat(), "week"
        except ValueError:
            return "", ""
    if published is None or len(value) < 3 or value[0] != "P" or not value[1:-1].isdigit():
        return "", ""
    number, unit = int(value[1:-1]), value[-1]
    if unit in _DAYS and number < 100:
        return (published - timedelta(days=number * _DAYS[unit])).isoformat(), f"span-{unit}"
    if unit in _MONTHS and number * _MONTHS[unit] < 1200:
        months = published.year * 12 + published.month - 1 - number * _MONTHS[unit]
        year, month = divmod(months, 12)
        return (f"{year}" if unit == "Y" else f"{year}-{month + 1:02}"), f"span-{unit}"
    return "", ""


def relation(value: str, published: Date | None) -> str:
    """How a date stands to publication: today, this week, months or years ago, ahead."""
    if value.endswith("_REF"):
        return value
    if published is None or not value[:4].isdigit():
        return "unknown"
    day = published.isoformat()
    head = value[: len(day)].split("T", maxsplit=1)[0]
    if day.startswith(head):
        return "today" if len(head) == 10 else "now"
    if head > day:
        return "ahead"
    years = published.year - int(value[:4])
    if years > 1 or (years == 1 and len(head) >= 7 and head[5:7] <= day[5:7]):
        return "years-ago"
    if len(head) == 10 and (published - _day(head, published)).days <= 7:
        return "this-week"
    return "months-ago"


def _day(text: str, fallback: Date) -> Date:
    try:
        return Date.fromisoformat(text)
    except ValueError:
        return fallback


_ACTS: dict[str, str] = {}


def act_of(word: Word) -> str:
    """What a word names, be it verb or verbal noun: «استهدف» for «استهداف» too."""
    found = _ACTS.get(word.text)
    if found is None:
        if word.nouns:
            found = word.nouns[0].verb or word.nouns[0].lemma
        elif word.verbs:
            found = word.verbs[0].lemma
        else:
            found = word.keys[-1].form
            found = found[2:] if found.startswith("ال") and len(found) > 4 else found
        if len(_ACTS) > _KEPT:
            _ACTS.clear()
        _ACTS[word.text] = found
    return found


def acts(view: View, first: int, end: int) -> list[str]:
    """What the open-class words of a stretch name."""
    return [
        act_of(view.words[k])
        for k in range(first, min(end, len(view.words)))
        if not view.classes[k] and view.words[k].kind == "word"
    ]
