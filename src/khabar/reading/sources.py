"""Where articles come from: files of all kinds, folders, patterns, object stores, feeds, standard input.

One bad input never stops the rest. Everything streams: of a source of many articles one is held at a time,
and of an article never more than the cap. `splits` cuts inputs into pieces of work for an engine,
`read_split` reads one.
"""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import msgspec

from khabar.reading import decoding, rows, streams
from khabar.reading.extras import MissingExtraError
from khabar.reading.items import CAP, Failure, InputOptions, Item, Split
from khabar.reading.places import STDIN, STDIN_NAME, Place, find, is_web, kind_of, open_place, reason_of
from khabar.reading.rows import failure
from khabar.reading.streams import bounded_lines

if TYPE_CHECKING:
    from khabar.reading.fetch import Client

# The readers of pages, feeds, tables and WARC are imported where one is met: they cost start-up time.

__all__ = [
    "CAP",
    "STDIN",
    "STDIN_NAME",
    "Failure",
    "InputOptions",
    "Item",
    "MissingExtraError",
    "Split",
    "bounded_lines",
    "read_again",
    "read_inputs",
    "read_split",
    "splits",
]

FILES_A_SPLIT = 1000
"""Small files in one split at most."""
_SMALL = frozenset(("text", "html", "json", "jsonl", "csv", "feed", ""))
"""Kinds of which several files may be one split."""


def read_inputs(
    inputs: Iterable[str | os.PathLike[str]],
    *,
    cap: int | None = None,
    skip: Path | None = None,
    stdin: BinaryIO | None = None,
    options: InputOptions | None = None,
) -> Iterator[Item | Failure]:
    """Yield the articles of the inputs in order, each as an item or as a failure.

    Args:
        inputs: files, folders (searched through for the suffixes of `places.KIND_OF`, each maybe .gz or .zst,
            in the order of their names; names that start with a dot are passed over), patterns, addresses of
            object stores and feeds, or «-» for standard input.
        cap: bytes above which a line, page or text file is skipped; that of the options when None.
        skip: a file passed over in folders (the output of an earlier run).
        stdin: what «-» reads; `sys.stdin` when None.
        options: how inputs are read.

    Raises:
        khabar.reading.extras.MissingExtraError: an input needs a library that is not installed.
    """
    options = options or InputOptions()
    if cap is not None:
        options = msgspec.structs.replace(options, cap=cap)
    if skip is not None:
        options = msgspec.structs.replace(options, skip=os.fspath(skip))
    with _Clients(options) as clients:
        for given in inputs:
            for place in find(os.fspath(given), options):
                if isinstance(place, Failure):
                    yield place
                else:
                    yield from _read(Split(place.name, place.kind), options, clients, stdin)


def splits(inputs: Sequence[str], options: InputOptions, size: int) -> Iterator[Split]:
    """Cut the inputs into pieces of work, in their order, the same for the same inputs.

    Plain JSONL (and CSV whose rows span no lines) is cut by bytes, Parquet by row groups, WARC with a gzip
    member a record by bytes; what else is compressed, and other kinds, cannot be cut. Small files of a kind
    that follow each other go together, and so do feeds, whose hosts want one visitor at a time.

    Args:
        inputs: as of `read_inputs`.
        options: how they are read.
        size: bytes that a piece should have, roughly.

    Yields:
        Splits; what is not there gives one that holds its failure.

    Raises:
        khabar.reading.extras.MissingExtraError: an input needs a library that is not installed.
    """
    group: list[Place] = []
    weight = 0
    for place in chain.from_iterable(find(os.fspath(given), options) for given in inputs):
        if isinstance(place, Failure):
            yield from _grouped(group)
            group = []
            yield Split(place.source, kind_of(place.source) or "text", failure=place)
            continue
        together = _groups(place, size)
        fits = group and group[0].kind == place.kind and len(group) < FILES_A_SPLIT
        if group and not (together and fits and (weight + place.size <= size or place.kind == "feed")):
            yield from _grouped(group)
            group = []
        if together:
            weight = place.size + (weight if group else 0)
            group.append(place)
        else:
            yield from _cut(place, options, size)
    yield from _grouped(group)


def _groups(place: Place, size: int) -> bool:
    """Whether a place may be one of the files of a split."""
    if place.kind == "feed":
        return True
    return place.kind in _SMALL and 0 <= place.size <= size and place.name != STDIN_NAME


def _grouped(group: list[Place]) -> Iterator[Split]:
    if len(group) == 1:
        yield Split(group[0].name, group[0].kind)
    elif group:
        yield Split(group[0].name, group[0].kind, files=tuple(place.name for place in group))


def _cut(place: Place, options: InputOptions, size: int) -> Iterator[Split]:
    """The pieces of one large place."""
    edges: list[int] = []
    if place.size > size:
        try:
            edges = _edges(place, options, size)
        except (OSError, ValueError):
            edges = []  # reading it tells what is wrong
    if len(edges) < 2:
        yield Split(place.name, place.kind)
        return
    for start, end in zip(edges, [*edges[1:], -1], strict=True):
        yield Split(place.name, place.kind, start, end)


