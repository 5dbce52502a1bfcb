"""Sentences of an article: blocks are cut at line ends and at the marks that end a sentence.

The rules, in the order they are tried:

* a line end always ends a sentence;
* «.», «؟», «!» and, outside titles and headings, «...» end one, with the closing quotation mark or
  bracket that follows;
* a point does not after a single letter («د.», «أ.ف.ب.», "J."), unless that is the line's end;
* inside quotation marks or brackets only where what they hold is long enough to be sentences;
* a sentence does not end before a comma or colon.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Final

from khabar.language.model import Sentence, Token, Word
from khabar.language.tokens import spans
from khabar.reading.article import Article

_LINE: Final = re.compile("[^\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")
_ENDS: Final = frozenset({".", "؟", "!", "..", "..."})
_CLOSERS: Final = {"«": "»", "(": ")", "[": "]", "“": "”", "„": "“", '"': '"', "﴿": "﴾"}
_NO_END_BEFORE: Final = frozenset({"،", ":", "؛", "."})
_INITIALS: Final = re.compile(r"[A-Z](?:\.[A-Z])*")
"""Of a foreign name: J. Smith, U.S. Steel."""

_ERAS: Final = frozenset({"م", "ه"})
"""After a number «م» and «هـ» are era or unit, and a point after them may well end the sentence."""

_LONG_QUOTATION: Final = 12
"""Words that a quotation or bracket must hold before sentence ends inside it count."""

_SHORT_SENTENCE: Final = 3
"""Words that each side of an end inside a quotation must have."""

_READ_KINDS: Final = frozenset({"title", "caption", "heading", "paragraph"})


def split(article: Article, word: Callable[[str], Word]) -> Iterator[Sentence]:
    """The sentences of an article in reading order.

    Args:
        article: the article; only titles, captions, headings and paragraphs are read.
        word: gives the word for a token's string.

    Yields:
        Sentences; none is empty, and no two overlap.
    """
    text = article.text
    index = 0
    for paragraph, block in enumerate(article.blocks):
        if block.kind not in _READ_KINDS:
            continue
        for line in _LINE.finditer(text, block.start, block.end):
            tokens = [
                Token(start, end, text[start:end], word(text[start:end]))
                for start, end in spans(text, line.start(), line.end())
            ]
            for first, last in _cut(tokens, quiet=block.kind in {"title", "heading"}):
                part = tuple(tokens[first:last])
                yield Sentence(index, part[0].start, part[-1].end, block.kind, paragraph, part)  # type: ignore[arg-type]
                index += 1


def _cut(tokens: list[Token], *, quiet: bool) -> Iterator[tuple[int, int]]:
    """Bounds of the sentences among a line's tokens; `quiet` lines do not break at «...»."""
    norms = [token.word.norm for token in tokens]
    first = 0
    closing = -1  # index of the mark that closes the quotation we are in
    at = 0
    while at < len(tokens):
        norm = norms[at]
        if at > closing and tokens[at].text in _CLOSERS:
            closing = _closing(tokens, at)
            at += 1
            continue
        if norm not in _ENDS or (quiet and norm in {"..", "..."}):
            at += 1
            continue
        after = at + 1
        while after < len(tokens) and norms[after] in _ENDS:
            after += 1
        inside = at < closing
        if inside and after == closing:  # the end stands at the end of the quotation
            after, inside = closing + 1, False
        elif not inside:
            after = _past_closers(tokens, after)
        if (
            after < len(tokens)
            and norms[after] not in _NO_END_BEFORE
            and not _is_abbreviation(tokens, at)
            and not (inside and _is_short(tokens, first, at, after, closing))
        ):
            yield first, after
            first = after
        at = after
    if first < len(tokens):
        yield first, len(tokens)


def _closing(tokens: list[Token], at: int) -> int:
    """Index of the mark that closes what opens at `at`, or -1 when the line has none."""
    closer = _CLOSERS[tokens[at].text]
    return next((i for i in range(at + 1, len(tokens)) if tokens[i].text == closer), -1)


def _past_closers(tokens: list[Token], at: int) -> int:
    """Past closing marks that stand right against what precedes."""
    while at < len(tokens) and tokens[at].text in {"»", "”", ")", "]", "'"}:
        if tokens[at].start != tokens[at - 1].end:
            break
        at += 1
    return at


def _is_abbreviation(tokens: list[Token], at: int) -> bool:
    """Whether the point at `at` belongs to the word before it rather than to the sentence."""
    if tokens[at].text != "." or at == 0:
        return False
    before = tokens[at - 1]
    if before.end != tokens[at].start:
        return False
    word = before.word
    if word.norm in _ERAS and at > 1 and tokens[at - 2].word.kind == "number":
        return False
    if word.kind == "word":
        return len(word.text) == 1
    return word.kind == "latin" and _INITIALS.fullmatch(word.text) is not None


def _is_short(tokens: list[Token], first: int, at: int, after: int, closing: int) -> bool:
    """Whether an end inside a quotation parts pieces too short to be sentences."""
    opening = next(i for i in range(at, first - 1, -1) if i == first or tokens[i].text in _CLOSERS)
    words = [i for i in range(opening, closing) if tokens[i].word.kind != "punct"]
    before = sum(i < at for i in words)
    behind = sum(i >= after for i in words)
    return len(words) < _LONG_QUOTATION or before < _SHORT_SENTENCE or behind < _SHORT_SENTENCE
