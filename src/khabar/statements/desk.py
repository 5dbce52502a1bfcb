"""What the search through one article knows so far, and how a find becomes a statement."""

from __future__ import annotations

from functools import lru_cache
from typing import Literal, NamedTuple

import msgspec

from khabar.mentions.model import Mention
from khabar.statements.candidates import find_features
from khabar.statements.cues import Cue, Cues, fold
from khabar.statements.identity import identified
from khabar.statements.judge import Judge
from khabar.statements.model import Statement
from khabar.statements.openings import Opening
from khabar.statements.quotes import Quote
from khabar.statements.speakers import Speaker, agrees
from khabar.statements.view import View

DIRECT_SHARE = 0.5
"""Share of a clause that marks must hold for it to be direct speech: «most of it» (guide, section 4)."""

BEGUN_SHARE = 0.35
"""The same for a clause that begins with a long quotation: what follows it is mostly the reporter's."""

_LONG_QUOTE = 4
_SPLIT_WORDS = 2
"""Words that two quotations tied by «و» must each have to be two statements."""

_TRIM = frozenset(" \t\n\r\u00a0،؛,;:.…-–—\u200f\u200e")
_CLOSING = frozenset("”»›")
_OPENING = frozenset("“”«»‹")
_REMEMBERED = 4
"""Speakers among whom a reporting word without subject seeks the one it agrees with."""


@lru_cache(4096)
def _ends(name: str) -> tuple[str, str]:
    """First and last word of a name, folded."""
    return fold(name.partition(" ")[0]), fold(name.rpartition(" ")[2])


class Spoken(NamedTuple):
    """A statement of the sentence at work, with the tokens it covers (end past the last)."""

    statement: Statement
    first: int
    end: int


class Cause(msgspec.Struct, frozen=True):
    """Why a stretch is taken for words said.

    Attributes:
        token: index of the reporting word, or -1.
        verb: its lemma, or "".
        rule: id of the rule.
    """

    token: int
    verb: str
    rule: str


class Memory:
    """Who spoke so far in the article, whom the last sentence was about, who issued its papers.

    Attributes:
        heads: first word of a mention, folded, with the article -> the latest mention that begins with it.
        tails: last word of a person's name, folded -> the latest mention of that name.
        quiet: sentences since somebody spoke.
    """

    __slots__ = ("heads", "issuer", "last", "quiet", "tails", "topic", "voices")

    def __init__(self) -> None:
        self.heads: dict[str, Mention] = {}
        self.tails: dict[str, Mention] = {}
        self.quiet = 0
        self.issuer: Mention | None = None
        self.last: Mention | None = None
        self.topic: Mention | None = None
        self.voices: list[Mention] = []

    def hear(self, mention: Mention) -> None:
        """Remember a speaker."""
        self.last = mention
        self.quiet = 0
        self.voices.append(mention)
        if mention.name:
            self.name(mention)

    def name(self, mention: Mention) -> None:
        """Remember somebody under the last word of the name, and the first where it is nobody's last."""
        first, last = _ends(mention.name)
        self.tails[last] = mention
        self.tails.setdefault(first, mention)

    def recall(self, cue: Cue | None) -> Mention | None:
        """Give whom a reporting word without subject means.

        That is the last speaker who fits it. Where a sentence without speech came between, it is whom that
        was about, unless the word continues a speech («وأضاف»).
        """
        if cue is not None:
            new = self.topic if self.quiet and "continues" not in cue.verb.frames else None
            if new is not None and new.kind == "person" and agrees(new, cue, precedes=True):
                return new
            for mention in reversed(self.voices[-_REMEMBERED:]):
                if agrees(mention, cue, precedes=True):
                    return mention
            if self.topic is not None and agrees(self.topic, cue, precedes=True):
                return self.topic
        return self.last or self.topic


