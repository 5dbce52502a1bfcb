"""Which articles a dataset holds: an index on disk, so that memory does not grow with the archive.

It is made anew from the committed parts when a run starts and goes with the run: nothing depends on it that
the parts themselves do not tell.
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path

_CACHE_KB = 16 * 1024
"""Of pages that SQLite keeps: enough for the upper levels of ten million keys."""


class KeyIndex:
    """Keys of articles, each with the part that holds it where that is of another version.

    Args:
        path: the file; an empty or missing one is begun.
        readonly: for workers, which only look up while nobody writes.
    """

    def __init__(self, path: Path, *, readonly: bool = False) -> None:
        if readonly:
            self._base = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)
        else:
            self._base = sqlite3.connect(path, isolation_level=None)
            # the index is made anew after any accident, so nothing has to survive one
            self._base.execute("PRAGMA journal_mode=OFF")
            self._base.execute("PRAGMA synchronous=OFF")
            self._base.execute("CREATE TABLE IF NOT EXISTS known (key BLOB PRIMARY KEY) WITHOUT ROWID")
            self._base.execute(
                "CREATE TABLE IF NOT EXISTS stale (key BLOB PRIMARY KEY, batch TEXT) WITHOUT ROWID"
            )
        self._base.execute(f"PRAGMA cache_size=-{_CACHE_KB}")

    def add(self, keys: Iterable[str]) -> None:
        """Take in keys of articles that the dataset holds under the current version."""
        with self._transaction():
            self._base.executemany(
                "INSERT OR IGNORE INTO known VALUES (?)", ((bytes.fromhex(k),) for k in keys)
            )

    def add_stale(self, keys: Iterable[str], batch: str) -> None:
        """Take in keys of articles that a batch holds under another version."""
        with self._transaction():
            self._base.executemany(
                "INSERT OR REPLACE INTO stale VALUES (?, ?)", ((bytes.fromhex(k), batch) for k in keys)
            )

    def __contains__(self, key: str) -> bool:
        found = self._base.execute("SELECT 1 FROM known WHERE key = ?", (bytes.fromhex(key),))
        return found.fetchone() is not None

    def stale(self, key: str) -> str | None:
        """The batch that holds an article under another version."""
        found = self._base.execute("SELECT batch FROM stale WHERE key = ?", (bytes.fromhex(key),)).fetchone()
        return found[0] if found else None

    def close(self) -> None:
        """Let the file go."""
        self._base.close()

    @contextlib.contextmanager
    def _transaction(self) -> Iterator[None]:
        self._base.execute("BEGIN")
        try:
            yield
        finally:
            self._base.execute("COMMIT")