def _edges(place: Place, options: InputOptions, size: int) -> list[int]:
    """Where the pieces of a place begin; none for one that cannot be cut."""
    lower = place.name.lower()
    compressed = lower.endswith(streams.SUFFIXES)
    by_bytes = list(range(0, place.size, max(1, size)))
    if place.kind == "parquet":
        from khabar.reading import tabular  # noqa: PLC0415

        with open_place(place.name, options) as raw:
            return _group_edges(tabular.parquet_groups(raw), size)
    if place.kind == "jsonl" or (place.kind == "csv" and options.one_line_rows):
        return by_bytes if not compressed and _plain(place, options) else []
    if place.kind == "warc" and lower.endswith(".gz"):
        from khabar.reading import warc  # noqa: PLC0415

        with open_place(place.name, options) as raw:
            return by_bytes if warc.members(raw) else []
    return []


def _group_edges(sizes: list[int], size: int) -> list[int]:
    edges, weight = [0], 0
    for number, each in enumerate(sizes):
        if weight and weight + each > size:
            edges.append(number)
            weight = 0
        weight += each
    return edges


def _plain(place: Place, options: InputOptions) -> bool:
    """Whether a line of a file can be read by itself: not in UTF-16 and its like."""
    with open_place(place.name, options) as raw:
        head = raw.read(4)
    return next((name for mark, name in decoding.BOMS if head.startswith(mark)), "utf-8") == "utf-8"


def read_split(split: Split, options: InputOptions) -> Iterator[Item | Failure]:
    """The articles of a piece of work, in order.

    Raises:
        khabar.reading.extras.MissingExtraError: it needs a library that is not installed.
    """
    if split.failure is not None:
        yield split.failure
        return
    with _Clients(options) as clients:
        for name in split.files or (split.source,):
            kind = split.kind if not split.files or split.kind else kind_of(name)
            piece = msgspec.structs.replace(split, source=name, kind=kind, files=())
            yield from _read(piece, options, clients, None)


def read_again(given: Failure, options: InputOptions) -> Iterator[Item | Failure]:
    """Read the bytes that a failure handed on; what comes out bears its source and position.

    Args:
        given: a failure with a payload.
        options: how it is read.
    """
    for entry in _content(iter((given.payload or b"",)), given.source, given.form, options, None):
        yield msgspec.structs.replace(entry, source=given.source, position=given.position, line=given.line)


class _Clients:
    """The fetching client of a run, made when it is needed."""

    def __init__(self, options: InputOptions) -> None:
        self._options = options
        self._client: Client | None = None

    def __enter__(self) -> _Clients:
        return self

    def __exit__(self, *_: object) -> None:
        if self._client is not None:
            self._client.close()

    def get(self) -> Client:
        """The client."""
        from khabar.reading import fetch  # noqa: PLC0415

        if self._client is None:
            self._client = fetch.client(self._options)
        return self._client


def _read(
    split: Split, options: InputOptions, clients: _Clients, stdin: BinaryIO | None
) -> Iterator[Item | Failure]:
    """The articles of one source, or of a stretch of it; whatever ends it early is a failure at its end."""
    name = STDIN_NAME if split.source == STDIN else split.source
    if is_web(name):
        from khabar.reading import feeds  # noqa: PLC0415

        yield from feeds.read_address(name, options, clients.get())
        return
    try:
        with contextlib.ExitStack() as stack:
            if name == STDIN_NAME:
                yield from _stdin(stdin or sys.stdin.buffer, split.kind, options, clients)
                return
            raw = stack.enter_context(open_place(name, options))
            yield from _opened(raw, split, name, options, clients)
    except decoding.UndecodableError as error:
        yield Failure(name, 0, reason_of(error), "encoding")
    except streams.DamagedError as error:
        yield Failure(name, 0, reason_of(error), "compression")
    except FileNotFoundError as error:
        yield Failure(name, 0, reason_of(error), "missing")
    except (OSError, ValueError) as error:
        yield Failure(name, 0, reason_of(error), "unreadable")


def _opened(
    raw: Any, split: Split, name: str, options: InputOptions, clients: _Clients
) -> Iterator[Item | Failure]:
    start, end, kind = split.start, split.end, split.kind or kind_of(name)
    if kind in {"parquet", "csv"}:
        from khabar.reading import tabular  # noqa: PLC0415
    if kind == "parquet":
        yield from tabular.read_parquet(raw, name, options, start, end)
    elif kind == "warc":
        from khabar.reading import warc  # noqa: PLC0415

        yield from warc.read(raw, name, options, start, end)
    elif kind == "csv" and start:
        header = tabular.csv_header(streams.settled(streams.chunks(raw)), name, options)
        raw.seek(start - 1)
        chunks = streams.chunks(raw)
        yield from tabular.read_csv(chunks, name, options, header=header or [], start=start, end=end)
    elif kind == "jsonl" and not name.lower().endswith(streams.SUFFIXES) and _seekable(raw):
        yield from _lines(raw, name, options, start, end)
    else:
        chunks = streams.settled(streams.chunks(streams.uncompressed(raw, name)))
        yield from _content(chunks, name, kind, options, clients, end)


