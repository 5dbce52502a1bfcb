"""Workers by Daft: one row a piece, a class over it in processes of its own, counts as the result."""

from __future__ import annotations

import logging
import os
import socket
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any, Literal

import msgspec

from khabar.corpus.pieces import Counts, Piece, PieceFile
from khabar.corpus.work import Job, Worker, died_at

Runner = Literal["native", "ray"]

_QUIET = {
    "DAFT_ANALYTICS_ENABLED": "0",
    "DO_NOT_TRACK": "true",
    "SCARF_NO_ANALYTICS": "true",
    "DAFT_PROGRESS_BAR": "0",
    "RAY_USAGE_STATS_ENABLED": "0",
    "RAY_TQDM": "0",
}
"""khabar works offline: nothing calls home, and the one progress bar is khabar's."""

_TRIES = 3
"""Queries that may fail one after the other, with nothing done, before the run gives up."""

_PATIENCE = 10.0
"""Seconds that a Ray cluster may take to answer."""

_PARTITIONS = 8
"""A process, of a batch on Ray: results come back a partition at a time."""


class EngineError(RuntimeError):
    """The run cannot go on; the message is one line."""


class DeadWorkerError(RuntimeError):
    """A worker went away without a word."""


class _Answer(msgspec.Struct, frozen=True):
    """What a worker says of a piece: its counts, or the error that stops the run."""

    id: str
    counts: Counts = Counts()
    error: str = ""

    def or_raise(self) -> _Answer:
        """Itself; raises EngineError for an error."""
        if self.error:
            raise EngineError(self.error)
        return self


class Pool:
    """Codes the pieces of a batch, around the articles that a worker dies of.

    Args:
        job: what the pieces share.
        processes: workers.
        runner: Daft's own, or Ray.
        address: of the Ray cluster.
    """

    def __init__(self, job: Job, processes: int, runner: Runner, address: str = "") -> None:
        self._job = job
        self._processes = processes
        self._runner = runner
        self._address = address
        self._marked: dict[str, Piece] = {}

    def code(self, batch: Sequence[Piece]) -> Iterator[Counts]:
        """Code pieces into their files; yields the counts of each, in any order.

        Raises:
            EngineError: a worker cannot write, or workers die whatever is left out.
        """
        for piece in batch:
            if self._job.place(piece).exists():
                yield PieceFile(self._job.place(piece)).counts
        failures = 0
        while todo := [piece for piece in batch if not self._job.place(piece).exists()]:
            told = set()
            try:
                for answer in self._query(todo, self._processes):
                    told.add(answer.id)
                    yield answer.counts
            except DeadWorkerError as error:
                yield from self._after_death(todo, told)
                left = [piece for piece in todo if not self._job.place(piece).exists()]
                failures = failures + 1 if len(left) == len(todo) else 0
                if failures == _TRIES:
                    raise EngineError(f"the workers die: {error}") from error

    def _after_death(self, todo: Sequence[Piece], told: set[str]) -> Iterator[Counts]:
        """Tell what was finished, and code what was begun piece by piece, to find the deadly article."""
        begun = [
            piece
            for piece in todo
            if not self._job.place(piece).exists() and died_at(self._job, piece) is not None
        ]
        for piece in begun:
            self._alone(piece)
        for piece in todo:
            if piece.id not in told and self._job.place(piece).exists():
                yield PieceFile(self._job.place(piece)).counts

    def _alone(self, piece: Piece) -> None:
        """Code a piece with nothing else in flight; the article that its worker dies of then is left out."""
        while not self._job.place(piece).exists():
            self._job.at(piece).unlink(missing_ok=True)
            try:
                list(self._query([piece], 1))
            except DeadWorkerError as error:
                self._mark(piece, died_at(self._job, piece), error)

    def _mark(self, piece: Piece, place: int | None, error: DeadWorkerError) -> None:
        """Leave out the article at a place; if the worker died there before, of reading it, stop there."""
        piece = self._marked.get(piece.id, piece)
        if place is None or place == piece.stop:
            raise EngineError(f"the workers die: {error}") from error
        if place in piece.skip:
            piece = msgspec.structs.replace(piece, stop=place)
        else:
            piece = msgspec.structs.replace(piece, skip=(*piece.skip, place))
        self._marked[piece.id] = piece

    def _query(self, pieces: Sequence[Piece], processes: int) -> Iterator[_Answer]:
        """Run one query: each row a piece.

        Raises:
            EngineError: a worker says that it cannot go on.
            DeadWorkerError: a worker said nothing any more.
        """
        daft = _daft(self._runner, self._address)
        from khabar.corpus.udf import coding  # noqa: PLC0415 - needs Daft

        rows = [msgspec.json.encode(self._marked.get(piece.id, piece)) for piece in pieces]
        answers = coding(self._job, min(processes, len(pieces)), follow=self._runner == "native")
        # in the order in which they are done: in that of the input, processes would wait for each other
        with daft.execution_config_ctx(maintain_order=False, enable_dynamic_batching=False):
            frame = daft.from_pydict({"piece": rows})
            if self._runner == "ray":
                frame = frame.into_partitions(min(len(rows), _PARTITIONS * processes))
            frame = frame.select(answers(frame["piece"]).alias("answer"))
            try:
                for row in frame.iter_rows():
                    answer = msgspec.json.decode(row["answer"], type=_Answer)
                    yield answer.or_raise()
            except (EngineError, GeneratorExit):
                raise
            except Exception as error:  # whatever Daft or Ray call it
                raise DeadWorkerError(" ".join(str(error).split())[:300]) from error


def answer(worker: Worker, data: bytes) -> bytes:
    """Code a piece in a worker and say what became of it."""
    piece = msgspec.json.decode(data, type=Piece)
    try:
        return msgspec.json.encode(_Answer(piece.id, worker(piece)))
    except Exception as error:  # a full disk, a folder that went away: it is told, not died of
        return msgspec.json.encode(_Answer(piece.id, error=f"{type(error).__name__}: {error}"))


@cache
def _daft(runner: Runner, address: str) -> Any:
    """Daft with its runner set and quiet; a process can set one only once.

    Raises:
        EngineError: it cannot be had.
    """
    for name, value in _QUIET.items():
        os.environ.setdefault(name, value)
    logging.getLogger("daft").setLevel(logging.ERROR)
    try:
        import daft  # noqa: PLC0415 - takes a moment, and is not of the core
    except ImportError as error:
        raise EngineError("a dataset needs `pip install 'khabar[archive]'`") from error
    if runner == "ray":
        _ray(daft, address)
    else:
        daft.set_runner_native()
    return daft


def _ray(daft: Any, address: str) -> None:
    try:
        import ray  # noqa: PLC0415
    except ImportError as error:
        raise EngineError("the Ray runner needs `pip install 'khabar[cluster]'`") from error
    try:
        if address:
            _reach(address)
        ray.init(
            address=address or "local",
            include_dashboard=False if not address else None,
            log_to_driver=False,
            logging_level=logging.ERROR,
            ignore_reinit_error=True,
        )
    except (OSError, RuntimeError, ValueError) as error:
        raise EngineError(f"no Ray at {address or 'this machine'}: {error}") from error
    daft.set_runner_ray(noop_if_initialized=True)


def _reach(address: str) -> None:
    """See whether anything listens at an address; Ray itself would wait for it for ever.

    Raises:
        OSError: nothing does.
        ValueError: it names no port.
    """
    host, colon, port = address.rpartition("://")[2].rpartition(":")
    if colon:
        socket.create_connection((host.strip("[]"), int(port)), timeout=_PATIENCE).close()
