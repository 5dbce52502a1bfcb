"""CSV and Parquet: a row is an article, its columns are mapped by option."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from typing import Any

from khabar.reading import decoding
from khabar.reading.extras import need
from khabar.reading.items import FIELDS, Failure, InputOptions, Item
from khabar.reading.places import reason_of
from khabar.reading.rows import from_row
from khabar.reading.streams import lines_at

DELIMITERS = ",;\t|"
"""Tried on the header where none is given; of two as frequent the earlier is taken."""
BATCH_ROWS = 64
"""Rows of a Parquet file held at once."""
FAULTS_SHOWN = 1000
"""Rows in a row that do not fit the header, after which a CSV file is taken for damaged from there on."""

_HEAD = 1 << 18
"""Bytes that the encoding of a CSV file is judged by."""


class _Lines:
    """The lines of a stretch as text, for the CSV reader; goes on after a line that raises."""

    def __init__(self, lines: Iterator[tuple[int, bytes | None]], encoding: str) -> None:
        self._lines = lines
        self._encoding = encoding
        self.count = 0
        self.offset = 0
        self.row_offset = -1
        """Offset of the first line of the row being read."""

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        self.offset, line = next(self._lines)
        self.count += 1
        if self.row_offset < 0:
            self.row_offset = self.offset
        if line is None:
            raise csv.Error("the line is longer than the cap")
        return line.decode(self._encoding) + "\n"


def read_csv(
    chunks: Iterable[bytes],
    name: str,
    options: InputOptions,
    *,
    header: list[str] | None = None,
    start: int = 0,
    end: int = -1,
) -> Iterator[Item | Failure]:
    """Items of a CSV stream, or of the rows that begin in a stretch of one with one-line rows.

    Args:
        chunks: the stream, for a stretch from byte `start - 1`.
        name: its source.
        options: `columns`, `delimiter`, `one_line_rows` and `cap` are used.
        header: the columns, for a stretch behind the header.
        start: first byte of the stretch.
        end: one past its last, or -1.
    """
    head, chunks = _head(iter(chunks))
    if not head.strip():
        if header is None:
            yield Failure(name, 0, "empty file", "empty")
        return
    encoding = _encoding(head)
    if encoding is None:
        yield Failure(name, 0, "not UTF-8, and no Arabic prose in a legacy encoding", "encoding")
        return
    raw = lines_at(chunks, options.cap, max(0, start - 1))
    if start:
        next(raw, None)
    csv.field_size_limit(options.cap)
    lines = _Lines(raw, encoding)
    delimiter = options.delimiter or _delimiter(name, head, encoding)
    reader = csv.reader(lines, delimiter=delimiter)
    if header is None:
        header = _header(reader)
        missing = _missing(header, options)
        if missing:
            yield Failure(name, 1, missing, "csv")
            return
        if start:
            return
    yield from _rows(reader, lines, header, name, options, end)


def csv_header(chunks: Iterable[bytes], name: str, options: InputOptions) -> list[str] | None:
    """The columns of a CSV stream, None where it has none that can be read."""
    head, chunks = _head(iter(chunks))
    encoding = _encoding(head)
    if encoding is None:
        return None
    delimiter = options.delimiter or _delimiter(name, head, encoding)
    return _header(csv.reader(_Lines(lines_at(chunks, options.cap), encoding), delimiter=delimiter))


def _header(reader: Any) -> list[str]:
    try:
        return [cell.strip() for cell in next(reader, [])]
    except (csv.Error, UnicodeDecodeError):
        return []


def _missing(header: list[str], options: InputOptions) -> str:
    """What is wrong with the columns, "" for nothing."""
    wanted = {"text": "text", **dict(options.columns)}
    gone = [column for column in wanted.values() if column not in header]
    if not gone:
        return ""
    there = ", ".join(header)[:200] or "nothing"
    return f"no column {', '.join(map(repr, gone))}; there is {there}; say which is which with --column"


def _rows(
    reader: Any, lines: _Lines, header: list[str], name: str, options: InputOptions, end: int
) -> Iterator[Item | Failure]:
    numbered = lines.count > 0
    faults = 0
    while True:
        before = lines.count
        lines.row_offset = -1
        given = _next(reader, options.cap)
        if given is None or 0 <= end <= lines.row_offset:
            return
        line = before + 1 if numbered else 0
        position = f"byte {lines.row_offset}" if options.one_line_rows else f"line {before + 1}"
        if isinstance(given, list) and len(given) == len(header):
            faults = 0
            yield from_row(dict(zip(header, given, strict=True)), name, line, position, options)
        elif given:
            faults += 1
            if isinstance(given, list):
                given = f"{len(given)} cells where the header has {len(header)}", "csv"
            yield Failure(name, line, *given, position)
        if faults >= FAULTS_SHOWN:
            yield Failure(name, line, f"{faults} rows in a row do not fit: given up", "csv", position)
            return


def _next(reader: Any, cap: int) -> list[str] | tuple[str, str] | None:
    """The next row, [] for a blank line; or reason and kind of a fault; None at the end."""
    try:
        row: list[str] = next(reader)
    except StopIteration:
        return None
    except UnicodeDecodeError as error:
        return f"damaged text: {error.reason}", "encoding"
    except csv.Error as error:
        if "larger than field limit" in str(error) or "longer than the cap" in str(error):
            return f"a cell or line is longer than the cap of {cap:,} bytes", "too-long"
        return f"no valid CSV: {error}", "csv"
    return row


def _head(chunks: Iterator[bytes]) -> tuple[bytes, Iterator[bytes]]:
    head = bytearray()
    for chunk in chunks:
        head += chunk
        if len(head) >= _HEAD:
            break
    whole = bytes(head)

    def again() -> Iterator[bytes]:
        yield whole
        yield from chunks

    return whole[:_HEAD], again()


def _encoding(head: bytes) -> str | None:
    """UTF-8, or the legacy encoding in which the head reads as Arabic prose; None for neither."""
    try:
        head.decode()
    except UnicodeDecodeError as error:
        if error.start >= len(head) - 4:
            return "utf-8"
    else:
        return "utf-8"
    if decoding.is_damaged_utf8(head):
        return "utf-8"  # only the damaged rows fail
    best, found = 0.0, None
    for name in decoding.LEGACY:
        score = decoding.prose(head.decode(name, "replace"))
        if score > best:
            best, found = score, name
    return found


def _delimiter(name: str, head: bytes, encoding: str) -> str:
    if ".tsv" in name.lower():
        return "\t"
    first = head.partition(b"\n")[0].decode(encoding, "replace")
    return max(DELIMITERS, key=first.count)


def parquet_groups(raw: Any) -> list[int]:
    """Bytes of each row group of a Parquet file.

    Raises:
        OSError: it is none.
    """
    file = _parquet(raw)
    return [file.metadata.row_group(i).total_byte_size for i in range(file.num_row_groups)]


def _parquet(raw: Any) -> Any:
    arrow = need("pyarrow", "reading Parquet files")
    parquet = need("pyarrow.parquet", "reading Parquet files")
    try:
        return parquet.ParquetFile(raw, pre_buffer=False, buffer_size=1 << 20)
    except arrow.ArrowException as error:
        raise OSError(f"no Parquet file: {reason_of(error)}") from error


def read_parquet(
    raw: Any, name: str, options: InputOptions, start: int = 0, end: int = -1
) -> Iterator[Item | Failure]:
    """Items of the row groups of a Parquet file.

    Args:
        raw: the file, which can seek.
        name: its source.
        options: `columns` and `cap` are used.
        start: first row group.
        end: one past the last, or -1.
    """
    arrow = need("pyarrow", "reading Parquet files")
    try:
        file = _parquet(raw)
    except OSError as error:
        yield Failure(name, 0, reason_of(error), "parquet")
        return
    header = file.schema_arrow.names
    missing = _missing(header, options)
    if missing:
        yield Failure(name, 0, missing, "parquet")
        return
    columns = dict(options.columns)
    wanted = [c for c in dict.fromkeys(columns.get(f, f) for f in FIELDS) if c in header]
    stop = file.num_row_groups if end < 0 else min(end, file.num_row_groups)
    if start == 0 and not file.metadata.num_rows:
        yield Failure(name, 0, "empty file", "empty")
        return
    row = sum(file.metadata.row_group(i).num_rows for i in range(start))
    for group in range(start, stop):
        begin = row
        row += file.metadata.row_group(group).num_rows
        done = begin
        try:
            for batch in file.iter_batches(BATCH_ROWS, row_groups=[group], columns=wanted):
                for values in batch.to_pylist():
                    done += 1
                    yield from_row(values, name, 0, f"row {done}", options)
        except (arrow.ArrowException, OSError, ValueError) as error:
            reason = f"damaged from row {done + 1} to {row}: {reason_of(error)}"
            yield Failure(name, 0, reason, "parquet", f"row {done + 1}")
