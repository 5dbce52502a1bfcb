"""Knowledge: countries, people with dated offices, organisations, groups, titles and places, from tables."""

from __future__ import annotations

import functools
from pathlib import Path

from khabar.knowledge.compiler import compiled, digest_tables
from khabar.knowledge.lookup import Knowledge
from khabar.knowledge.model import Entity, Hit, Office
from khabar.knowledge.tables import TABLES

__all__ = ["Entity", "Hit", "Knowledge", "Office", "load"]


def load(*extra: Path) -> Knowledge:
    """The knowledge of our tables, with the user's tables over them.

    Args:
        extra: folders laid out like ours (`people/*.tsv`, `organisations.tsv`, …); an id that they share with
            ours replaces our row.

    Returns:
        The knowledge; loading the same tables twice in a process gives the same object.

    Raises:
        ValueError: when a table is malformed; `khabar knowledge check` tells all that is wrong.
        OSError: when a table cannot be read.
    """
    folders = tuple(Path(folder).resolve() for folder in extra)
    for folder in folders:
        if not folder.is_dir():
            raise NotADirectoryError(f"no folder of tables: {folder}")
    return _load(folders, digest_tables((TABLES, *folders)))


@functools.lru_cache(maxsize=4)
def _load(extra: tuple[Path, ...], digest: str) -> Knowledge:
    return Knowledge(compiled(extra), digest)
