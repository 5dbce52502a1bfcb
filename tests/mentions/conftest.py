"""Mentions of a short Arabic text, ready to look at."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from khabar.knowledge import load
from khabar.language import Analyzer, load_lexicon
from khabar.mentions import Mention, MentionFinder
from khabar.reading.article import Article, Block

Found = list[tuple[str, Mention]]


@pytest.fixture(scope="session")
def mentions_of() -> Callable[..., Found]:
    """A function from text (paragraphs by lines) and ISO date to (words, mention) pairs."""
    analyzer = Analyzer(load_lexicon())
    finder = MentionFinder(load())

    def find(text: str, date: str = "2018-06-01", *, title: bool = False) -> Found:
        blocks, start = [], 0
        for number, line in enumerate(text.split("\n")):
            kind = "title" if title and number == 0 else "paragraph"
            blocks.append(Block(start, start + len(line), kind))  # type: ignore[arg-type]
            start += len(line) + 1
        published = dt.datetime.fromisoformat(date).replace(tzinfo=dt.UTC)
        article = Article(text, "t", tuple(blocks), published=published)
        found = finder.find(article, analyzer.sentences(article))
        return [(text[mention.start : mention.end], mention) for mention in found]

    return find
