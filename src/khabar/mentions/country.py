"""The country of those whom their phrase gives none: «الشرطة», «متظاهرون», «5 أشخاص».

What an article is about decides: the place in the sentence, what the same word meant before, the country
that the article is full of.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final

from khabar.mentions.draft import SECTORLESS, Draft

_TITLE: Final = 3.0
"""Weight of a mention in the headline against one in the body, for what an article is about."""

_LEAD: Final = 1.5
"""The same for the first sentence of the body."""


class Focus:
    """What countries an article is about."""

    def __init__(self, drafts: Sequence[Draft], dateline: str) -> None:
        """Counts.

        Args:
            drafts: all drafts in order.
            dateline: country of the dateline, or "".
        """
        counts: Counter[str] = Counter()
        for draft in drafts:
            country = draft.country
            if not draft.own or not country or country in SECTORLESS or len(country) != 3:
                continue
            kind = draft.line.sentence.kind
            weight = _TITLE if kind == "title" else _LEAD if draft.line.sentence.index <= 1 else 1.0
            if draft.kind == "place":
                weight *= 1.5 if draft.rule == "place.locative" else 1.0
            counts[country] += 1 if weight < 1 else 0
            counts[country] = counts[country]
            self._add(counts, country, weight)
        if dateline:
            self._add(counts, dateline, 1.0)
        self.counts = counts
        self.focal = max(counts, key=lambda country: (counts[country], country), default="")

    @staticmethod
    def _add(counts: Counter[str], country: str, weight: float) -> None:
        counts[country] += round(weight * 2)


def _may_own(owner: Draft, pronoun: str) -> bool:
    """Whether «قواتها», «جيشه» may be of an owner, by gender."""
    if pronoun == "ها":
        return owner.gender == "f" or owner.kind in {"organisation", "place"}
    if pronoun == "ه":
        return owner.gender != "f" and owner.kind != "place"
    return True


class Context:
    """The running state of one article: what each head meant last, what places the sentence has named."""

    def __init__(self, focus: Focus) -> None:
        self.focus = focus
        self.last: dict[str, str] = {}
        self.before: list[Draft] = []

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
            ISO alpha-3, or "" when the article names no country.
        """
        if draft.pronoun and self.before:
            for other in reversed(self.before):
                if (
                    other.country
                    and other.kind != "group"
                    and not other.nisba
                    and _may_own(other, draft.pronoun)
                ):
                    return other.country
        last = self.last.get(draft.key) if draft.key else None
        if last:
            return last
        near = ""
        for other in sentence:
            if other.kind == "place" and other.country and other.country not in SECTORLESS:
                near = other.country
                if other.first > draft.first:
                    break
        return near or self.focus.focal
