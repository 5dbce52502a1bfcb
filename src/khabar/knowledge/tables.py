"""Reading the tables: tab-separated rows with a header, comments, and their place for messages.

This module knows the shape of a table file and nothing about what a table means.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

import msgspec

from khabar.tables import numbered

TABLES = Path(__file__).parent / "tables"
"""Our own tables; a user's folder has the same layout."""

SHORT_MARK = "~"
"""In front of a form that is ambiguous on its own (a bare surname): it needs the full name or a title."""

_SPACES = re.compile(r"\s+")

_HEADERS: dict[str, tuple[str, ...]] = {
    "people": ("id", "name", "name_en", "country", "variants", "offices", "base_code"),
    "organisations": ("id", "name", "name_en", "country", "code", "subkind", "variants", "from", "to"),
    "bodies": ("id", "name", "name_en", "country", "code", "subkind", "variants", "from", "to"),
    "countries": ("id", "name", "name_en", "code", "variants", "capital"),
    "demonyms": ("id", "ms", "plural", "entity", "subkind", "country", "name_en"),
    "roles": (
        *("id", "sector", "country", "ms", "fs", "mp", "fp", "tail", "name_en"),
        *("use", "office", "single"),
    ),
    "groups": (
        *("id", "kind", "sector", "country", "ms", "fs", "mp", "fp", "tail", "short", "subkind", "name_en"),
        "use",
    ),
    "places": ("id", "name", "name_en", "country", "variants", "lat", "lon", "geonameid", "subkind"),
    "placestops": ("name",),
    "placewords": ("word", "kind"),
    "common": ("word", "kind"),
}
"""Columns of each table, in order. A table of a user may leave out trailing columns."""


class Fault(msgspec.Struct, frozen=True, order=True):
    """Something wrong in a table.

    Attributes:
        file: the file, relative to its tables folder.
        line: line number, from 1; 0 for the file as a whole.
        reason: what is wrong, for the person who edits the table.
    """

    file: str
    line: int
    reason: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.reason}"


class Row(msgspec.Struct, frozen=True, gc=False):
    """One row of a table.

    Attributes:
        file: the file, relative to its tables folder.
        line: line number, from 1.
        cells: column name to cell, stripped; columns that the row leaves out are "".
    """

    file: str
    line: int
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")

    def fault(self, reason: str) -> Fault:
        """A fault at this row."""
        return Fault(self.file, self.line, reason)


def columns_of(table: str) -> tuple[str, ...]:
    """The columns of a table by its name (`people`, `organisations`, …), in order.

    Raises:
        KeyError: when there is no such table.
    """
    return _HEADERS[table]


def table_files(folder: Path) -> Iterator[tuple[str, Path]]:
    """The table files of a folder with the table each belongs to, in a fixed order.

    Args:
        folder: a tables folder, ours or a user's.

    Yields:
        Pairs of table name and path, files of one table in the order of their names.
    """
    for table in ("countries", "bodies", "organisations", "demonyms", "roles", "groups", "common"):
        path = folder / f"{table}.tsv"
        if path.is_file():
            yield table, path
    for table in ("organisations", "people"):
        for path in sorted((folder / table).glob("*.tsv")):
            yield table, path
    special = {"stops.tsv": "placestops", "words.tsv": "placewords"}
    for path in sorted((folder / "places").glob("*.tsv")):
        yield special.get(path.name, "places"), path


def read_rows(path: Path, folder: Path, faults: list[Fault] | None = None) -> list[Row]:
    """The rows of one table file.

    Args:
        path: the file.
        folder: the tables folder that messages name it relative to.
        faults: where faults of shape (bytes, columns) are noted; without it they raise.

    Returns:
        The rows in the file's order.

    Raises:
        ValueError: on a fault of shape when `faults` is None.
        OSError: when the file cannot be read.
    """
    name = path.relative_to(folder).as_posix()
    found: list[Fault] = []
    try:
        text = path.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        found.append(Fault(name, 0, f"not UTF-8: {error.reason} at byte {error.start}"))
        text = ""
    rows: list[Row] = []
    header: list[str] | None = None
    for number, raw in numbered(text.split("\n")):
        cells = [cell.strip() for cell in raw]
        if header is None:
            header = cells
            continue
        if len(cells) > len(header):
            found.append(Fault(name, number, f"{len(cells)} cells under {len(header)} columns"))
            continue
        rows.append(Row(name, number, dict(zip(header, cells, strict=False))))
    if header is None and not found:
        found.append(Fault(name, 0, "no header line"))
    if faults is None and found:
        raise ValueError(str(found[0]))
    if faults is not None:
        faults.extend(found)
    return rows


def header_of(path: Path) -> tuple[str, ...]:
    """The column names of a table file: its first line that is neither blank nor a comment."""
    with path.open(encoding="utf-8") as lines:
        return tuple(cell.strip() for _, cells in islice(numbered(lines), 1) for cell in cells)


def alternatives(cell: str) -> list[str]:
    """The `|`-separated alternatives of a cell, without blanks: «أميركي|أمريكي» gives two."""
    if not cell:
        return []
    return [part for piece in cell.split("|") if (part := _SPACES.sub(" ", piece.strip()))]


def sort_key(row_id: str) -> str:
    """What rows are sorted by: the id, by code points."""
    return row_id


def clean(text: str) -> str:
    """A cell as tables want it: composed, single spaces, no marks around it."""
    return _SPACES.sub(" ", unicodedata.normalize("NFC", text)).strip()


def join(cells: Iterable[str]) -> str:
    """A row as it stands in a file."""
    return "\t".join(cells).rstrip()
