"""When an event happened: candidates and features of the choice.

A date comes from an expression of time in the event's own clause, from one elsewhere in the article (a story
is dated once and told on), from a span that ends or begins at publication («منذ أسبوعين»), or is the day of
publication; or the text does not tell.
"""

from __future__ import annotations

from datetime import date as Date  # noqa: N812 (a type, named as one)
from datetime import timedelta

import msgspec

from khabar.events.context import View, stem
from khabar.events.document import Document
from khabar.events.draft import Draft
from khabar.events.outlook import outlook_features
from khabar.events.scorer import Features
from khabar.language.model import Word

#: Sentences further off than this are one class to a date.
_FAR = 3
#: Words that a null or publication date is read by, before and after the trigger.
_BEFORE, _AFTER = 4, 3
_OPENERS = 2
#: Words around a date, and around a trigger, that tell whether they belong to one act.
_WINDOW = 12
_NEAR = 6
#: Words whose acts are kept at hand.
_KEPT = 200_000
#: Sentences in which a story is dated.
_TOP = 4
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
                for held in self.days[:_TOP]
                for x in held
                if x.relation in _RECENT and len(x.value) == 10
            ),
            "",
        )
        self.words: list[frozenset[str]] = [
            frozenset(_stems(v, 0, len(v.words))) if v.index < _TOP else frozenset() for v in doc.views
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
        around = _stems(view, max(0, token - _WINDOW), token + _WINDOW)
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


def date_candidates(calendar: Calendar, draft: Draft) -> list[tuple[str | None, Features]]:
    """No date, the day of publication, and each date the article offers, each once, with their features."""
    doc, view = calendar.doc, draft.view
    base = _base(calendar, draft)
    seen: dict[str, list[str]] = {}
    for rank, x in enumerate(_nearest(calendar.days[view.index], draft)):
        held = seen.get(x.value)
        if held is None:
            seen[x.value] = _here(doc, draft, x, rank, base[1])
    own = bool(seen)
    first, last = draft.cand.first, draft.cand.last
    mine = frozenset(_stems(view, max(0, first - _NEAR), last + 1 + _NEAR))
    for value, places in calendar.everywhere.items():
        f = seen.setdefault(value, [])
        f += _elsewhere(calendar, draft, value, places, mine, own, base[1])
    if calendar.lead in seen:
        early = "early" if view.index < _TOP else "late"
        here = "own" if own else "bare"
        seen[calendar.lead] += ["lead", f"lead|{here}|{early}", f"lead|{base[1]}|{here}"]
    out: list[tuple[str | None, Features]] = [(None, [("", ["null"]), ("null", base[0])])]
    if calendar.published:
        f = seen.pop(calendar.published, [])
        out.append((calendar.published, [("", ["pub", *f]), ("pub", base[0])]))
    out += [(value, [("", ["time", *f])]) for value, f in seen.items()]
    return out


def _nearest(days: list[When], draft: Draft) -> list[When]:
    view, cand = draft.view, draft.cand
    at, end = view.tokens[cand.first].start, view.tokens[cand.last].end
    return sorted(days, key=lambda x: (min(abs(x.start - end), abs(at - x.end)), x.start))


def _base(calendar: Calendar, draft: Draft) -> tuple[list[str], str]:
    """What speaks for no date or for publication; and the tense of the trigger."""
    doc, view, cand, t = calendar.doc, draft.view, draft.cand, draft.entry.type
    q = doc.statement_around(view.index, view.tokens[cand.first].start)
    held = f"inside={q.kind}" if q is not None else "inside=no"
    named = [x for x in calendar.days[view.index] if x.traits[0] == "named"]
    count = f"times={min(len(named), 2)}"
    if not named and calendar.days[view.index]:
        count = "times=span"
    tense = cand.verb.tense if cand.verb is not None else _noun(draft)
    if cand.verb is not None and cand.verb.future:
        tense = "future"
    past = _pluperfect(view, cand.first)
    base = [t, held, count, tense, f"{held}|{count}", f"{held}|{tense}", f"{t}|{count}", f"L={cand.lemma}"]
    base += [f"{count}|{tense}", f"block={view.sentence.kind}"]
    base += [f"{t}|{tense}", f"{t}|{held}", past, f"{past}|{tense}"]
    if q is not None and q.verb:
        base.append(f"cue={q.verb}")
    place = min(view.index, 6)
    base += [f"at={place}", f"at={place}|{count}", f"{t}|early" if place <= 2 else f"{t}|late"]
    base += [f"opens={view.forms[k]}" for k in range(min(_OPENERS, cand.first, len(view.forms)))]
    lead = "none" if not calendar.lead else ("pub" if calendar.lead == calendar.published else "other")
    early = "early" if place < _TOP else "late"
    base += [f"lead={lead}", f"lead={lead}|{early}", f"lead={lead}|{tense}", f"lead={lead}|{count}"]
    act = _act(view.words[cand.last])
    told = [n for n, words in enumerate(calendar.words[:_TOP]) if n < view.index and act in words]
    story = "told" if told else "new"
    base += [f"story={story}", f"story={story}|{tense}", f"story={story}|{early}", f"story={story}|{t}"]
    base += outlook_features(view, cand.first, cand.last, t, tense)
    base += _around(view, cand.first, cand.last)
    return base, tense


def _noun(draft: Draft) -> str:
    """A noun as trigger: definite, with a pronoun, or bare."""
    noun = draft.cand.noun
    if noun is None:
        return draft.cand.pos
    if noun.pronoun:
        return "noun-owned"
    return "noun-definite" if noun.definite else "noun-bare"


def _pluperfect(view: View, i: int) -> str:
    """«كان» or «قد» before the trigger, in its clause."""
    for k in range(i - 1, max(-1, i - 8), -1):
        if view.classes[k] in ("comp", "rel", "contrast"):
            return view.classes[k]
        if view.classes[k] in ("perf", "aux"):
            return f"{view.classes[k]}={view.forms[k].lstrip('وف')}"
        if view.verbish[k]:
            return "verb"
    return "plain"


def _around(view: View, first: int, last: int) -> list[str]:
    f = []
    for k in range(max(0, first - _BEFORE), first):
        if view.words[k].kind == "word":
            near = first - k <= 2
            word = view.forms[k] if view.classes[k] else stem(view, k)
            if near:
                f.append(f"just={word}")
            f.append(f"b={word}")
    for k in range(last + 1, min(len(view.words), last + 1 + _AFTER)):
        if view.words[k].kind == "word":
            f.append(f"a={view.forms[k] if view.classes[k] else stem(view, k)}")
    return f


def _here(doc: Document, draft: Draft, x: When, rank: int, tense: str) -> list[str]:
    """Features of a date in the event's own sentence."""
    view, cand, t = draft.view, draft.cand, draft.entry.type
    side = "R" if x.token > cand.first else "L"
    crossed = min(abs(view.clause[x.token] - view.clause[cand.first]), 3)
    lo, hi = sorted((x.token, cand.first))
    gap = min((hi - lo) // 3, 5)
    rank = min(rank, 2)
    rel = x.relation
    f = ["here", f"rank={rank}", f"{side}{crossed}", *x.traits]
    f += [f"{side}|rank={rank}|{crossed}", f"{side}|gap={gap}", f"here|{t}", f"rel={rel}|{tense}"]
    f += [f"{side}|{tense}", f"{side}|{crossed}|{tense}"]
    verbs = min(view.verbs_between(lo + 1, hi), 2)
    f += [f"{side}|verbs={verbs}", f"{side}|{tense}|verbs={verbs}"]
    if any(view.classes[k] in ("comp", "rel") for k in range(lo, hi)):
        f.append(f"{side}|sub-between")
    if view.depth[x.token] != view.depth[cand.first]:
        f.append("quotes-apart")
    return f


def _elsewhere(
    calendar: Calendar,
    draft: Draft,
    value: str,
    places: list[tuple[int, When]],
    mine: frozenset[str],
    own: bool,
    tense: str,
) -> list[str]:
    """Features of a date by the other sentences that name it."""
    at = draft.view.index
    trigger = _act(draft.view.words[draft.cand.last])
    here = "own" if own else "bare"
    f = []
    if all(n != at for n, _ in places):
        rel = places[0][1].relation
        f += ["not-here", f"not-here|{here}"]
        f += [f"{here}|rel={rel}", f"{here}|grain={len(value)}", f"{here}|{tense}|{rel}"]
    for n, x in places:
        if n == at:
            continue
        step = max(-_FAR, min(_FAR, n - at))
        same = "par" if calendar.doc.views[n].sentence.paragraph == draft.view.sentence.paragraph else "apart"
        common = min(len(mine & x.words), 4)
        told = "told" if trigger in x.words else "untold"
        f += [
            f"step={step}|{here}",
            f"step={step}|{here}|{same}",
            f"common={common}|{here}",
            f"{told}|{here}",
        ]
        f += [f"step={step}|{told}", f"step={step}|common={common}", f"{told}|common={common}"]
    if value == calendar.latest(at):
        f += ["latest", f"latest|{here}", f"latest|{here}|{tense}"]
    if len(places) > 1:
        f.append("again")
    return list(dict.fromkeys(f))


_ACTS: dict[str, str] = {}


def _act(word: Word) -> str:
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


def _stems(view: View, first: int, end: int) -> list[str]:
    """Stems of the open-class words of a stretch."""
    return [
        _act(view.words[k])
        for k in range(first, min(end, len(view.words)))
        if not view.classes[k] and view.words[k].kind == "word"
    ]
