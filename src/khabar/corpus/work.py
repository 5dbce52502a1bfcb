"""What a worker does: load the coder once, then read and code piece after piece into files."""

from __future__ import annotations

import itertools
import os
import signal
import struct
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from khabar.corpus.index import KeyIndex
from khabar.corpus.pieces import Counts, Entry, Piece, PieceFile, unpack_entries, write_piece
from khabar.corpus.rows import Rows, cleaned, failed, key_of, split_json
from khabar.reading.items import Failure, InputOptions, Item, Split
from khabar.reading.sources import MissingExtraError, read_split
from khabar.record import Record

if TYPE_CHECKING:
    from khabar.coder import Coder

_PLACE = struct.Struct("<q")

_REASON = 500
"""Characters of an error that are kept as the reason."""

_LARGE = 1024
"""Entries from which a cache counts as one of words."""

_GROWTH = 1.05
"""Times its former size from which a process counts as growing on."""

_FEWER = 0.8
"""Of the entries that are kept then."""

MEMORY = 360
"""Megabytes of a worker above which what it remembers of words is dropped: two workers and the process that
started them then stay well below 1.5 GB. Remembering all words of an archive would make a worker faster by
a twentieth."""


class Job(msgspec.Struct, frozen=True):
    """What all pieces of a run share.

    Attributes:
        work: folder of the run, which every worker sees.
        version: of khabar and its tables; a worker with another one refuses to work.
        tables: folders of the user's tables.
        options: how inputs are read.
    """

    work: str
    version: str
    tables: tuple[str, ...]
    options: InputOptions

    @property
    def pieces(self) -> Path:
        """Folder of the finished pieces of this version."""
        return Path(self.work) / "pieces" / self.version

    @property
    def index(self) -> Path:
        """The index of known articles."""
        return Path(self.work) / "index.sqlite"

    def place(self, piece: Piece) -> Path:
        """The file of a finished piece."""
        return self.pieces / f"{piece.id}.piece"

    def at(self, piece: Piece) -> Path:
        """The file that tells which article of a piece is being coded."""
        return self.pieces / f"{piece.id}.at"


class VersionError(RuntimeError):
    """A worker has other tables, or another khabar, than the run."""


class Worker:
    """Codes pieces; loading takes a moment, so a process keeps one.

    Args:
        job: what the pieces share.
        follow: end this process when the one that started it is gone.

    Raises:
        VersionError: the coder here is not the one the run was planned for.
    """

    def __init__(self, job: Job, *, follow: bool = False) -> None:
        # an interrupt at the terminal reaches the workers too; the parent stops them in order
        if threading.current_thread() is threading.main_thread():
            signal.signal(signal.SIGINT, signal.SIG_IGN)
        if follow:
            threading.Thread(target=_follow, args=(os.getppid(),), daemon=True).start()
        from khabar.coder import Coder  # noqa: PLC0415 - only workers load it

        self._memory = _Memory(MEMORY)
        self._job = job
        self._coder: Coder = Coder(*map(Path, job.tables))
        if self._coder.version != job.version:
            raise VersionError(f"this worker has khabar {self._coder.version}, the run {job.version}")

    def __call__(self, piece: Piece) -> Counts:
        """Code a piece into its file; one that is there already is let be."""
        target = self._job.place(piece)
        if target.exists():
            return PieceFile(target).counts
        index = KeyIndex(self._job.index, readonly=True)
        try:
            rows, counts = self._code(piece, index)
        finally:
            index.close()
        write_piece(target, counts, rows.tables(self._job.version))
        self._job.at(piece).unlink(missing_ok=True)
        return counts

    def _code(self, piece: Piece, index: KeyIndex) -> tuple[Rows, Counts]:
        rows = Rows()
        here: set[str] = set()
        coded = known = quarantined = 0
        split = split_json(piece.split)
        entries = _entries(piece, self._job.options)
        with self._job.at(piece).open("wb", buffering=0) as at:
            for place in itertools.count():
                # told before each article, so that one the process dies of is known by its place
                os.pwrite(at.fileno(), _PLACE.pack(place), 0)
                if place % 32 == 0:
                    self._memory.bound()
                if place == piece.stop:
                    rows.fail(
                        Failure(piece.split.source, 0, "the worker process died reading on from here"), split
                    )
                    quarantined += 1
                    break
                entry = next(entries, None)
                if entry is None:
                    break
                if isinstance(entry, Item):
                    item = cleaned(entry)
                    key = key_of(item)
                    if key in here or key in index:
                        known += 1
                        continue
                    result = self._result(item, died=place in piece.skip)
                    if isinstance(result, Record):
                        rows.add(key, item, result)
                        here.add(key)
                        coded += 1
                        continue
                    entry = result
                rows.fail(entry, split)
                quarantined += 1
        return rows, Counts(coded, known, quarantined)

    def _result(self, item: Item, *, died: bool) -> Record | Failure:
        """The record of an article, or the failure that an error in coding it is."""
        if died:
            return failed(item, "the worker process died while coding this article")
        try:
            return self._coder(item)
        except Exception as error:  # whatever one article does, the others are coded
            return failed(item, one_line(error))


