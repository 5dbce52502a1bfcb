"""Our tables loaded once, and a short way to ask what a text's words mean."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from khabar.knowledge import Hit, Knowledge, load
from khabar.language import Analyzer, load_lexicon
from khabar.reading.article import Article, Block

Finder = Callable[[str], list[tuple[str, Hit]]]


@pytest.fixture(scope="session")
def known() -> Knowledge:
    return load()


@pytest.fixture(scope="session")
def analyzer() -> Analyzer:
    return Analyzer(load_lexicon())


@pytest.fixture(scope="session")
def find(known: Knowledge, analyzer: Analyzer) -> Finder:
    """The hits of a text with the words they stand for."""

    def hits(text: str) -> list[tuple[str, Hit]]:
        article = Article(text=text, id="", blocks=(Block(0, len(text), "paragraph"),))
        return [
            (" ".join(token.text for token in sentence.tokens[hit.first : hit.last + 1]), hit)
            for sentence in analyzer.sentences(article)
            for hit in known.hits(sentence)
        ]

    return hits
