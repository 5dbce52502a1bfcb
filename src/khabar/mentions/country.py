"""The country of those whom their phrase gives none: «الشرطة», «متظاهرون», «5 أشخاص».

What an article is about decides: the place in the sentence, what the same word meant before, the countries
that the article is full of. Each country that the article names collects evidence; the weights of the
evidence are learned from annotated articles (tools/) and stand in tables/country_weights.tsv.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from khabar.mentions.draft import SECTORLESS, Draft
from khabar.mentions.lexicon import TABLES, rows

_TITLE: Final = 3.0
"""Weight of a mention in the headline against one in the body, for what an article is about."""

_LEAD: Final = 1.5
"""The same for the first sentence of the body."""

_CLOSE: Final = 4
"""Tokens between a draft and a place or actor that likely belongs to its phrase."""

_ORGANS: Final = frozenset({"GOV", "COP", "JUD", "MIL", "LEG", "SPY", "ELI"})
_PEOPLE: Final = frozenset({"CVL", "REF", "EDU", "MED", "LAB", "REL", "SOC", "JRN", "BUS", "AGR"})


def load_weights() -> dict[str, float]:
    """The learned weights by name of the evidence.

    Raises:
        OSError: when the table is missing.
    """
    return {row[0]: float(row[1]) for row in rows(TABLES / "country_weights.tsv")}


class Focus:
    """What countries an article is about."""

    def __init__(self, drafts: Sequence[Draft], dateline: str) -> None:
        """Counts the countries that phrases name by themselves.

        Args:
            drafts: all drafts in order.
            dateline: country of the dateline, or "".
        """
        counts: dict[str, float] = {}
        headline: dict[str, None] = {}
        for draft in drafts:
            country = draft.country
            if not draft.own or not _is_state(country):
                continue
            kind = draft.line.sentence.kind
            weight = _TITLE if kind == "title" else _LEAD if draft.line.sentence.index <= 1 else 1.0
            if kind == "title":
                headline.setdefault(country)
            counts[country] = counts.get(country, 0.0) + weight
        self.counts = counts
        self.headline = headline
        self.dateline = dateline
        self.total = sum(counts.values())
        self.focal = max(counts, key=lambda country: (counts[country], country), default="")


class Context:
    """The running state of one article: what each head meant last, whom it has named."""

    def __init__(self, focus: Focus, weights: dict[str, float]) -> None:
        """Starts an article.

        Args:
            focus: its countries.
            weights: see `load_weights`.
        """
        self.focus = focus
        self.last: dict[str, str] = {}
        self.before: list[Draft] = []
        self._weights = weights

    def note(self, draft: Draft) -> None:
        """Remembers a settled draft."""
        if draft.key and draft.country:
            self.last[draft.key] = draft.country
        self.before.append(draft)

    def country(self, draft: Draft, sentence: Sequence[Draft]) -> str:
        """The country of a draft that has none of its own.

        Args:
            draft: the draft.
            sentence: all drafts of its sentence.

        Returns:
            ISO alpha-3 or a body, "" when the article names no country.
        """
        if draft.pronoun:
            owner = self._owner(draft.pronoun)
            if owner:
                return owner
        evidence = self.evidence(draft, sentence)
        weights = self._weights
        best, best_score = "", 0.0
        for country, found in evidence.items():
            score = sum(weights.get(name, 0.0) * value for name, value in found)
            if not best or score > best_score:
                best, best_score = country, score
        return best

    def _owner(self, pronoun: str) -> str:
        for other in reversed(self.before):
            if other.country and other.kind != "group" and not other.nisba and _may_own(other, pronoun):
                return other.country
        return ""

    def evidence(self, draft: Draft, sentence: Sequence[Draft]) -> dict[str, list[tuple[str, float]]]:
        """What speaks for each country of the article.

        Args:
            draft: a draft without a country.
            sentence: all drafts of its sentence.

        Returns:
            Country to (name of the evidence, amount); each piece of evidence counts once by itself and once
            for the kind of draft (`organ`, `people`, `other`).
        """
        focus = self.focus
        sort = "organ" if draft.sector in _ORGANS else "people" if draft.sector in _PEOPLE else "other"
        found: dict[str, list[tuple[str, float]]] = {}

        def add(country: str, name: str, value: float = 1.0) -> None:
            found.setdefault(country, []).extend(((name, value), (f"{name}:{sort}", value)))

        for country, count in focus.counts.items():
            add(country, "share", count / focus.total)
        if focus.focal:
            add(focus.focal, "focal")
        for country in focus.headline:
            add(country, "headline")
        if len(focus.headline) == 1:
            add(next(iter(focus.headline)), "headline.only")
        if focus.dateline:
            add(focus.dateline, "dateline")
        last = self.last.get(draft.key)
        if last:
            add(last, "same-head")
            if draft.definite:
                add(last, "same-head.definite")
        for country, name in (*self._near(draft, sentence), *self._earlier(draft)):
            add(country, name)
        return found

    def _near(self, draft: Draft, sentence: Sequence[Draft]) -> Iterator[tuple[str, str]]:
        """Evidence of the sentence: the nearest place and the nearest actor on either side."""
        seen: set[str] = set()
        for other in reversed(sentence):
            if other.first < draft.first and _speaks(other):
                name = "place.before" if other.rule == "place.locative" else "actor.before"
                if name not in seen:
                    seen.add(name)
                    yield other.country, name
                    if draft.first - other.last <= _CLOSE:
                        yield other.country, name + ".close"
        for other in sentence:
            if other.first > draft.last and _speaks(other):
                name = "place.after" if other.rule == "place.locative" else "actor.after"
                if name not in seen:
                    seen.add(name)
                    yield other.country, name
                    if other.first - draft.last <= _CLOSE:
                        yield other.country, name + ".close"

    def _earlier(self, draft: Draft) -> Iterator[tuple[str, str]]:
        """Evidence of what went before: the last place, the last named, the last of the same sector."""
        seen: set[str] = set()
        index = draft.line.sentence.index
        for other in reversed(self.before[-30:]):
            if not _is_state(other.country):
                continue
            if other.kind == "place" and "place" not in seen and other.line.sentence.index < index:
                seen.add("place")
                yield other.country, "last.place"
            if other.sector == draft.sector and "sector" not in seen:
                seen.add("sector")
                yield other.country, "last.sector"
            if "any" not in seen and other.line.sentence.index < index:
                seen.add("any")
                yield other.country, "last.any"


def _is_state(country: str) -> bool:
    return len(country) == 3 and country not in SECTORLESS and country not in {"IMG", "MNC", "UNK", "ISM"}


def _speaks(other: Draft) -> bool:
    """Whether a draft's country is its own, so that it tells something of its neighbours."""
    return (other.own or other.kind == "person") and _is_state(other.country)


def _may_own(owner: Draft, pronoun: str) -> bool:
    """Whether «قواتها», «جيشه» may be of an owner, by gender."""
    if pronoun == "ها":
        return owner.gender == "f" or owner.kind in {"organisation", "place"}
    if pronoun == "ه":
        return owner.gender != "f" and owner.kind != "place"
    return True
