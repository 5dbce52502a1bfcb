"""What the sources hand on: an article to be, a failure, a piece of work, and how inputs are to be read."""

from __future__ import annotations

import msgspec

from khabar.reading.article import Article, Credit
from khabar.reading.reader import read_text

CAP = 10 * 1024 * 1024
"""Bytes: a longer line, page, row or text file is no report but an accident. It is told, not loaded."""

PAYLOAD_CAP = 1024 * 1024
"""Bytes of a failed input that are handed on to try it again; of what is longer the position has to do."""

KINDS = ("text", "html", "jsonl", "json", "csv", "parquet", "warc", "feed")
"""Kinds of source, as `Split.kind` and `InputOptions.format` name them."""

FIELDS = ("text", "id", "title", "published", "updated", "outlet", "url", "section")
"""Fields of an item that a column of a table or a key of a JSON object may fill."""

FAILURES = {
    "address": "an address that is not fetched: private, loopback, reserved, or no web address",
    "coding": "the coder raised on it",
    "compression": "damaged or cut gzip or zstd data",
    "csv": "a row or file that is no CSV",
    "empty": "nothing but blanks, or no article at all",
    "encoding": "bytes that are no text in a known encoding",
    "fetch": "it could not be fetched: server, network or time",
    "feed": "no RSS or Atom feed",
    "json": "no valid JSON, or not the object needed",
    "missing": "a file, folder or object that is not there, or matches nothing",
    "nested": "nested deeper than any page or record is",
    "no-text": "a page in which no article was found",
    "not-arabic": "no, or almost no, Arabic letters",
    "parquet": "no Parquet file, or damaged",
    "robots": "the site's robots.txt forbids it",
    "too-long": "longer than the cap",
    "truncated": "cut before its end",
    "unreadable": "the system could not read it",
    "warc": "no WARC, or a damaged record",
}
"""The stable words of `Failure.kind` and what each means."""


class Item(msgspec.Struct, frozen=True):
    """An article to be: a text with the metadata that came with it.

    Attributes:
        source: file or address as named by the caller or found below a folder, or «<stdin>».
        line: line of a text source, from 1, where it is known; 0 otherwise.
        text: the text as given; of a page its title and body.
        id: as given; the file's name for a text file; None otherwise.
        title: as given.
        published: as given, checked later; ISO 8601 with its zone where a page told it.
        outlet: as given.
        url: as given.
        updated: as `published`.
        section: part of the paper it stood in, as given.
        credits: picture credits that came with the metadata.
        position: what names the article inside its source, the same however the work is split: «byte 1024»,
            «line 7», «row 12», «record 4096», «entry 3»; "" for a source that is one article.
    """

    source: str
    line: int
    text: str
    id: str | None = None
    title: str | None = None
    published: str | None = None
    outlet: str | None = None
    url: str | None = None
    updated: str | None = None
    section: str | None = None
    credits: tuple[Credit, ...] = ()
    position: str = ""

    def article(self) -> Article:
        """Read the text's layout."""
        return read_text(
            self.text,
            id=self.id,
            title=self.title,
            published=self.published,
            outlet=self.outlet,
            url=self.url,
            updated=self.updated,
            credits=self.credits,
        )


class Failure(msgspec.Struct, frozen=True):
    """An input that could not be coded.

    Attributes:
        source: as of an item.
        line: line in the source, from 1; 0 for the source as a whole or an unknown line.
        reason: what is wrong with it, one line.
        kind: a key of `FAILURES`.
        position: as of an item.
        payload: the bytes needed to try it again (`sources.read_again`), at most `PAYLOAD_CAP`;
            None where the position has to do.
        form: kind of source (of `KINDS`) that `payload` is.
    """

    source: str
    line: int
    reason: str
    kind: str = "unreadable"
    position: str = ""
    payload: bytes | None = None
    form: str = ""

    def __str__(self) -> str:
        if self.line:
            return f"{self.source}:{self.line}: {self.reason}"
        return (
            f"{self.source}, {self.position}: {self.reason}"
            if self.position
            else f"{self.source}: {self.reason}"
        )


class Split(msgspec.Struct, frozen=True):
    """A piece of work: a stretch of a source, or many small files.

    Attributes:
        source: path or address; of many files the first one's.
        kind: of `KINDS`.
        start: first byte (JSONL, CSV with one-line rows, WARC) or row group (Parquet). What starts in the
            stretch belongs to it, even where it ends behind it.
        end: one past the last, or -1 for the end of the source.
        files: the files of a split of several, each read whole, in this order.
        failure: an input that cannot be read at all (missing, empty folder); reading the split gives it.
    """

    source: str
    kind: str
    start: int = 0
    end: int = -1
    files: tuple[str, ...] = ()
    failure: Failure | None = None


class InputOptions(msgspec.Struct, frozen=True):
    """How inputs are read.

    Attributes:
        format: of `KINDS` for all inputs, or "" to go by suffix.
        columns: pairs of a field (of `FIELDS`) and the column or key that fills it, in JSON, CSV, Parquet.
        delimiter: of CSV; "" to tell it from the header.
        one_line_rows: whether no CSV row spans lines, so that a large file may be cut.
        fetch: whether the articles of a feed are fetched rather than taken from the feed.
        cap: bytes above which a line, row, page or text file is a failure.
        storage: options of the object store, pairs as pyarrow's file systems name them (`region`,
            `endpoint_override`, `anonymous` …).
        skip: a file passed over in folders and patterns (the output of an earlier run), "" for none.
        user_agent: how the fetching client calls itself.
        delay: seconds between two requests to one host, at least.
        timeout: seconds that one request may take in all.
        robots_cap: seconds of a robots.txt `Crawl-delay` that are waited at most.
    """

    format: str = ""
    columns: tuple[tuple[str, str], ...] = ()
    delimiter: str = ""
    one_line_rows: bool = False
    fetch: bool = False
    cap: int = CAP
    storage: tuple[tuple[str, str], ...] = ()
    skip: str = ""
    user_agent: str = "khabar (+https://pypi.org/project/khabar/)"
    delay: float = 2.0
    timeout: float = 30.0
    robots_cap: float = 30.0
