"""Times of a few words, ready to look at."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from khabar.language import Analyzer, load_lexicon
from khabar.reading.article import Article, Block
from khabar.times import Time, TimeFinder
from khabar.times.line import Line
from khabar.times.vocabulary import vocabulary

WEDNESDAY = datetime(2025, 9, 3, 12, tzinfo=UTC)
Found = list[tuple[str, Time]]


@pytest.fixture(scope="session")
def analyzer() -> Analyzer:
    return Analyzer(load_lexicon())


@pytest.fixture(scope="session")
def find(analyzer: Analyzer) -> Callable[..., Found]:
    """A function from a paragraph, and a stamp above it, to (words, time) pairs."""
    finder = TimeFinder()

    def times(text: str, published: datetime | None = WEDNESDAY, stamp: str = "") -> Found:
        whole = f"{stamp}\n{text}" if stamp else text
        blocks = (Block(0, len(stamp), "stamp"), Block(len(whole) - len(text), len(whole), "paragraph"))
        article = Article(whole, "t", blocks if stamp else blocks[1:], published=published)
        found = finder.find(article, analyzer.sentences(article))
        return [(whole[time.start : time.end], time) for time in found]

    return times


@pytest.fixture(scope="session")
def values(find: Callable[..., Found]) -> Callable[..., list[tuple[str, str]]]:
    """A function from a paragraph to (words, value) pairs."""

    def pairs(text: str, published: datetime | None = WEDNESDAY) -> list[tuple[str, str]]:
        return [(words, time.value) for words, time in find(text, published)]

    return pairs


@pytest.fixture(scope="session")
def line(analyzer: Analyzer) -> Callable[[str], Line]:
    """A function from a sentence to its marked tokens."""

    def marked(text: str) -> Line:
        article = Article(text, "t", (Block(0, len(text), "paragraph"),))
        (sentence,) = analyzer.sentences(article)
        return Line(sentence.tokens, text, vocabulary())

    return marked
