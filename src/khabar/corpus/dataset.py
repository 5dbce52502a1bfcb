"""A dataset on disk: which parts it has, and how a batch of work comes to be among them.

    DATASET/khabar.json                                 format of the layout
    DATASET/<table>/month=<YYYY-MM>/part-<batch>.parquet
    DATASET/_commits/<batch>.json                       the parts that a batch added and those it replaced
    DATASET/_work/                                      what a run needs meanwhile; empty between runs

A part counts when a commit names it and no commit has replaced it. Parts are written in `_work`, brought to
the disk and moved to their place; the commit is written last, in one step. What a killed run left behind is
in no commit, so readers never see it, and the next run sweeps it away.
"""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec
import pyarrow.parquet as pq

from khabar.corpus.pieces import Counts, sync_folder, write_whole
from khabar.corpus.schema import FORMAT, TABLES

try:
    import fcntl
except ImportError:  # no such locks there: two runs over one dataset are then the user's to avoid
    fcntl = None  # type: ignore[assignment]

IDENTITY = "khabar.json"
COMMITS = "_commits"
WORK = "_work"


class DatasetError(ValueError):
    """A folder that is no dataset, or one that cannot be used now; the message is one line."""


class Part(msgspec.Struct, frozen=True):
    """A Parquet file of a table: its path below the dataset with forward slashes, and its size."""

    path: str
    table: str
    month: str
    rows: int
    bytes: int


class Done(msgspec.Struct, frozen=True):
    """A piece of work that a batch has done."""

    id: str
    counts: Counts = Counts()


class Commit(msgspec.Struct, frozen=True):
    """What one batch did.

    Attributes:
        number: counts the commits of a dataset, from 1.
        batch: the batch's name, which its parts bear.
        khabar: version that coded it; "" for tables derived from others.
        pieces: the work that need not be done again.
        parts: what it added.
        replaces: paths of earlier parts that count no more.
    """

    number: int
    batch: str
    khabar: str
    pieces: tuple[Done, ...] = ()
    parts: tuple[Part, ...] = ()
    replaces: tuple[str, ...] = ()


class _Identity(msgspec.Struct, frozen=True):
    format: int


