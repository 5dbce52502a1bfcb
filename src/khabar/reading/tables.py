"""The reading room's tables (reading/tables/*.tsv), read once."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from khabar import tables

_FOLDER = Path(__file__).parent / "tables"


@cache
def rows(name: str) -> tuple[dict[str, str], ...]:
    """Rows of a table as dictionaries from column to cell.

    Args:
        name: file name less `.tsv`.

    Raises:
        khabar.tables.TableError: a row has more cells than the header.
        OSError: there is no such table.
    """
    return tuple(tables.rows(_FOLDER / f"{name}.tsv"))


def cells(value: str) -> list[str]:
    """Alternatives of a cell."""
    return [part for part in value.split("|") if part]
