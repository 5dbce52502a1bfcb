"""Coding a whole archive: pieces of work handed out by Daft, on this machine or on a Ray cluster.

Daft gets one row a piece and runs a class of ours over them in processes of its own; what comes back is
counts, the rows themselves lie in the pieces' files (see `khabar.corpus.pieces`). docs/archive.md says what
was tried.
"""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

import msgspec
import pyarrow.parquet as pq

from khabar.corpus.dataset import Dataset, Part
from khabar.corpus.index import KeyIndex
from khabar.corpus.pieces import Counts, Piece
from khabar.corpus.plan import BATCH_BYTES, Planner
from khabar.corpus.pool import Pool, Runner
from khabar.corpus.seal import commit_of, seal
from khabar.corpus.work import Job
from khabar.reading.items import InputOptions


class Settings(msgspec.Struct, frozen=True):
    """How a run works; none of it changes what it writes, but `batch_bytes`, which decides the commits.

    Attributes:
        processes: workers; each loads the coder once a batch.
        runner: Daft's own on this machine, or Ray.
        address: of the Ray cluster; "" for a Ray of this machine.
        tables: folders of the user's tables.
        options: how inputs are read.
        batch_bytes: of input in a commit.
    """

    processes: int = 1
    runner: Runner = "native"
    address: str = ""
    tables: tuple[Path, ...] = ()
    options: InputOptions = InputOptions()
    batch_bytes: int = BATCH_BYTES


class Outcome(msgspec.Struct, frozen=True):
    """What a run did: counts of articles, and pieces that were done by earlier runs."""

    counts: Counts
    skipped: int = 0


def version_of(tables: Sequence[Path]) -> str:
    """The version that a coder with these tables writes into its records, without loading one."""
    from khabar.coder import version  # noqa: PLC0415 - costs start-up time

    return version(*tables)


def code_archive(
    dataset: Dataset,
    inputs: Sequence[str],
    settings: Settings,
    advance: Callable[[Counts], None] = lambda _: None,
) -> Outcome:
    """Code the inputs into a dataset; what it holds already under this version is not coded again.

    Args:
        dataset: open, not locked.
        inputs: as of `khabar.reading.sources.splits`.
        settings: how to work.
        advance: told of each finished piece.

    Raises:
        DatasetError: another run is writing to it.
        EngineError: workers cannot be started, or cannot write.
    """
    with running(dataset, settings) as run:
        planner = Planner(run.job, dataset.done(run.job.version), settings.batch_bytes)
        counts = run.batches(planner.batches(inputs), advance)
        return Outcome(counts, planner.skipped)


class Run:
    """A run over a locked dataset."""

    def __init__(self, dataset: Dataset, settings: Settings, job: Job, index: KeyIndex) -> None:
        self.dataset = dataset
        self.settings = settings
        self.job = job
        self.index = index
        self._pool = Pool(job, settings.processes, settings.runner, settings.address)

    def batches(
        self,
        batches: Iterable[list[Piece]],
        advance: Callable[[Counts], None],
        *,
        replaces: Iterable[Part] = (),
    ) -> Counts:
        """Code batches and commit each; `replaces` are parts that the first of them replaces."""
        total = Counts()
        for batch in batches:
            for counts in self._pool.code(batch):
                advance(counts)
            commit = seal(
                self.dataset,
                self.job,
                self.index,
                batch,
                replaces=replaces,
                processes=self.settings.processes,
            )
            coded = sum(part.rows for part in commit.parts if part.table == "articles")
            staged = sum((done.counts for done in commit.pieces), Counts())
            # what two pieces of a batch both had was coded twice and kept once
            total += Counts(coded, staged.known + staged.coded - coded, staged.quarantined)
            replaces = ()
        return total


@contextlib.contextmanager
def running(dataset: Dataset, settings: Settings) -> Iterator[Run]:
    """Lock a dataset and prepare its work folder; what was made is cleared away when the run ends well."""
    job = Job(
        str(dataset.work.absolute()),
        version_of(settings.tables),
        tuple(str(folder.absolute()) for folder in settings.tables),
        settings.options,
    )
    with dataset.locked():
        job.index.unlink(missing_ok=True)
        shutil.rmtree(dataset.work / "spool", ignore_errors=True)
        job.pieces.mkdir(parents=True, exist_ok=True)
        for leftover in [*job.pieces.glob("*.at"), *job.pieces.glob(".*.part")]:
            leftover.unlink(missing_ok=True)
        index = KeyIndex(job.index)
        try:
            _fill(index, dataset, job.version)
            yield Run(dataset, settings, job, index)
        finally:
            index.close()
        for name in ("pieces", "spool"):
            shutil.rmtree(dataset.work / name, ignore_errors=True)
        job.index.unlink(missing_ok=True)


def _fill(index: KeyIndex, dataset: Dataset, version: str) -> None:
    """Take the articles of the committed parts into the index."""
    for part in dataset.table_parts("articles"):
        with pq.ParquetFile(dataset.root / part.path) as file:
            for rows in file.iter_batches(columns=["article", "khabar"]):
                keys = rows.column("article").to_pylist()
                by = rows.column("khabar").to_pylist()
                index.add(key for key, v in zip(keys, by, strict=True) if v == version)
                index.add_stale(
                    (key for key, v in zip(keys, by, strict=True) if v != version), commit_of(part.path)
                )
