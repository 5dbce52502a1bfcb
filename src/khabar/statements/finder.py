"""Find every stretch of an article that it attributes to a speaker.

One pass over the sentences, left to right. In each the reporting words (`reports`) and the phrases of source
(`sources`) are taken in order; each finds its words (`openings`, `clauses`) and its speaker (`attribution`).
What a sentence leaves unsaid («وأضاف: …») is taken from the memory of who spoke before.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from khabar.knowledge.model import Entity, Hit
from khabar.language.model import Sentence
from khabar.mentions.model import Mention
from khabar.reading.article import Article
from khabar.statements import cues as cue_words
from khabar.statements.cues import Cues
from khabar.statements.desk import Cause, Desk
from khabar.statements.headings import headline_speaker, section_speaker
from khabar.statements.judge import Judge
from khabar.statements.judge import load as learned
from khabar.statements.model import Statement
from khabar.statements.openings import Opening, at_quote, at_word
from khabar.statements.quotes import Quote, pair
from khabar.statements.reports import report
from khabar.statements.sources import according, told_after
from khabar.statements.speakers import Speaker, from_mention, governed, is_agent, owned
from khabar.statements.view import View

_CONTINUED = 80
"""Characters between two quotations of one speech, at most: marks, a line end, a connecting word."""

_CONTINUED_WORDS = 4
"""Words that a quotation which stands by itself has at least."""

_LINE = 18
"""Tokens that a cross-heading has at most."""

_DATELINE = 16
"""Tokens within which the dash of a dateline stands."""

_SHORT_DATELINE = 4
_ENDS = frozenset({".", "؟", "!", '"', "»", "”", "…", "..."})
_DASHES = frozenset("-–—―")
_ELLIPSES = frozenset({"..", "...", "…"})


class Knows(Protocol):
    """What the finder asks of the knowledge room."""

    @property
    def entities(self) -> Mapping[str, Entity]:
        """Entities by their id."""

    def hits(self, sentence: Sentence) -> tuple[Hit, ...]:
        """Give the names in a sentence."""


class StatementFinder:
    """Finds the statements of articles."""

    def __init__(self, knowledge: Knows | None = None, judge: Judge | None = None) -> None:
        """Take the knowledge base; without one no capital is told from its country.

        Args:
            knowledge: the tables.
            judge: what is learned, the shipped weights when None.
        """
        self._judge = learned() if judge is None else judge
        self._knowledge = knowledge
        self._cues = cue_words.load()

    def find(
        self, article: Article, sentences: tuple[Sentence, ...], mentions: tuple[Mention, ...]
    ) -> tuple[Statement, ...]:
        """Give the statements of an article in order of their first character.

        Args:
            article: the article.
            sentences: its sentences.
            mentions: its mentions, in order.
        """
        search = _Search(article, self._cues, self._judge, self._knowledge)
        by_sentence: dict[int, list[Mention]] = {}
        for mention in mentions:
            if not mention.nisba:
                by_sentence.setdefault(mention.sentence, []).append(mention)
        for sentence in sentences:
            if sentence.kind != "caption" and sentence.tokens:
                search.read(sentence, by_sentence.get(sentence.index, []))
        return tuple(sorted(search.desk.found, key=lambda s: (s.start, -s.end)))


class _Search:
    """The search through one article."""

    def __init__(self, article: Article, cues: Cues, judge: Judge, knowledge: Knows | None) -> None:
        self.article = article
        self.knowledge = knowledge
        self.desk = Desk(article.text, cues, judge)
        self._quotes: dict[int, list[Quote]] = {}

    def read(self, sentence: Sentence, mentions: list[Mention]) -> None:
        """Read one sentence."""
        desk = self.desk
        view = View(self.article.text, sentence, self._quotes_of(sentence), mentions, desk.cues)
        view.floor = _dateline(view)
        desk.turn_to(view)
        line = sentence.kind == "paragraph" and _is_line(view)
        if sentence.kind == "heading" or line:
            speaker = section_speaker(view)
            if speaker is not None or sentence.kind == "heading":
                desk.section = speaker
            if speaker is not None:
                return
        if (sentence.kind != "paragraph" or line) and self._headline():
            return
        after = view.floor
        for token in [k for k, feature in enumerate(view.features) if feature.live]:
            if token >= after and view.inside[token] < 0:
                after = self._at(token)
        if not desk.spoken:
            self._bare()
        self._set_topic()

    def _at(self, token: int) -> int:
        """Read what stands at a token; give the index to go on from."""
        feature = self.desk.view.features[token]
        if "according" in feature.kinds or "according-relay" in feature.kinds:
            return according(self.desk, token)
        after = report(self.desk, token) or told_after(self.desk, token)
        return after or token + 1

    def _quotes_of(self, sentence: Sentence) -> list[Quote]:
        """The outermost quotations of the sentence's block, paired line by line."""
        quotes = self._quotes.get(sentence.paragraph)
        if quotes is None:
            block = self.article.blocks[sentence.paragraph]
            text = self.article.text
            start = block.start
            quotes = []
            while start < block.end:
                stop = text.find("\n", start, block.end)
                stop = block.end if stop < 0 else stop
                quotes.extend(q for q in pair(text, start, stop) if q.depth == 0)
                start = stop + 1
            self._quotes[sentence.paragraph] = quotes
        return quotes

    def _set_topic(self) -> None:
        """Remember whom the sentence was about, and as issuer where it speaks of a paper of theirs."""
        view = self.desk.view
        memory = self.desk.memory
        if not self.desk.spoken:
            memory.quiet += 1
        for mention in view.mentions:
            head = view.sentence.tokens[mention.first].word
            memory.heads[head.norm if head.article else "ال" + head.norm] = mention
            if mention.name:
                memory.name(mention)
        for mention in view.mentions:
            if is_agent(mention) and not governed(view, mention) and not owned(view, mention):
                memory.topic = mention
                if True in [feature.paper for feature in view.features]:
                    memory.issuer = mention
                return

    def _headline(self) -> bool:
        """«فلان: …»."""
        view = self.desk.view
        named = headline_speaker(view, self._is_label)
        if named is None:
            return False
        mention, colon = named
        ends = (
            k
            for k in range(colon + 2, view.size)
            if view.sentence.tokens[k].text in _ELLIPSES and view.inside[k] < 0
        )
        end = next(ends, view.size)
        first = colon + 1
        kind = "that" if view.is_quote_start(first) else "colon"
        opening = at_word(view, kind, colon, first)  # type: ignore[arg-type]
        self.desk.take(opening, end, from_mention(mention, "headline"), Cause(colon, "", "headline"))
        return True

    def _is_label(self, mention: Mention) -> bool:
        """Whether a mention is a country by its own name, not by its capital («فرنسا: …»)."""
        if self.knowledge is None:
            return mention.kind == "place"
        entity = self.knowledge.entities.get(mention.entity)
        if mention.kind != "place" and (
            entity is None or entity.kind != "country" or mention.kind != "group"
        ):
            return False
        hits = self.knowledge.hits(self.desk.view.sentence)
        return not any(hit.kind == "capital" and hit.first == mention.first for hit in hits)

    def _bare(self) -> None:
        """A sentence without reporting word: a section's, or a quotation that stands by itself."""
        desk = self.desk
        view = desk.view
        if view.sentence.kind != "paragraph" or view.floor >= view.size:
            return
        quote = view.quote_of(view.floor)
        if quote is None:
            if desk.section is not None:
                self._section(desk.section)
            return
        last = desk.memory.last
        whole = view.sentence.start <= quote.start and quote.end >= view.sentence.end - 2
        if last is None or not whole or view.quote_words(quote) < _CONTINUED_WORDS or not desk.found:
            return
        before = desk.found[-1]
        if before.kind == "direct" and quote.start - before.end < _CONTINUED:
            opening = at_quote(view.floor, view.floor, quote)
            desk.take(opening, view.size, Speaker(last, -1, -1, "continued"), Cause(-1, "", "continued"))

    def _section(self, speaker: Mention) -> None:
        """A sentence below «تصريحات فلان»: his, until somebody is introduced; a paragraph is one piece."""
        desk = self.desk
        view = desk.view
        people = [m for m in view.mentions if m.kind in {"person", "role"} and not governed(view, m)]
        if any((m.entity or m.code) != (speaker.entity or speaker.code) for m in people):
            desk.section = None
        if people:
            return
        before = desk.found[-1] if desk.found else None
        start = view.start(view.floor)
        opening = Opening("colon", view.floor, view.floor, start)
        if (
            before is not None
            and before.rule.startswith("section")
            and not view.text[before.end : start].strip(" .…")
        ):
            desk.found.pop()
            opening = Opening("colon", view.floor, view.floor, before.start)
        desk.take(opening, view.size, Speaker(speaker, -1, -1, "section"), Cause(-1, "", "section"))


def _dateline(view: View) -> int:
    """Index of the first token past a dateline such as «دبي، الإمارات (CNN) --»."""
    tokens = view.sentence.tokens
    head = view.text[tokens[0].start : tokens[min(_DATELINE, view.size) - 1].end]
    if _DASHES.isdisjoint(head):
        return 0
    for k in range(1, min(_DATELINE, view.size - 1)):
        if tokens[k].text[:1] not in _DASHES:
            continue
        bracket = any(token.text == ")" for token in tokens[:k])
        spoken = any(feature.cues or feature.verb for feature in view.features[:k])
        if bracket or (k <= _SHORT_DATELINE and not spoken):
            after = k + 1
            while after < view.size and tokens[after].text[:1] in _DASHES:
                after += 1
            return after
    return 0


def _is_line(view: View) -> bool:
    """Whether a paragraph is one short line without a stop: a cross-heading that nothing marks."""
    tokens = view.sentence.tokens
    return len(tokens) <= _LINE and tokens[-1].text not in _ENDS
