"""The class that Daft runs in its processes. It needs Daft to be imported, so only the pool imports it."""

from __future__ import annotations

from typing import Any

import daft
import msgspec
from daft import DataType, Series

from khabar.corpus.pool import answer
from khabar.corpus.work import Job, Worker


class Coding:
    """A worker for Daft: made once a process, called with one piece at a time."""

    def __init__(self, job: bytes, follow: bool) -> None:
        self._worker = Worker(msgspec.json.decode(job, type=Job), follow=follow)

    @daft.method.batch(return_dtype=DataType.binary(), batch_size=1)
    def code(self, pieces: Series) -> list[bytes]:
        """Code pieces, a JSON each; gives what became of them, a JSON each."""
        return [answer(self._worker, piece) for piece in pieces.to_pylist()]


def coding(job: Job, processes: int, *, follow: bool) -> Any:
    """An expression maker that codes a column of pieces in `processes` processes."""
    made = daft.cls(Coding, use_process=True, max_concurrency=processes)
    return made(msgspec.json.encode(job), follow).code
