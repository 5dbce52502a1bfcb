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


def weights(folder: Path) -> dict[str, dict[str, float]]:
    """The weights of a folder's decisions: name of the file -> feature -> log-odds.

    Read plainly: tens of thousands of lines stand between a start and a coder.

    Raises:
        TableError: a line without a weight.
        OSError: a file cannot be read.
    """
    return {path.stem: _weights(path) for path in sorted(folder.glob("*.tsv"))}


def _weights(path: Path) -> dict[str, float]:
    lines = [x for x in path.read_text(encoding="utf-8").split("\n") if x and x[0] != "#"]
    out = {}
    for n, line in enumerate(lines[1:], 2):
        name, tab, weight = line.rpartition("\t")
        if not tab:
            raise TableError(f"{path.name}: line {n} below the comments has no weight: {line}")
        out[name] = float(weight)
    return out
