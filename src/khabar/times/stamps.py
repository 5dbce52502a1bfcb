"""Tokens of the stamps outside sentences: they are read by the same rules."""

from __future__ import annotations

from collections.abc import Iterator

from khabar.language.clitics import keys
from khabar.language.model import Key, Token, Word
from khabar.language.orthography import clean
from khabar.language.tokens import kind_of, norm_of, spans
from khabar.reading.article import Article


def stamp_lines(article: Article) -> Iterator[tuple[Token, ...]]:
    """The tokens of each stamp block of an article."""
    for block in article.blocks:
        if block.kind == "stamp":
            yield tuple(
                Token(start, end, article.text[start:end], _word(article.text[start:end]))
                for start, end in spans(article.text, block.start, block.end)
            )


def _word(raw: str) -> Word:
    """A word without readings: stamps have no verbs."""
    text = clean(raw) or raw
    kind = kind_of(raw)
    norm = norm_of(text, kind)
    return Word(text, norm, kind, keys(text, norm, _no_word) if kind == "word" else (Key(norm, ""),))


def _no_word(_: str) -> bool:
    """No lexicon stands behind stamps: every front letter may be a clitic."""
    return False
