"""The coder: the only place that knows the order of the rooms. Article in, record out, one or many."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from khabar import __version__, parallel
from khabar.events.coding import EventCoder
from khabar.events.document import Document
from khabar.knowledge.compiler import digest_tables
from khabar.knowledge.tables import TABLES
from khabar.reading import Article, read_text
from khabar.reading.reader import digest
from khabar.reading.sources import Failure, Item
from khabar.record import (
    Credit,
    Event,
    MentionRecord,
    Participant,
    Record,
    StatementRecord,
    TimeRecord,
)
from khabar.rooms import Rooms
from khabar.statements.model import Statement

Input = Article | Item | str | Mapping[str, Any]
"""What can be coded: an article, an item of the sources, a text, or a mapping with «text» and metadata."""

METADATA = ("id", "title", "published", "outlet", "url")
"""Keys of a mapping that are read beside «text»; others are let be."""

_DIGEST_DIGITS = 12


class Coder:
    """Codes articles. Loading takes a moment, so keep one; it holds no state between articles.

    Args:
        extra: folders of a user's tables, read beside ours.

    Raises:
        ValueError: a table is malformed.
        OSError: a table cannot be read.
    """

    def __init__(self, *extra: Path) -> None:
        self.extra = tuple(Path(folder) for folder in extra)
        self.rooms = Rooms(*self.extra)
        self.events = EventCoder(self.rooms.knowledge, *self.extra)
        # The tables live as long as the coder and refer to nothing that dies: out of the collector's rounds
        # with them.
        gc.freeze()
        self.version = _version(self.rooms.knowledge.digest)

    def __call__(self, given: Input) -> Record:
        """Code one article.

        Raises:
            TypeError: it is none of the kinds of input.
            ValueError: a mapping without a text.
        """
        article = as_article(given)
        # What an article is made of refers to nothing in circles, and falls with it: the collector's rounds
        # would only walk over the words in hand, for a seventh of the time. They wait until it is done.
        collecting = gc.isenabled()
        gc.disable()
        try:
            doc = self.rooms.prepare(article)
            return self._record(doc, self.events.code_document(doc))
        finally:
            if collecting:
                gc.enable()

    def pipe(self, articles: Iterable[Input | Failure], *, processes: int = 1) -> Iterator[Record | Failure]:
        """Code a stream of articles.

        Args:
            articles: read no further than a bounded number ahead; failures among them are passed on in place.
            processes: worker processes (spawned, each loads once); 1 codes in this process. With more, the
                calling program's main module has to be importable, as for all of `multiprocessing`.

        Yields:
            A record or a failure for each, in the order of the input. An article that raises, or that its
            worker dies of, gives a failure and the stream goes on.

        Raises:
            khabar.parallel.WorkersError: no worker can be started.
        """
        if processes <= 1:
            return parallel.in_order(articles, self)
        return parallel.in_processes(articles, self.extra, processes)

    def _record(self, doc: Document, events: tuple[Event, ...]) -> Record:
        article = doc.article
        text = article.text
        return Record(
            id=article.id,
            digest=digest(text),
            khabar=self.version,
            title=article.title,
            published=article.published,
            updated=article.updated,
            outlet=article.outlet,
            url=article.url,
            dateline=article.dateline,
            credits=tuple(Credit(c.agency, c.photographer) for c in article.credits),
            caption=article.caption,
            text=text,
            mentions=tuple(
                MentionRecord(m.start, m.end, m.kind, m.entity or None, m.name or None, m.code)
                for m in doc.mentions
            ),
            times=tuple(
                TimeRecord(t.start, t.end, text[t.start : t.end], t.value, t.type) for t in doc.times
            ),
            statements=tuple(_statement(text, s) for s in doc.statements),
            events=events,
            notes=article.notes,
        )


def version(*extra: Path) -> str:
    """The version that a coder with these folders of tables writes into its records, without loading one.

    Raises:
        OSError: a table cannot be read.
    """
    return _version(digest_tables((TABLES, *(Path(folder).resolve() for folder in extra))))


def _version(digest: str) -> str:
    return f"{__version__}+{digest[:_DIGEST_DIGITS]}"


def as_article(given: Input) -> Article:
    """Any kind of input as an article.

    Raises:
        TypeError: it is none of the kinds of input.
        ValueError: a mapping without a text.
    """
    if isinstance(given, Article):
        return given
    if isinstance(given, Item):
        return given.article()
    if isinstance(given, str):
        return read_text(given)
    if isinstance(given, Mapping):
        text = given.get("text")
        if not isinstance(text, str):
            raise ValueError("the mapping has no «text» that is a string")  # noqa: TRY004 - its content is wrong
        return read_text(text, **{key: given[key] for key in METADATA if given.get(key) is not None})
    raise TypeError(f"cannot code a {type(given).__name__}; give an article, a text or a mapping")


def _statement(text: str, statement: Statement) -> StatementRecord:
    speaker = statement.speaker
    start, end = statement.speaker_start, statement.speaker_end
    beside = start >= 0
    return StatementRecord(
        start=statement.start,
        end=statement.end,
        kind=statement.kind,
        speaker=Participant(
            text=text[start:end] if beside else "",
            code=speaker.code if speaker else "UNK",
            start=start if beside else None,
            end=end if beside else None,
            name=(speaker.name or None) if speaker else None,
            entity=(speaker.entity or None) if speaker else None,
        ),
        text=text[statement.start : statement.end],
    )