class Desk:
    """The article at work: its text, the sentence in view, what was found.

    Attributes:
        text: the article's text.
        cues: the tables.
        judge: what is learned.
        memory: who spoke so far.
        section: whose words stand below the current heading, or None.
        found: the statements so far.
        view: the sentence at work.
        spoken: the statements of that sentence.
    """

    def __init__(self, text: str, cues: Cues, judge: Judge) -> None:
        self.text = text
        self.cues = cues
        self.judge = judge
        self.memory = Memory()
        self.section: Mention | None = None
        self.found: list[Statement] = []
        self.view: View
        self.spoken: list[Spoken] = []

    def turn_to(self, view: View) -> None:
        """Begin with a sentence."""
        self.view = view
        self.spoken = []

    def covers(self, offset: int) -> bool:
        """Whether a statement of the sentence holds an offset."""
        return any(s.statement.start <= offset < s.statement.end for s in self.spoken)

    def take(self, opening: Opening, end: int, speaker: Speaker, cause: Cause) -> None:
        """Write down words said, unless they are written down already.

        Args:
            opening: where they begin.
            end: index past their last token.
            speaker: who says them.
            cause: why.
        """
        view = self.view
        cue = (view.start(cause.token), view.end(cause.token)) if cause.token >= 0 else (-1, -1)
        end = min(end, view.size)
        if speaker.mention is not None and speaker.start >= 0:
            speaker = msgspec.structs.replace(speaker, mention=identified(self, speaker.mention))
        spans = self._spans(opening, end)
        if not spans or not self._keeps(spans, opening, end, speaker, cause):
            return
        for start, stop, kind in spans:
            if any(_same(s.statement, start, stop) for s in self.spoken):
                continue
            statement = Statement(
                start=start,
                end=stop,
                kind=kind,
                speaker=speaker.mention,
                speaker_start=speaker.start,
                speaker_end=speaker.end,
                cue=cue,
                verb=cause.verb,
                rule=f"{cause.rule}:{speaker.rule}",
            )
            self.found.append(statement)
            self.spoken.append(Spoken(statement, opening.first, end))
            if speaker.mention is not None:
                self._remember(speaker.mention, cause.token, opening.opener)

    def _keeps(
        self,
        spans: list[tuple[int, int, Literal["direct", "indirect"]]],
        opening: Opening,
        end: int,
        speaker: Speaker,
        cause: Cause,
    ) -> bool:
        who = speaker.mention
        if opening.kind != "np" and speaker.rule == "subject" and who is not None and who.name:
            return True  # «قال فلان إن …» is never in doubt, and most finds are of that kind
        features = find_features(self, opening, end, speaker, cause)
        return self.judge.keeps(features, spans[0][0], spans[-1][1])

    def _remember(self, mention: Mention, token: int, opener: int) -> None:
        self.memory.hear(mention)
        view = self.view
        if token >= 0 and any("medium" in view.features[k].kinds for k in range(token + 1, opener)):
            self.memory.issuer = mention  # «قال المكتب في بيان»: «البيان» stands for it later

    def _spans(self, opening: Opening, end: int) -> list[tuple[int, int, Literal["direct", "indirect"]]]:
        """The characters said, and whether they are direct speech."""
        view, text = self.view, self.text
        if opening.kind == "quote" and opening.quote is not None:
            return self._pieces(opening.quote, view.quotes[-1].end)
        start = opening.start
        stop = view.end(end - 1)
        quotes = [q for q in view.quotes if q.start >= start - 1 and q.start < stop]
        for quote in quotes:
            if quote.closed:
                stop = max(stop, quote.end)
        stop = _trim(text, start, stop)
        while start < stop and text[start] in _TRIM:
            start += 1
        if stop - start < 2:
            return []
        if quotes:
            said = sum(min(q.inner_end, stop) - q.inner_start for q in quotes)
            marks = sum(1 + q.closed for q in quotes)
            begins = quotes[0].start <= start and view.quote_words(quotes[0]) > _LONG_QUOTE
            if said >= (BEGUN_SHARE if begins else DIRECT_SHARE) * (stop - start - marks):
                pieces = self._pieces(quotes[0], stop + 1)
                reach = max(p[1] for p in pieces) if pieces else 0
                if reach >= min(quotes[-1].inner_end, stop):
                    return pieces
                return [(quotes[0].inner_start, min(quotes[-1].inner_end, stop), "direct")]
        # a statement that began before the sentence began in the first person, or is taken to have
        spoken = opening.kind == "colon" and (
            view.first_person(opening.first) or opening.start < view.sentence.start
        )
        return [(start, stop, "direct" if spoken and view.sentence.kind == "paragraph" else "indirect")]

    def _pieces(self, quote: Quote, limit: int) -> list[tuple[int, int, Literal["direct", "indirect"]]]:
        """A quotation and those that «و» ties to it: one piece where they are single words, else more."""
        view, text = self.view, self.text
        pieces: list[tuple[int, int, Literal["direct", "indirect"]]] = []
        start, stop, last = quote.inner_start, quote.inner_end, quote
        words = view.quote_words(quote)
        for other in view.quotes:
            if other.start < last.end or other.start >= limit:
                continue
            if text[last.end : other.start].strip(" ،") != "و":
                break
            if min(words, view.quote_words(other)) >= _SPLIT_WORDS:
                pieces.append((start, stop, "direct"))
                start = other.inner_start
            stop, last, words = other.inner_end, other, view.quote_words(other)
        pieces.append((start, stop, "direct"))
        return [piece for piece in pieces if piece[1] > piece[0]]


def _same(statement: Statement, start: int, stop: int) -> bool:
    shared = min(stop, statement.end) - max(start, statement.start)
    return shared > 0 and shared * 2 >= max(stop - start, statement.end - statement.start)


def _trim(text: str, start: int, stop: int) -> int:
    """Leave out stops at the end, and a closing mark that nothing within opens."""
    while stop > start:
        last = text[stop - 1]
        unopened = last in _CLOSING and not any(mark in _OPENING for mark in text[start : stop - 1])
        if last in _TRIM or unopened or (last == '"' and text.count('"', start, stop) % 2):
            stop -= 1
        else:
            break
    return stop
