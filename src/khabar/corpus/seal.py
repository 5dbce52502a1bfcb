"""From finished pieces to a commit: rows of a batch sorted into months, each article once."""

from __future__ import annotations

import hashlib
import itertools
import os
import shutil
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from khabar.corpus.dataset import Commit, Dataset, Done, Part
from khabar.corpus.index import KeyIndex
from khabar.corpus.pieces import Piece, PieceFile
from khabar.corpus.rows import STAGED
from khabar.corpus.schema import TABLES
from khabar.corpus.work import Job

ROW_GROUP = 50_000
"""Rows of a row group: small enough to be written and read within some tens of megabytes."""

_MONTH, _KEY = STAGED
_QUARANTINE = "quarantine"


def seal(
    dataset: Dataset,
    job: Job,
    index: KeyIndex,
    batch: Sequence[Piece],
    *,
    replaces: Iterable[Part] = (),
    processes: int = 1,
) -> Commit:
    """Commit finished pieces, in their order.

    An article that the dataset holds already, or that came earlier in the batch, is left out: pieces are
    coded side by side, and only here is it known which came first. Rows of the same articles under another
    version are replaced.

    Args:
        dataset: locked by the caller.
        job: the run.
        index: open for writing; the batch's articles are added.
        batch: pieces whose files are there.
        replaces: parts that the batch replaces whole.
        processes: processors that it may use.
    """
    files = [PieceFile(job.place(piece)) for piece in batch]
    seen: set[str] = set()
    drops: list[set[str]] = []
    stale: dict[str, set[str]] = defaultdict(set)
    for file in files:
        drop = set()
        for key in file.table("articles").column("article").to_pylist():
            if key in seen or key in index:
                drop.add(key)
                continue
            seen.add(key)
            old = index.stale(key)
            if old is not None:
                stale[old].add(key)
        drops.append(drop)
    name = _name(job.version, batch)
    old_parts = [
        part
        for part in dataset.parts.values()
        if part.table in TABLES and part.table != _QUARANTINE and commit_of(part.path) in stale
    ]
    gone = {part.path for part in (*replaces, *old_parts)}
    carried: list[str] = []
    folder = dataset.work / "seal"
    shutil.rmtree(folder, ignore_errors=True)

    def merge(table: str) -> list[tuple[str, str, Path]]:
        old = sorted((part for part in old_parts if part.table == table), key=lambda part: part.path)
        rest = [(p.month, _without(_read(dataset, p), stale[commit_of(p.path)])) for p in old]
        if table == "articles":
            carried.extend(key for _, rows in rest for key in rows.column("article").to_pylist())
        fresh = (
            rows
            for file, drop in zip(files, drops, strict=True)
            for rows in _by_month(file.table(table), drop)
        )
        return _merged(table, folder / table, itertools.chain(rest, fresh))

    # the tables side by side, as long as they have the processors to themselves
    with ThreadPoolExecutor(max(1, min(processes, len(TABLES)))) as threads:
        parts = [part for some in threads.map(merge, TABLES) for part in some]
    dones = tuple(Done(piece.id, file.counts) for piece, file in zip(batch, files, strict=True))
    commit = dataset.commit(name, job.version, parts, pieces=dones, replaces=gone)
    index.add(seen)
    # what is left of replaced parts has moved with them
    if carried:
        index.add_stale(carried, f"{commit.number:06}-{commit.batch}")
    shutil.rmtree(folder, ignore_errors=True)
    for piece in batch:
        job.place(piece).unlink(missing_ok=True)
        job.at(piece).unlink(missing_ok=True)
        if piece.spool:
            Path(piece.spool).unlink(missing_ok=True)
    # what the tables took goes back now: the next batch begins beside it
    pa.default_memory_pool().release_unused()
    return commit


def _name(version: str, batch: Sequence[Piece]) -> str:
    """Name of a batch: the same work gives the same name, in whatever run and on whatever machine."""
    whole = hashlib.blake2b(version.encode(), digest_size=8)
    for piece in batch:
        whole.update(piece.id.encode())
    return whole.hexdigest()


def commit_of(path: str) -> str:
    """What names the commit in the path of a part: its number and batch."""
    return path.rpartition("/part-")[2].removesuffix(".parquet")


def _without(rows: pa.Table, keys: set[str]) -> pa.Table:
    drop = pc.is_in(rows.column("article"), value_set=pa.array(sorted(keys), pa.string()))
    return rows.filter(pc.invert(drop))


def _by_month(rows: pa.Table, drop: set[str]) -> Iterator[tuple[str, pa.Table]]:
    """The rows of each month, in their order, less those of dropped articles, without the staged columns."""
    if drop:
        rows = rows.filter(
            pc.invert(pc.is_in(rows.column(_KEY), value_set=pa.array(sorted(drop), pa.string())))
        )
    months = rows.column(_MONTH)
    names = sorted(pc.unique(months).to_pylist())
    bare = rows.drop_columns(list(STAGED))
    for month in names:
        yield month, bare if len(names) == 1 else bare.filter(pc.equal(months, month))


def _read(dataset: Dataset, part: Part) -> pa.Table:
    return pq.read_table(dataset.root / part.path, partitioning=None)


def _merged(table: str, folder: Path, rows: Iterable[tuple[str, pa.Table]]) -> list[tuple[str, str, Path]]:
    """Write the rows of a table, a file a month; gives table, month and file of each."""
    keep: dict[str, list[pa.Table]] = defaultdict(list)
    for month, some in rows:
        if some.num_rows:
            keep[month].append(some)
    folder.mkdir(parents=True, exist_ok=True)
    parts = []
    for month in sorted(keep):
        path = folder / f"{month}.parquet"
        _write(path, table, keep.pop(month))
        parts.append((table, month, path))
    return parts


def _write(path: Path, table: str, rows: list[pa.Table]) -> None:
    """Write a part to the disk. Nothing of the machine or the moment goes into its bytes."""
    schema = TABLES[table].schema
    whole = pa.concat_tables([r.cast(schema) for r in rows]).combine_chunks()
    with path.open("wb") as file:
        pq.write_table(whole, file, compression="zstd", row_group_size=ROW_GROUP, write_statistics=True)
        file.flush()
        os.fsync(file.fileno())
