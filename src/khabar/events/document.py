"""The article as the event room sees it: views of its sentences, and what belongs to the whole of it."""

from __future__ import annotations

from collections import Counter
from datetime import date

from khabar.events.context import View
from khabar.language.model import Sentence
from khabar.mentions.model import Mention
from khabar.reading.article import Article
from khabar.statements.model import Statement
from khabar.times.model import Time

#: Codes that name a body, not a country. Source: coding guide, section 3.
BODIES = frozenset(("IGO", "UNO", "EUR", "NGO", "ISM", "IMG", "MNC", "UNK", ""))
_TITLE_WEIGHT = 3
#: Codes of an article that may stand on any of its events' sides.
_LEADING = 8


def sector_or_body(code: str) -> str:
    """The sector of a PLOVER code, or the code itself where it has none: «GOV» of «RUS GOV», «UNO»."""
    return code.split()[1] if " " in code else code


class Document:
    """An article with everything the earlier rooms found, indexed by sentence."""

    __slots__ = (
        "article",
        "countries",
        "focus",
        "leading",
        "mentions",
        "published",
        "statements",
        "statements_in",
        "times",
        "times_in",
        "views",
        "weights",
    )

    def __init__(
        self,
        article: Article,
        sentences: tuple[Sentence, ...],
        mentions: tuple[Mention, ...],
        times: tuple[Time, ...],
        statements: tuple[Statement, ...],
    ) -> None:
        self.article = article
        self.mentions = mentions
        self.times = times
        self.statements = statements
        self.published: date | None = article.published.date() if article.published else None
        per: list[list[Mention]] = [[] for _ in sentences]
        for m in mentions:
            per[m.sentence].append(m)
        self.views = [View(s, tuple(held)) for s, held in zip(sentences, per, strict=True)]
        self.times_in: list[list[Time]] = [[] for _ in sentences]
        for t in times:
            if t.sentence >= 0:
                self.times_in[t.sentence].append(t)
        self.statements_in: list[list[Statement]] = [[] for _ in sentences]
        for q in statements:
            for s in sentences:
                if q.start < s.end and s.start < q.end:
                    self.statements_in[s.index].append(q)
        self.countries = self._countries()
        ranked = self._ranked()
        self.weights = {code: str(n) if n <= 3 else "some" for n, code in enumerate(ranked, 1)}
        #: The first mention of each of the codes that the article names most.
        self.leading = list(ranked.values())[:_LEADING]
        self.focus = self.countries[0] if self.countries else ""

    def weight_of(self, code: str) -> str:
        """How much of the article's naming a code has: none, some, or rank 1 to 3 among all codes."""
        return self.weights.get(code, "none")

    def _ranked(self) -> dict[str, Mention]:
        """Codes of the article's mentions with the first mention of each, heaviest first."""
        first: dict[str, Mention] = {}
        tally: Counter[str] = Counter()
        for m in self.mentions:
            first.setdefault(m.code, m)
            tally[m.code] += _TITLE_WEIGHT if self.views[m.sentence].sentence.kind == "title" else 1
        return {c: first[c] for c in sorted(tally, key=lambda c: (-tally[c], c))}

    def _countries(self) -> list[str]:
        """Countries of the article's mentions, heaviest first; the headline's count threefold."""
        tally: Counter[str] = Counter()
        for m in self.mentions:
            if m.country and m.country not in BODIES and len(m.country) == 3:
                tally[m.country] += _TITLE_WEIGHT if self.views[m.sentence].sentence.kind == "title" else 1
        return [c for c, _ in sorted(tally.items(), key=lambda cn: (-cn[1], cn[0]))]

    def statement_around(self, sentence: int, offset: int) -> Statement | None:
        """The innermost statement whose words hold the code point, or None."""
        best: Statement | None = None
        for q in self.statements_in[sentence]:
            if q.start <= offset < q.end and (best is None or q.end - q.start < best.end - best.start):
                best = q
        return best