def _seekable(raw: Any) -> bool:
    return bool(raw.seekable())


def _lines(raw: Any, name: str, options: InputOptions, start: int, end: int) -> Iterator[Item | Failure]:
    """The lines of a plain JSONL file that begin in a stretch; of one in UTF-16, all."""
    head = raw.read(4)
    mark, encoding = next((m for m in decoding.BOMS if head.startswith(m[0])), (b"", "utf-8"))
    if encoding != "utf-8":
        raw.seek(0)
        yield from rows.jsonl(streams.settled(streams.chunks(raw)), name, options)
        return
    at = start - 1 if start else len(mark)
    if not start and end >= 0:
        end = max(
            end, at + 1
        )  # the line behind a mark of encoding is the first piece's, however short that is
    raw.seek(at)
    yield from rows.jsonl_between(streams.chunks(raw), name, options, start, end, at)


def _stdin(raw: Any, kind: str, options: InputOptions, clients: _Clients) -> Iterator[Item | Failure]:
    suffix, stream = streams.sniffed(raw)
    chunks = streams.settled(streams.chunks(streams.uncompressed(stream, suffix)))
    if not kind:
        head, chunks = streams.peeked(chunks)
        kind = _sniffed(head)
    if kind == "parquet":
        yield Failure(STDIN_NAME, 0, "Parquet cannot be read from standard input", "parquet")
    else:
        yield from _content(chunks, STDIN_NAME, kind, options, clients)


class _Unseekable:
    """Chunks as a stream that only reads."""

    def __init__(self, chunks: Iterator[bytes]) -> None:
        self._chunks = chunks
        self._held = b""

    def read(self, size: int = -1) -> bytes:
        """Read at most `size` bytes, some for -1."""
        if not self._held:
            self._held = next(self._chunks, b"")
        size = len(self._held) if size < 0 else size
        data, self._held = self._held[:size], self._held[size:]
        return data

    def tell(self) -> int:
        """Nowhere; asked once, before anything is read."""
        return 0


def _sniffed(head: bytes) -> str:
    """What a source without a name is, by its first bytes."""
    start = head.lstrip()[:512]
    lower = start.lower()
    if start.startswith(b"{"):
        return "jsonl"
    if start.startswith(b"WARC/"):
        return "warc"
    if start.startswith(b"PAR1"):
        return "parquet"
    if lower.startswith((b"<!doctype html", b"<html")) or b"<html" in lower:
        return "html"
    if lower.startswith((b"<?xml", b"<rss", b"<feed")):
        return "feed"
    return "text"


def _content(
    chunks: Iterator[bytes],
    name: str,
    kind: str,
    options: InputOptions,
    clients: _Clients | None,
    end: int = -1,
) -> Iterator[Item | Failure]:
    """The articles of a stream whose encoding mark and compression are settled."""
    if not kind:
        head, chunks = streams.peeked(chunks)
        kind = _sniffed(head)
    if kind == "jsonl":
        yield from rows.jsonl(chunks, name, options)
    elif kind == "csv":
        from khabar.reading import tabular  # noqa: PLC0415

        yield from tabular.read_csv(chunks, name, options, end=end)
    elif kind == "warc":
        from khabar.reading import warc  # noqa: PLC0415

        yield from warc.read_stream(_Unseekable(chunks), name, options)
    elif kind == "feed":
        from khabar.reading import feeds  # noqa: PLC0415

        client = clients.get() if clients is not None and options.fetch else None
        yield from feeds.read_chunks(chunks, name, options, client)
    else:
        yield from _document(chunks, name, kind, options)


def _document(
    chunks: Iterator[bytes], name: str, kind: str, options: InputOptions
) -> Iterator[Item | Failure]:
    """A source that is one article, or one JSON document."""
    held = bytearray()
    for chunk in chunks:
        held += chunk
        if len(held) > options.cap:
            if kind == "json":  # too long for one document: JSONL under another name, or a failure a line
                yield from rows.jsonl(chain((bytes(held),), chunks), name, options)
            else:
                yield Failure(name, 0, f"longer than the cap of {options.cap:,} bytes", "too-long")
            return
    data = bytes(held)
    if kind == "json":
        yield from rows.document(data, name, options)
    elif kind == "html":
        from khabar.reading import page  # noqa: PLC0415

        yield page.read(data, name, options)
    else:
        yield _text(data, name)


def _text(data: bytes, name: str) -> Item | Failure:
    try:
        text = decoding.decode(data)
    except decoding.UndecodableError as error:
        return failure(name, str(error), "encoding", payload=data, form="text")
    item = Item(name, 0, text, id=None if name == STDIN_NAME else name)
    return rows.checked(item, data, "text")
