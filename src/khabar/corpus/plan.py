"""What is to be done: the inputs cut into pieces, and the pieces into batches, less what is done already.

Everything here follows from the inputs alone: the same inputs give the same pieces in the same batches,
however many processes work on them and however often the run was killed.
"""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path

import msgspec

from khabar.corpus.pieces import Entry, Piece, pack_entries, write_whole
from khabar.corpus.rows import cleaned
from khabar.corpus.work import Job, read_on
from khabar.reading.items import Failure, InputOptions, Item, Split
from khabar.reading.places import is_remote, is_web, kind_of, open_place
from khabar.reading.sources import STDIN, STDIN_NAME, splits
from khabar.reading.tabular import parquet_groups

BATCH_BYTES = 16 << 20
"""Of input in a batch, by default: some 5,000 reports, and a minute or two of work."""
PIECE_BYTES = 256 << 10
"""Of input in a piece, at most: about a second of work."""
PIECES_A_BATCH = 32
"""At least, of a full batch, so that processes end it at nearly the same time."""
LIMIT = 1024
"""Pieces of a batch at most, where they weigh little."""

_ONE_ARTICLE = frozenset({"text", "html"})
"""Kinds of which a source is one article."""
_COMPRESSED = (".gz", ".zst")
_UNCUT = 8 << 20
"""Bytes of a split above which a worker is not given it in one piece: it could not be cut where it lies."""
_PAGES = 8
"""Bytes of a page for one of its article's text, roughly; pages weigh so much less."""
_READING = ("format", "columns", "delimiter", "one_line_rows", "cap")
"""Options that decide what is read from the same bytes."""
_TAIL = 64 << 10
"""Bytes behind a stretch that count as its content: the article that begins in it may end there."""
_CHUNK = 1 << 20


