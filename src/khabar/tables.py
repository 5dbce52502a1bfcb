"""Reading the project's tables: tab-separated, a header line, `#` comments."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path


class TableError(ValueError):
    """A table that cannot be read; the message names file and line."""


def rows(path: Path) -> Iterator[dict[str, str]]:
    """Yield the rows of a table as dictionaries of its header.

    Missing cells at the end of a line are empty strings.

    Raises:
        TableError: more cells than the header has, or no header.
        OSError: the file cannot be opened.
    """
    header: list[str] | None = None
    with path.open(encoding="utf-8") as lines:
        for n, line in enumerate(lines, 1):
            text = line.rstrip("\r\n")
            if not text.strip() or text.startswith("#"):
                continue
            cells = text.split("\t")
            if header is None:
                header = cells
                continue
            if len(cells) > len(header):
                raise TableError(f"{path.name}:{n}: {len(cells)} cells, the header has {len(header)}")
            yield dict(zip(header, cells + [""] * (len(header) - len(cells)), strict=True))
    if header is None:
        raise TableError(f"{path.name}: no header line")
