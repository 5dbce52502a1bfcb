"""Coding many articles: in order, with bounded look-ahead, over processes that may die."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from typing import TYPE_CHECKING

from khabar.reading.sources import Failure, Item

if TYPE_CHECKING:
    from khabar.coder import Coder, Input
    from khabar.record import Record

CHUNK = 8
"""Articles sent to a worker at once: enough to hide the cost of a message, few enough to keep order cheap."""
CHUNKS_AHEAD = 3
"""Chunks in flight per worker."""


class WorkersError(RuntimeError):
    """Worker processes cannot be started."""


def in_order(articles: Iterable[Input | Failure], coder: Coder) -> Iterator[Record | Failure]:
    """Code in this process; see `Coder.pipe`."""
    for number, given in enumerate(articles, 1):
        yield _code(coder, number, given)


def _code(coder: Coder, number: int, given: Input | Failure) -> Record | Failure:
    """A record, or the failure that an error in coding is."""
    if isinstance(given, Failure):
        return given
    try:
        return coder(given)
    except Exception as error:  # whatever one article does, the others are coded
        return _failure(number, given, f"{type(error).__name__}: {error}".replace("\n", " "))


def _failure(number: int, given: Input | Failure, reason: str) -> Failure:
    """A failure named after its item's source, or after its position among the articles."""
    if isinstance(given, Item):
        return Failure(given.source, given.line, reason)
    return Failure("<articles>", number, reason)


Chunk = list[tuple[int, "Input | Failure"]]


def in_processes(
    articles: Iterable[Input | Failure], extra: tuple[Path, ...], processes: int
) -> Iterator[Record | Failure]:
    """Code in worker processes; see `Coder.pipe`."""
    pool = _Pool(extra, processes)
    waiting: deque[tuple[Chunk, Future[list[Record | Failure]]]] = deque()
    chunks = _chunks(articles)
    try:
        while True:
            while len(waiting) < processes * CHUNKS_AHEAD and (chunk := next(chunks, None)):
                waiting.append((chunk, pool.submit(chunk)))
            if not waiting:
                return
            chunk, future = waiting.popleft()
            try:
                results = future.result()
            except BrokenProcessPool:
                # every chunk in flight is lost with the pool: this one is coded article by article, to find
                # the one its worker dies of, and the others are sent again unless they were done before
                pool.restart()
                results = [pool.alone(number, given) for number, given in chunk]
                waiting = deque(
                    (other, done if _coded(done) else pool.submit(other)) for other, done in waiting
                )
            yield from results
    finally:
        pool.close()


def _coded(future: Future[list[Record | Failure]]) -> bool:
    return future.done() and not future.cancelled() and future.exception() is None


def _chunks(articles: Iterable[Input | Failure]) -> Iterator[Chunk]:
    chunk: Chunk = []
    for number, given in enumerate(articles, 1):
        chunk.append((number, given))
        if len(chunk) == CHUNK:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


class _Pool:
    """A process pool that can be started anew."""

    def __init__(self, extra: tuple[Path, ...], processes: int) -> None:
        self._extra = extra
        self._processes = processes
        self._pool = self._start()

    def _start(self) -> ProcessPoolExecutor:
        # spawned on every platform: a forked child would inherit whatever threads and locks the caller has
        return ProcessPoolExecutor(
            self._processes,
            mp_context=multiprocessing.get_context("spawn"),
            initializer=_load,
            initargs=(self._extra,),
        )

    def submit(self, chunk: Chunk) -> Future[list[Record | Failure]]:
        """Send a chunk; a pool found broken gives a future that says so."""
        try:
            return self._pool.submit(_work, chunk)
        except BrokenProcessPool as error:
            broken: Future[list[Record | Failure]] = Future()
            broken.set_exception(error)
            return broken

    def alone(self, number: int, given: Input | Failure) -> Record | Failure:
        """Code one article with nothing else in flight; a failure when its worker dies again."""
        try:
            return self.submit([(number, given)]).result()[0]
        except BrokenProcessPool:
            self.restart()
            return _failure(number, given, "the worker process died while coding this article")

    def restart(self) -> None:
        """Start new workers.

        Raises:
            WorkersError: they die before they have coded anything.
        """
        self.close()
        self._pool = self._start()
        try:
            self._pool.submit(_work, []).result()
        except BrokenProcessPool as error:
            raise WorkersError(
                "the worker processes die while loading: memory may be short, or the calling script "
                "lacks `if __name__ == '__main__':`"
            ) from error

    def close(self) -> None:
        """Let the workers go, dropping what has not been begun."""
        self._pool.shutdown(wait=True, cancel_futures=True)


_coder: Coder | None = None


def _load(extra: tuple[Path, ...]) -> None:
    """Load the coder of a worker process."""
    global _coder  # noqa: PLW0603 - the one thing a worker process keeps
    # an interrupt at the terminal reaches the workers too; the parent stops them in order
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_follow_parent, daemon=True).start()
    from khabar.coder import Coder  # noqa: PLC0415 - the parent does not load it here

    _coder = Coder(*extra)


def _follow_parent() -> None:
    """End this worker when its parent is gone, however it went; waiting for work, it would never know."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _work(chunk: Chunk) -> list[Record | Failure]:
    if _coder is None:
        raise RuntimeError("the worker has not loaded")
    return [_code(_coder, number, given) for number, given in chunk]
