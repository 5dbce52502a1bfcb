"""The country of those whom their phrase gives none: «الشرطة», «متظاهرون», «5 أشخاص».

What an article is about decides: the place in the sentence, what the same word meant before, the countries
that the article is full of. Each country that the article names collects evidence; the weights of the
evidence are learned from annotated articles (tools/) and stand in tables/country_weights.tsv.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from khabar.mentions.draft import NO_STATE, SECTORLESS, Draft
from khabar.mentions.lexicon import TABLES, rows

_TITLE: Final = 3.0
"""Weight of a mention in the headline against one in the body, for what an article is about."""

_LEAD: Final = 1.5
"""The same for the first sentence of the body."""

_CLOSE: Final = 4
"""Tokens between a draft and a place or actor that likely belongs to its phrase."""

_STATELESS: Final = SECTORLESS | {"IMG", "MNC", "UNK", "ISM"}
"""Bodies and no states: they lend their code to nobody else."""

_OFTEN: Final = 4.0
"""Mentions of a country with one sector beyond which more say no more."""

_REACH: Final = 30
"""Drafts looked back over."""

_ORGANS: Final = frozenset({"GOV", "COP", "JUD", "MIL", "LEG", "SPY", "ELI"})
_PEOPLE: Final = frozenset({"CVL", "REF", "EDU", "MED", "LAB", "REL", "SOC", "JRN", "BUS", "AGR"})


def load_weights() -> dict[str, dict[str, float]]:
    """The learned weights: sort of draft to name of the evidence to weight.

    Raises:
        OSError: when the table is missing.
    """
    plain: dict[str, float] = {}
    special: dict[str, dict[str, float]] = {"organ": {}, "people": {}, "other": {}}
    for name, weight in rows(TABLES / "country_weights.tsv"):
        kind, _, sort = name.partition(":")
        if sort:
            special[sort][kind] = float(weight)
        else:
            plain[kind] = float(weight)
    return {
        sort: {kind: weight + own.get(kind, 0.0) for kind, weight in plain.items()}
        for sort, own in special.items()
    }


def sort_of(draft: Draft) -> str:
    """What a draft is to the weights: an organ of a state, people, or something else."""
    return "organ" if draft.sector in _ORGANS else "people" if draft.sector in _PEOPLE else "other"


class Focus:
    """What countries an article is about."""

    def __init__(self, drafts: Sequence[Draft]) -> None:
        """Counts the countries that phrases name by themselves.

        Args:
            drafts: all drafts in order.
        """
        counts: dict[str, float] = {}
        headline: dict[str, None] = {}
        callings: dict[tuple[str, str], float] = {}
        for draft in drafts:
            country = draft.country
            if not draft.own or not _is_state(country):
                continue
            if draft.kind != "place":
                calling = (country, draft.sector)
                callings[calling] = callings.get(calling, 0.0) + 1.0
            kind = draft.line.sentence.kind
            weight = _TITLE if kind == "title" else _LEAD if draft.line.sentence.index <= 1 else 1.0
            if kind == "title":
                headline.setdefault(country)
            counts[country] = counts.get(country, 0.0) + weight
        self.callings = callings
        self.counts = counts
        self.headline = headline
        self.total = sum(counts.values())
        self.focal = max(counts, key=lambda country: (counts[country], country), default="")


class Context:
    """The running state of one article: what each head meant last, whom it has named."""

    def __init__(self, focus: Focus, weights: dict[str, dict[str, float]]) -> None:
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
        weights = self._weights[sort_of(draft)]
        scores: dict[str, float] = {}
        for country, name, value in self.evidence(draft, sentence):
            scores[country] = scores.get(country, 0.0) + weights.get(name, 0.0) * value
        return max(scores, key=scores.__getitem__, default="")

    def people(self) -> str:
        """The country whose people the article speaks of most by their nationality, `NO_STATE` for none."""
        counts: dict[str, float] = {}
        for (country, sector), count in self.focus.callings.items():
            if sector in {"REF", "CVL"}:
                counts[country] = counts.get(country, 0.0) + count
        return max(counts, key=lambda country: (counts[country], country), default=NO_STATE)

    def _owner(self, pronoun: str) -> str:
        for other in reversed(self.before):
            if other.country and other.kind != "group" and not other.nisba and _may_own(other, pronoun):
                return other.country
        return ""

    def evidence(self, draft: Draft, sentence: Sequence[Draft]) -> Iterator[tuple[str, str, float]]:
        """What speaks for each country of the article.

        Args:
            draft: a draft without a country.
            sentence: all drafts of its sentence.

        Yields:
            Country, name of the evidence, amount.
        """
        focus = self.focus
        for country, count in focus.counts.items():
            yield country, "share", count / focus.total
            likes = focus.callings.get((country, draft.sector), 0.0)
            if likes:
                yield country, "calling", 1.0
                yield country, "calling.often", min(likes, _OFTEN) / _OFTEN
        if focus.focal:
            yield focus.focal, "focal", 1.0
        for country in focus.headline:
            yield country, "headline", 1.0
            if len(focus.headline) == 1:
                yield country, "headline.only", 1.0
        last = self.last.get(draft.key)
        if last:
            yield last, "same-head", 1.0
            if draft.definite:
                yield last, "same-head.definite", 1.0
        for country, name in self._near(draft, sentence):
            yield country, name, 1.0
        for country, name in self._earlier(draft):
            yield country, name, 1.0

    def _near(self, draft: Draft, sentence: Sequence[Draft]) -> Iterator[tuple[str, str]]:
        """Evidence of the sentence: the nearest place and the nearest actor on either side."""
        before = (other for other in reversed(sentence) if other.first < draft.first)
        after = (other for other in sentence if other.first > draft.last)
        for side, others in (("before", before), ("after", after)):
            seen: set[str] = set()
            for other in others:
                name = f"place.{side}" if other.rule == "place.locative" else f"actor.{side}"
                if name in seen or not _speaks(other):
                    continue
                seen.add(name)
                yield other.country, name
                if max(draft.first - other.last, other.first - draft.last) <= _CLOSE:
                    yield other.country, name + ".close"
                if other.sector == "MIL" and draft.sector != "MIL":
                    yield other.country, name + ".arms"

    def _earlier(self, draft: Draft) -> Iterator[tuple[str, str]]:
        """Evidence of what went before: the last place, the last named, the last of the same sector."""
        index = draft.line.sentence.index
        place = sector = recent = False
        for other in reversed(self.before[-_REACH:]):
            if not _is_state(other.country):
                continue
            if not sector and other.sector == draft.sector:
                sector = True
                yield other.country, "last.sector"
            if other.line.sentence.index < index:
                if not recent:
                    recent = True
                    yield other.country, "last.any"
                if not place and other.kind == "place":
                    place = True
                    yield other.country, "last.place"
            if place and sector and recent:
                return


def _is_state(country: str) -> bool:
    return len(country) == 3 and country not in _STATELESS


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
