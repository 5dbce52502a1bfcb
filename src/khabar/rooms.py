"""The rooms before the events, in their order: from a text to a document ready to be coded."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec

from khabar.events.codebook import load_codebook
from khabar.events.coding import EventCoder
from khabar.events.document import Document
from khabar.knowledge import load
from khabar.language import Analyzer, load_lexicon
from khabar.mentions import MentionFinder
from khabar.reading import read_text
from khabar.reading.article import Article
from khabar.statements import StatementFinder
from khabar.times import TimeFinder


class Rooms:
    """Reading, language, mentions, times and statements, loaded once.

    Args:
        extra: folders of a user's tables, read beside ours.
    """

    def __init__(self, *extra: Path) -> None:
        self.knowledge = load(*extra)
        self.analyzer = Analyzer(load_lexicon(tuple(load_codebook(*extra).noun_specs())))
        self.mentions = MentionFinder(self.knowledge)
        self.times = TimeFinder()
        self.statements = StatementFinder(self.knowledge)

    def document(self, text: str, **metadata: Any) -> Document:
        """Read a text and run every room before the events over it; metadata as for `read_text`."""
        return self.prepare(read_text(text, **metadata))

    def prepare(self, article: Article) -> Document:
        """Run every room before the events over an article."""
        sentences = self.analyzer.sentences(article)
        mentions = self.mentions.find(article, sentences)
        times = self.times.find(article, sentences)
        statements = self.statements.find(article, sentences, mentions)
        return Document(article, sentences, mentions, times, statements)

    def plain(self, coder: EventCoder, doc: Document) -> dict[str, Any]:
        """Events, statements and times as the score reads them."""
        text = doc.article.text
        return {
            "id": doc.article.id,
            "text": text,
            "events": msgspec.to_builtins(coder.code_document(doc)),
            "statements": [
                {
                    "start": q.start,
                    "end": q.end,
                    "kind": q.kind,
                    "speaker": {
                        "code": q.speaker.code if q.speaker else "UNK",
                        "name": (q.speaker.name or None) if q.speaker else None,
                    },
                }
                for q in doc.statements
            ],
            "times": [{"start": t.start, "end": t.end, "value": t.value} for t in doc.times],
        }