def one_line(error: Exception) -> str:
    """An error as a reason."""
    return f"{type(error).__name__}: {error}".replace("\n", " ")[:_REASON]


def read_on(split: Split, options: InputOptions) -> Iterator[Entry]:
    """The articles of a split; an error that reading raises ends them, as a failure."""
    try:
        yield from read_split(split, options)
    except MissingExtraError:
        raise
    except Exception as error:  # whatever one source does, the others are read
        yield Failure(split.source, 0, one_line(error))


class _Memory:
    """Bounds what the caches of khabar's functions grow to.

    How much an entry takes is known to nobody; so they are counted when the process first comes to its limit,
    and emptied then and whenever they come to that number again. What is freed is used again by the process
    rather than given back; where it grows on all the same, fewer are kept.
    """

    def __init__(self, limit: float) -> None:
        self._mark = limit
        self._caches: list[Any] = []
        self._entries = 0

    def bound(self) -> None:
        """Empty the caches if they are too many."""
        resident = _resident()
        if not self._entries and resident < self._mark:
            return
        self._caches = self._caches or _caches()
        entries = sum(cache.cache_info().currsize for cache in self._caches)
        if not self._entries:
            self._entries, self._mark = max(entries, 1), resident
        elif resident > self._mark * _GROWTH:
            self._entries, self._mark = max(int(self._entries * _FEWER), 1), resident
        if entries >= self._entries:
            for cache in self._caches:
                cache.cache_clear()


def _caches() -> list[Any]:
    """The large caches of functions in khabar's modules; small ones hold tables, which are read once."""
    found = {
        id(value): value
        for name, module in list(sys.modules.items())
        if name.partition(".")[0] == "khabar"
        for value in vars(module).values()
        if hasattr(value, "cache_info") and (value.cache_info().maxsize or 0) >= _LARGE
    }
    return list(found.values())


def _resident() -> float:
    """Megabytes that this process has come to at most; 0 where the system does not tell."""
    try:
        import resource  # noqa: PLC0415 - not on every system
    except ImportError:
        return 0.0
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1 << 20 if sys.platform == "darwin" else 1 << 10)


def died_at(job: Job, piece: Piece) -> int | None:
    """Place of the article that was being coded when the worker of a piece died; None when it was in none."""
    try:
        data = job.at(piece).read_bytes()
    except OSError:
        return None
    return _PLACE.unpack(data)[0] if len(data) == _PLACE.size else None


def _entries(piece: Piece, options: InputOptions) -> Iterator[Entry]:
    if piece.spool:
        yield from unpack_entries(Path(piece.spool).read_bytes())
    else:
        yield from read_on(piece.split, options)


def _follow(parent: int) -> None:
    """End this process when its parent is gone, however it went."""
    while os.getppid() == parent:
        time.sleep(0.5)
    os._exit(1)