class Dataset:
    """A dataset as its commits tell it.

    Args:
        root: its folder.

    Raises:
        DatasetError: it is no dataset, or one of a newer layout.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        try:
            data = (root / IDENTITY).read_bytes()
            identity = msgspec.json.decode(data, type=_Identity)
        except (OSError, msgspec.DecodeError) as error:
            raise DatasetError(f"{root} is no dataset of khabar") from error
        if identity.format > FORMAT:
            raise DatasetError(f"{root} has format {identity.format}; this khabar reads up to {FORMAT}")
        self.commits: list[Commit] = []
        self.parts: dict[str, Part] = {}
        self._read()

    @classmethod
    def create(cls, root: Path) -> Dataset:
        """Open a dataset, or begin one in a folder that is empty or not there.

        Raises:
            DatasetError: there is something else.
            OSError: it cannot be written.
        """
        if not (root / IDENTITY).exists():
            if root.exists() and not root.is_dir():
                raise DatasetError(f"{root} is no folder")
            # the rest of a start that was killed at once: an unfinished write of the identity
            if root.is_dir() and any(not e.name.endswith(".part") for e in root.iterdir()):
                raise DatasetError(f"{root} is no dataset of khabar, and not empty")
            root.mkdir(parents=True, exist_ok=True)
            write_whole(root / IDENTITY, [msgspec.json.encode(_Identity(FORMAT)) + b"\n"])
        return cls(root)

    def _read(self) -> None:
        folder = self.root / COMMITS
        names = sorted(p for p in folder.glob("*.json")) if folder.is_dir() else []
        for path in names:
            try:
                self._take(msgspec.json.decode(path.read_bytes(), type=Commit))
            except msgspec.DecodeError as error:
                raise DatasetError(f"{path} is damaged: {error}") from error

    def _take(self, commit: Commit) -> None:
        self.commits.append(commit)
        self.parts.update((part.path, part) for part in commit.parts)
        for path in commit.replaces:
            self.parts.pop(path, None)

    @property
    def number(self) -> int:
        """Number of the next commit."""
        return self.commits[-1].number + 1 if self.commits else 1

    def table_parts(self, table: str) -> list[Part]:
        """The parts of a table that count, by path."""
        return sorted((p for p in self.parts.values() if p.table == table), key=lambda part: part.path)

    def rows(self, table: str) -> int:
        """Rows of a table."""
        return sum(part.rows for part in self.table_parts(table))

    def tables(self) -> list[str]:
        """The tables of coding, then those that were derived from them."""
        return [*TABLES, *sorted({p.table for p in self.parts.values()} - TABLES.keys())]

    def files(self, table: str) -> list[Path]:
        """The files of a table."""
        return [self.root / part.path for part in self.table_parts(table)]

    def done(self, version: str) -> set[str]:
        """Pieces that need no more work under a version: those it was the last to do."""
        last: dict[str, str] = {}
        for commit in self.commits:
            last.update((piece.id, commit.khabar) for piece in commit.pieces)
        return {piece for piece, by in last.items() if by == version}

    # -- writing -------------------------------------------------------------------------------------------

    @property
    def work(self) -> Path:
        """Folder for what a run needs meanwhile."""
        return self.root / WORK

    @contextlib.contextmanager
    def locked(self) -> Iterator[None]:
        """Hold the dataset for one writer, and sweep what an earlier one left behind.

        Raises:
            DatasetError: another process is writing.
        """
        self.work.mkdir(exist_ok=True)
        with (self.work / "lock").open("wb") as file:
            if fcntl is not None:
                try:
                    fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                except OSError as error:
                    raise DatasetError(f"another run is writing to {self.root}") from error
            # what others committed between opening and locking counts too
            self.commits.clear()
            self.parts.clear()
            self._read()
            self.sweep()
            yield

    def sweep(self) -> None:
        """Remove what is in no commit: parts and unfinished files of a run that was killed."""
        for folder in (self.root, self.root / COMMITS):
            for path in folder.glob(".*.part"):
                path.unlink(missing_ok=True)
        shutil.rmtree(self.work / "seal", ignore_errors=True)
        for table in self.root.iterdir():
            if not table.is_dir() or table.name.startswith(("_", ".")):
                continue
            for path in table.glob("month=*/part-*.parquet"):
                if path.relative_to(self.root).as_posix() not in self.parts:
                    path.unlink()

    def commit(
        self,
        batch: str,
        version: str,
        parts: Iterable[tuple[str, str, Path]],
        *,
        pieces: Iterable[Done] = (),
        replaces: Iterable[str] = (),
    ) -> Commit:
        """Add finished files and take replaced ones away, as one step for every reader.

        Args:
            batch: name of the batch, new in this dataset.
            version: that coded it; "" for derived tables.
            parts: table, month and the file, on the disk of the dataset; it is moved.
            pieces: the work it did.
            replaces: paths of parts that it replaces.
        """
        number = self.number
        moved = []
        for table, month, file in sorted(parts):
            folder = self.root / table / f"month={month}"
            folder.mkdir(parents=True, exist_ok=True)
            target = folder / f"part-{number:06}-{batch}.parquet"
            size = file.stat().st_size
            rows = pq.read_metadata(file).num_rows
            os.replace(file, target)  # noqa: PTH105
            path = target.relative_to(self.root).as_posix()
            moved.append(Part(path, table, month, rows, size))
        for folder in {(self.root / part.path).parent for part in moved}:
            sync_folder(folder)
            sync_folder(folder.parent)
        sync_folder(self.root)
        commit = Commit(number, batch, version, tuple(pieces), tuple(moved), tuple(sorted(replaces)))
        folder = self.root / COMMITS
        folder.mkdir(exist_ok=True)
        data = msgspec.json.format(msgspec.json.encode(commit), indent=1) + b"\n"
        write_whole(folder / f"{number:06}-{batch}.json", [data])
        self._take(commit)
        for path in commit.replaces:
            (self.root / path).unlink(missing_ok=True)
        return commit
