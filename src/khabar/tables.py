"""Reading the project's tables: tab-separated, a header line, `#` comments."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path


class TableError(ValueError):
    """A table that cannot be read; the message names file and line."""


def numbered(lines: Iterable[str]) -> Iterator[tuple[int, list[str]]]:
    """Yield the lines that count, the header first: their numbers from 1 and their cells.

    Args:
        lines: all lines of a table, with or without their line ends; blank ones and comments are passed over.
    """
    for number, line in enumerate(lines, 1):
        text = line.rstrip("\r\n")
        if text.strip() and not text.startswith("#"):
            yield number, text.split("\t")


def parse(lines: Iterable[str], name: str) -> Iterator[dict[str, str]]:
    """Yield the rows of a table as dictionaries of its header; missing cells at the end are empty strings.

    Args:
        lines: all lines of the table.
        name: what messages call it.

    Raises:
        TableError: more cells than the header has, or no header.
    """
    header: list[str] | None = None
    for number, cells in numbered(lines):
        if header is None:
            header = cells
            continue
        if len(cells) > len(header):
            raise TableError(f"{name}:{number}: {len(cells)} cells, the header has {len(header)}")
        yield dict(zip(header, cells + [""] * (len(header) - len(cells)), strict=True))
    if header is None:
        raise TableError(f"{name}: no header line")


def rows(path: Path) -> Iterator[dict[str, str]]:
    """Yield the rows of a table file, see `parse`.

    Raises:
        TableError: more cells than the header has, or no header.
        OSError: the file cannot be opened.
    """
    with path.open(encoding="utf-8") as lines:
        yield from parse(lines, path.name)
