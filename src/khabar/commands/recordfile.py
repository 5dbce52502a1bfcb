"""Reading back files of records."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import msgspec

from khabar.reading.sources import bounded_lines
from khabar.record import Record

CAP = 256 * 1024 * 1024
"""Bytes: longer lines, or documents of one JSON value, are no records of khabar."""


class RecordFileError(ValueError):
    """A file that holds no records; the message names file and line."""


def stream_records(path: Path) -> Iterator[Record]:
    """Yield the records of a JSON file (one, or an array) or a JSONL file, one at a time.

    Raises:
        RecordFileError: something in it is no record.
        OSError: it cannot be read.
    """
    with path.open("rb") as file:
        for number, line in bounded_lines(iter(lambda: file.read(1 << 20), b""), CAP):
            if line is None:
                raise RecordFileError(f"{path}:{number}: longer than {CAP:,} bytes")
            if not line.strip():
                continue
            try:
                yield from _decode(line)
            except ValueError as error:
                if number > 1 or path.stat().st_size > CAP:
                    raise RecordFileError(f"{path}:{number}: no record: {error}") from error
                break  # a document over many lines
        else:
            return
    try:
        yield from _decode(path.read_bytes())
    except ValueError as error:
        raise RecordFileError(f"{path}: no record: {error}") from error


def _decode(data: bytes) -> list[Record]:
    """Raises ValueError for what is no record."""
    try:
        try:
            value = msgspec.json.decode(data)
        except (msgspec.DecodeError, UnicodeDecodeError):
            value = json.loads(data)  # takes the lone surrogate escapes that msgspec refuses
        return msgspec.convert(value if isinstance(value, list) else [value], list[Record])
    except (msgspec.MsgspecError, RecursionError) as error:
        raise ValueError(str(error)) from error
