"""Pieces: the units of work, and the files in which a worker leaves what it made of one.

A piece is some seconds of work: small enough to lose, and to spread evenly over processes. Its file is whole
or absent: written under another name, brought to the disk, and renamed.
"""

from __future__ import annotations

import contextlib
import os
import struct
import tempfile
from collections.abc import Iterable
from pathlib import Path

import msgspec
import pyarrow as pa

from khabar.reading.items import Failure, Item, Split

_MAGIC = b"khabar piece 1\n"
_LENGTH = struct.Struct("<Q")


class Piece(msgspec.Struct, frozen=True):
    """A piece of work.

    Attributes:
        id: hash of what it reads: source, stretch and content.
        split: what it is part of.
        spool: file with its articles, where the source was cut by reading it; "" where `split` is read.
        weight: bytes to be read, roughly.
        skip: places (from 0) of articles that a worker died of: they go to quarantine.
        stop: place that a worker could not read on from; what follows goes to quarantine as a whole.
    """

    id: str
    split: Split
    spool: str = ""
    weight: int = 0
    skip: tuple[int, ...] = ()
    stop: int = -1


class Counts(msgspec.Struct, frozen=True):
    """What became of the articles of a piece: coded, known before, put into quarantine."""

    coded: int = 0
    known: int = 0
    quarantined: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(
            self.coded + other.coded, self.known + other.known, self.quarantined + other.quarantined
        )


class _Head(msgspec.Struct, frozen=True):
    """Beginning of a piece's file: the counts, and where each table lies behind it (offset, length)."""

    counts: Counts
    tables: dict[str, tuple[int, int]]


def write_piece(path: Path, counts: Counts, tables: dict[str, pa.Table]) -> None:
    """Write what was made of a piece, whole or not at all."""
    options = pa.ipc.IpcWriteOptions(compression="zstd", use_threads=False)
    blobs: list[pa.Buffer] = []
    places: dict[str, tuple[int, int]] = {}
    offset = 0
    for name, table in tables.items():
        sink = pa.BufferOutputStream()
        with pa.ipc.new_stream(sink, table.schema, options=options) as writer:
            writer.write_table(table)
        blob = sink.getvalue()
        places[name] = (offset, blob.size)
        offset += blob.size
        blobs.append(blob)
    head = msgspec.json.encode(_Head(counts, places))
    write_whole(path, [_MAGIC, _LENGTH.pack(len(head)), head, *blobs])


class PieceFile:
    """What was made of a piece, read back table by table."""

    def __init__(self, path: Path) -> None:
        self.path = path
        with path.open("rb") as file:
            if file.read(len(_MAGIC)) != _MAGIC:
                raise ValueError(f"{path} is no piece")
            (length,) = _LENGTH.unpack(file.read(_LENGTH.size))
            self._head = msgspec.json.decode(file.read(length), type=_Head)
        self._base = len(_MAGIC) + _LENGTH.size + length

    @property
    def counts(self) -> Counts:
        """What became of its articles."""
        return self._head.counts

    def table(self, name: str) -> pa.Table:
        """One table, with the columns of `khabar.corpus.rows.STAGED` in front."""
        offset, length = self._head.tables[name]
        with self.path.open("rb") as file:
            file.seek(self._base + offset)
            blob = file.read(length)
        with pa.ipc.open_stream(pa.py_buffer(blob)) as reader:
            return reader.read_all()


Entry = Item | Failure


class _Spooled(msgspec.Struct, frozen=True):
    """An article, or what kept it from being one, on its way to a worker."""

    item: Item | None = None
    failure: Failure | None = None


def pack_entries(entries: Iterable[Entry]) -> bytes:
    """Articles read, for a worker to code."""
    return msgspec.msgpack.encode(
        [_Spooled(item=e) if isinstance(e, Item) else _Spooled(failure=e) for e in entries]
    )


def unpack_entries(data: bytes) -> list[Entry]:
    """Undo `pack_entries`."""
    some = msgspec.msgpack.decode(data, type=list[_Spooled])
    return [entry for s in some if (entry := s.item or s.failure) is not None]


def write_whole(path: Path, blobs: Iterable[bytes | pa.Buffer], *, sync: bool = True) -> None:
    """Write a file that is whole or absent: beside its place, to the disk, and renamed.

    Args:
        path: its place; a file there is replaced.
        blobs: what to write.
        sync: whether to wait for the disk, so that not even a loss of power leaves half of it.
    """
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            for blob in blobs:
                file.write(blob)
            if sync:
                file.flush()
                os.fsync(file.fileno())
        os.chmod(name, 0o644)  # noqa: PTH101 - mkstemp's own mode would lock out other readers
        os.replace(name, path)  # noqa: PTH105
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(name)  # noqa: PTH108
        raise
    if sync:
        sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Bring the names in a folder to the disk, where the system lets one."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