class Planner:
    """Cuts inputs into batches of pieces.

    Args:
        job: the run.
        done: ids of pieces that need not be done.
        batch_bytes: of input in a batch.

    Attributes:
        skipped: pieces that were done already.
    """

    def __init__(self, job: Job, done: set[str], batch_bytes: int = BATCH_BYTES) -> None:
        self._job = job
        self._done = done
        self._batch = batch_bytes
        self._piece = max(1, min(PIECE_BYTES, batch_bytes // PIECES_A_BATCH))
        self._spool = Path(job.work) / "spool"
        self.skipped = 0

    def batches(self, inputs: Sequence[str]) -> Iterator[list[Piece]]:
        """The batches in their order; what is done already is in none."""
        return self._gathered(self._pieces(inputs))

    def again(self, entries: Iterable[tuple[Split, Entry]]) -> Iterator[list[Piece]]:
        """Batches of articles read again, each with the split that it once came from."""
        return self._gathered(
            self._spooled(split, chunk)
            for split, some in _runs(entries)
            for chunk in _chunks(some, self._piece)
        )

    def _gathered(self, pieces: Iterable[Piece]) -> Iterator[list[Piece]]:
        batch: list[Piece] = []
        weight = 0
        for piece in pieces:
            batch.append(piece)
            weight += piece.weight
            if weight >= self._batch or len(batch) == LIMIT:
                yield batch
                batch, weight = [], 0
        if batch:
            yield batch

    def _pieces(self, inputs: Sequence[str]) -> Iterator[Piece]:
        seen: set[str] = set()
        for split in splits(inputs, self._job.options, self._piece):
            for piece in self._of(split):
                # an input named twice gives the same pieces twice
                if piece.id in seen:
                    continue
                seen.add(piece.id)
                if piece.id in self._done:
                    self.skipped += 1
                    self.drop(piece)
                else:
                    yield piece

    def _of(self, split: Split) -> Iterator[Piece]:
        if self._must_stream(split):
            # file by file, so that the pieces of one do not hang on the others
            for one in _files(split):
                for chunk in _chunks(read_on(one, self._job.options), self._piece):
                    yield self._spooled(one, chunk)
            return
        digest, weight = _content(split)
        head = msgspec.json.encode((split, [getattr(self._job.options, name) for name in _READING]))
        name = hashlib.blake2b(head + digest, digest_size=16).hexdigest()
        yield Piece(name, split, weight=weight)

    def _must_stream(self, split: Split) -> bool:
        """Whether only reading a source from its start to its end can cut it: the run does that itself.

        Feeds too: their hosts want one visitor at a time.
        """
        names = split.files or (split.source,)
        if split.failure is not None or split.kind == "feed" or any(map(_special, names)):
            return True
        if split.kind in _ONE_ARTICLE:
            return False
        if any(name.lower().endswith(_COMPRESSED) for name in names):
            return split.end == -1 and split.start == 0  # what is cut could be cut
        return _length(split, self._job.options) > _UNCUT

    def _spooled(self, split: Split, entries: list[Entry]) -> Piece:
        data = pack_entries(entries)
        name = hashlib.blake2b(
            split.source.encode("utf-8", "replace") + b"\0" + data, digest_size=16
        ).hexdigest()
        path = self._spool / f"{name}.items"
        if name not in self._done:
            self._spool.mkdir(parents=True, exist_ok=True)
            write_whole(path, [data], sync=False)
        safe = (
            split
            if _encodable(split.source)
            else Split(split.source.encode("utf-8", "replace").decode(), split.kind)
        )
        return Piece(name, msgspec.structs.replace(safe, failure=None), str(path), len(data))

    def drop(self, piece: Piece) -> None:
        """Let go of what a piece keeps on disk."""
        if piece.spool:
            Path(piece.spool).unlink(missing_ok=True)


def _runs(entries: Iterable[tuple[Split, Entry]]) -> Iterator[tuple[Split, list[Entry]]]:
    """Entries of one split that follow each other."""
    run: list[Entry] = []
    last: Split | None = None
    for split, entry in entries:
        if last is not None and split != last:
            yield last, run
            run = []
        last = split
        run.append(entry)
    if last is not None:
        yield last, run


def _chunks(entries: Iterable[Entry], size: int) -> Iterator[list[Entry]]:
    """Entries cut into lists of about `size` bytes."""
    chunk: list[Entry] = []
    weight = 0
    for given in entries:
        if isinstance(given, Item):
            entry: Entry = cleaned(given)
            weight += 2 * len(given.text)  # of Arabic in UTF-8
        else:
            entry = _clean(given)
            weight += len(given.payload or b"") + 100
        chunk.append(entry)
        if weight >= size:
            yield chunk
            chunk, weight = [], 0
    if chunk:
        yield chunk


def _clean(failure: Failure) -> Failure:
    changes = {
        name: value.encode("utf-8", "replace").decode()
        for name in ("source", "reason", "position")
        if not _encodable(value := getattr(failure, name))
    }
    return msgspec.structs.replace(failure, **changes) if changes else failure


def _encodable(name: str) -> bool:
    """Whether a name is Unicode; those of some old file systems are not."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


def _files(split: Split) -> list[Split]:
    """A split of several files as one split for each."""
    if not split.files:
        return [split]
    return [Split(name, split.kind or kind_of(name)) for name in split.files]


def _special(name: str) -> bool:
    """Whether the run itself is to read a source: standard input, the web, a name that is no Unicode."""
    return name in {STDIN, STDIN_NAME} or is_web(name) or not _encodable(name)


def _length(split: Split, options: InputOptions) -> int:
    """Bytes that a split reads, roughly; more than any for an uncut one of which that is not known."""
    if split.files:
        return 0  # bundles are of small ones
    if split.kind == "parquet":
        with contextlib.suppress(OSError, ValueError):
            return sum(_groups(split.source, options)[split.start : split.end if split.end >= 0 else None])
        return 0  # reading it tells what is wrong
    if split.end >= 0:
        return split.end - split.start
    try:
        return Path(split.source).stat().st_size - split.start
    except OSError:
        return _UNCUT + 1 if is_remote(split.source) and not split.start else 0


@lru_cache(maxsize=4)
def _groups(source: str, options: InputOptions) -> list[int]:
    with open_place(source, options) as raw:
        return parquet_groups(raw)


def _content(split: Split) -> tuple[bytes, int]:
    """Digest and weight of what a split reads, so that it is read again when that has changed.

    Of what is no local file only the name is known without fetching it: such a source counts as unchanged.
    """
    whole = hashlib.blake2b(digest_size=16)
    weight = 0
    for name in split.files or (split.source,):
        path = Path(name)
        if not path.is_file():
            continue
        if split.files or split.kind == "parquet":
            status = path.stat()
            digest, length = _file_digest(path, status.st_size, status.st_mtime_ns)
        else:
            digest, length = _stretch_digest(path, split.start, split.end)
        whole.update(digest)
        # of a Parquet file a split reads some row groups; how much they weigh is not worth knowing
        weight += length if split.kind != "parquet" else min(length, PIECE_BYTES)
    return whole.digest(), weight // _PAGES if split.kind in {"html", "warc"} else weight


@lru_cache(maxsize=16)
def _file_digest(path: Path, size: int, changed: int) -> tuple[bytes, int]:
    return _stretch_digest(path, 0, -1)


def _stretch_digest(path: Path, start: int, end: int) -> tuple[bytes, int]:
    """Digest and length of a stretch of a file and a little behind it; -1 for the end of the file."""
    whole = hashlib.blake2b(digest_size=16)
    length = 0
    limit = end - start + _TAIL if end >= 0 else -1
    with path.open("rb") as file:
        file.seek(start)
        while limit and (data := file.read(_CHUNK if limit < 0 else min(_CHUNK, limit))):
            whole.update(data)
            length += len(data)
            limit -= len(data) if limit > 0 else 0
    return whole.digest(), length
