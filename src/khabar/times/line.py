"""A sentence as the rules of time see it: at each token the words of time that may begin there."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

import msgspec

from khabar.language.model import Token
from khabar.times.vocabulary import Entry, Vocabulary

_TATWEEL: Final = "\u0640"
_NUMERIC: Final = re.compile(r"(?P<int>\d+)|(?P<figures>\d+(?:[-./:,]\d+)+)")
_JOINS: Final = frozenset({"-", "/"})


class Mark(msgspec.Struct, frozen=True, gc=False):
    """A word or phrase of time at its place.

    Attributes:
        kind: kind of the term; `int` for a whole number, `figures` for one with separators inside.
        value: value of the term, or the ASCII figures.
        id: row of the table, "" for figures.
        weak: see `Term.weak`.
        start: code point offset into the article, letters written onto its front left out.
        end: index of the token after it.
        proclitics: those letters.
    """

    kind: str
    value: str
    id: str
    weak: int
    start: int
    end: int
    proclitics: str


def _figures(i: int, token: Token) -> tuple[Mark, ...]:
    """The mark of a number in figures."""
    match = _NUMERIC.fullmatch(token.word.norm)
    if match is None or match.lastgroup is None:
        return ()
    return (Mark(match.lastgroup, match[0], "", 0, token.start, i + 1, ""),)


class Line:
    """The tokens of a sentence with their marks.

    Attributes:
        tokens: the tokens.
        marks: for each token its marks, longer phrases first; () for most.
        size: number of tokens.
        text: the article's text.
    """

    __slots__ = ("marks", "size", "text", "tokens")

    def __init__(self, tokens: Sequence[Token], text: str, words: Vocabulary) -> None:
        self.tokens = tokens
        self.text = text
        self.size = len(tokens)
        self.marks: list[tuple[Mark, ...]] = []
        append, entries = self.marks.append, words.entries
        for i, token in enumerate(tokens):
            kind = token.word.kind
            if kind == "word" or kind == "latin":  # noqa: PLR1714 - quicker than a set, and this is the hot loop
                found = entries(token.word)
                append(self._marks(i, token, found) if found else ())
            else:
                append(_figures(i, token) if kind == "number" else ())

    def _marks(self, i: int, token: Token, entries: tuple[Entry, ...]) -> tuple[Mark, ...]:
        """What a word may begin here: phrases that go on as they must, longest first, then the word alone."""
        marks = []
        following = self.tokens[i + 1].word.norm if i + 1 < self.size else ""
        for entry in entries:
            letters = entry.proclitics
            start = self._start(token, len(letters)) if letters else token.start
            for rest, term in entry.phrases.get(following, ()):
                if self._goes_on(i + 2, rest):
                    end = i + 2 + len(rest)
                    marks.append(Mark(term.kind, term.value, term.id, term.weak, start, end, letters))
            for term in entry.terms:
                marks.append(Mark(term.kind, term.value, term.id, term.weak, start, i + 1, letters))  # noqa: PERF401 - hot loop
        return tuple(marks)

    def _goes_on(self, i: int, forms: tuple[str, ...]) -> bool:
        """Whether these normal forms stand from token i on."""
        for form in forms:
            if i >= self.size or self.tokens[i].word.norm != form:
                return False
            i += 1
        return True

    def _start(self, token: Token, letters: int) -> int:
        """Offset behind the first `letters` letters of a token: marks and tatweel are no letters."""
        at = token.start
        while letters and at < token.end:
            at += 1
            letters -= 1
            while at < token.end and (self.text[at] == _TATWEEL or "\u064b" <= self.text[at] <= "\u0655"):
                at += 1
        return at

    def mark(self, i: int, *kinds: str, letters: str | None = None) -> Mark | None:
        """The first mark of one of the kinds at a token, or None.

        Args:
            i: the token; it may lie outside the sentence.
            kinds: kinds of mark.
            letters: the proclitics it must have, None for any.
        """
        if 0 <= i < self.size:
            for mark in self.marks[i]:
                if mark.kind in kinds and (letters is None or mark.proclitics == letters):
                    return mark
        return None

    def plain(self, i: int, *kinds: str) -> Mark | None:
        """As `mark`, but with no letters written onto the front."""
        if 0 <= i < self.size:
            for mark in self.marks[i]:
                if mark.kind in kinds and not mark.proclitics:
                    return mark
        return None

    def norm(self, i: int) -> str:
        """Normal form of a token, "" outside the sentence."""
        return self.tokens[i].word.norm if 0 <= i < self.size else ""

    def is_join(self, i: int) -> bool:
        """Whether a token is the slash or hyphen between two names of one month."""
        return self.norm(i) in _JOINS

    def skip(self, i: int, *norms: str) -> int:
        """The index after a token that is one of `norms`, else i."""
        return i + 1 if self.norm(i) in norms else i
