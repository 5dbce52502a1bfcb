"""Rows of any source to items: a JSON object, a CSV or Parquet row, each a mapping of names to values."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import msgspec

from khabar.reading import decoding
from khabar.reading.folding import BLANKS
from khabar.reading.items import FIELDS, PAYLOAD_CAP, Failure, InputOptions, Item
from khabar.reading.streams import lines_at

_AT_LEAST_CUT = len(r"\u0000")


def checked(item: Item, payload: bytes | None = None, form: str = "") -> Item | Failure:
    """The item, or the failure it is for want of Arabic text."""
    if not item.text.strip(BLANKS):
        kind, reason = "empty", "empty text"
    elif not decoding.is_arabic(item.text):
        kind, reason = "not-arabic", "not Arabic: it has no, or almost no, Arabic letters"
    else:
        return item
    return failure(item.source, reason, kind, item.line, item.position, payload, form)


def failure(
    source: str,
    reason: str,
    kind: str,
    line: int = 0,
    position: str = "",
    payload: bytes | None = None,
    form: str = "",
) -> Failure:
    """A failure; a payload above the cap is left out, the position has to do then."""
    if payload is not None and len(payload) > PAYLOAD_CAP:
        payload = None
    return Failure(source, line, reason, kind, position, payload, form if payload is not None else "")


def jsonl(chunks: Iterable[bytes], name: str, options: InputOptions) -> Iterator[Item | Failure]:
    """Items of a stream of one JSON object a line, named by the numbers of their lines.

    Args:
        chunks: the stream.
        name: its source.
        options: `cap` and `columns` are used.
    """
    yield from _lines(lines_at(chunks, options.cap), name, options, numbered=True, bytewise=False)


def jsonl_between(
    chunks: Iterable[bytes], name: str, options: InputOptions, start: int, end: int, at: int
) -> Iterator[Item | Failure]:
    """Items of the lines that begin in a stretch of a file, named by the byte they begin at.

    Args:
        chunks: the file from some byte on.
        name: its path.
        options: as of `jsonl`.
        start: first byte of the stretch.
        end: one past its last, or -1.
        at: the byte that the chunks begin at: `start - 1`, or the first behind the mark of an encoding.
    """
    lines = lines_at(chunks, options.cap, at)
    if start:
        next(lines, None)  # the line that begins before the stretch, or the line break just before it
    stretch = within(lines, end)
    whole = start == 0 and end < 0
    yield from _lines(stretch, name, options, numbered=start == 0, bytewise=True, whole=whole)


def within(lines: Iterable[tuple[int, bytes | None]], end: int) -> Iterator[tuple[int, bytes | None]]:
    """Those of the lines that begin before `end` (-1: all)."""
    for offset, line in lines:
        if 0 <= end <= offset:
            return
        yield offset, line


def _lines(
    lines: Iterable[tuple[int, bytes | None]],
    name: str,
    options: InputOptions,
    *,
    numbered: bool,
    bytewise: bool,
    whole: bool = True,
) -> Iterator[Item | Failure]:
    empty = whole
    for count, (offset, line) in enumerate(lines, 1):
        number = count if numbered else 0
        position = f"byte {offset}" if bytewise else f"line {count}"
        if line is None:
            empty = False
            reason = f"the line is longer than the cap of {options.cap:,} bytes"
            yield Failure(name, number, reason, "too-long", position)
        elif line.strip():
            empty = False
            yield json_line(line, name, number, position, options)
    if empty:
        yield Failure(name, 0, "empty file", "empty")


def json_line(line: bytes, name: str, number: int, position: str, options: InputOptions) -> Item | Failure:
    """The item of one line of JSON."""
    try:
        value = parsed(line)
    except decoding.UndecodableError as error:
        return failure(name, str(error), "encoding", number, position, line, "jsonl")
    except ValueError as error:
        kind = "nested" if "nested" in str(error) else "json"
        return failure(name, str(error), kind, number, position, line, "jsonl")
    return from_json(value, name, number, position, options, line)


def parsed(data: bytes) -> Any:
    """Parse JSON; in a legacy encoding too, and with lone surrogate escapes.

    Raises:
        khabar.reading.decoding.UndecodableError: it is no text.
        ValueError: it is none; the message says so.
    """
    try:
        return msgspec.json.decode(data)
    except (msgspec.DecodeError, ValueError, RecursionError):
        pass  # what msgspec refuses (lone surrogates, NaN) the standard library may take
    text = decoding.decode(data)
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        cut = error.pos >= len(text.rstrip()) - _AT_LEAST_CUT or error.msg.startswith("Unterminated string")
        raise ValueError(
            f"no valid JSON{', it ends too early' if cut else ''}: {error.msg} at character {error.pos}"
        ) from error
    except RecursionError as error:
        raise ValueError("no valid JSON: nested too deep") from error


def document(data: bytes, name: str, options: InputOptions) -> Iterator[Item | Failure]:
    """Items of a file of one JSON object, of an array of objects, or of one object a line."""
    try:
        value = parsed(data)
    except ValueError as error:
        first = data.lstrip().partition(b"\n")[0]
        if first.startswith(b"{") and first.rstrip().endswith(b"}"):
            yield from jsonl(iter((data,)), name, options)
        else:
            encoding = isinstance(error, decoding.UndecodableError)
            kind = "encoding" if encoding else "nested" if "nested" in str(error) else "json"
            yield failure(name, str(error), kind, payload=data, form="json")
        return
    for number, element in enumerate(value if isinstance(value, list) else [value], 1):
        yield from_json(element, name, number, f"element {number}", options, None)


def from_json(
    value: Any, name: str, line: int, position: str, options: InputOptions, payload: bytes | None
) -> Item | Failure:
    """The item of a parsed JSON value."""
    if not isinstance(value, dict):
        reason = f"a JSON {_json_type(value)} instead of an object"
        return failure(name, reason, "json", line, position, payload, "jsonl")
    return from_row(value, name, line, position, options, payload)


def from_row(
    row: Mapping[str, Any],
    name: str,
    line: int,
    position: str,
    options: InputOptions,
    payload: bytes | None = None,
) -> Item | Failure:
    """The item of a row.

    Args:
        row: its values by column or key.
        name: its source.
        line: its line, 0 for an unknown one.
        position: what names it in its source.
        options: `columns` and `cap` are used.
        payload: the row's bytes, as a line of JSON; made of the row itself when None.
    """
    columns = dict(options.columns)
    key = columns.get("text", "text")
    text = row.get(key)
    if payload is None and (not isinstance(text, str) or len(text) <= PAYLOAD_CAP):
        payload = payload_of(row, columns)
    if not isinstance(text, str):
        what = f"is {_json_type(text)}" if key in row else "is missing"
        return failure(name, f"«{key}» {what}; a string is needed", "json", line, position, payload, "jsonl")
    if len(text) > options.cap:
        return failure(name, f"longer than the cap of {options.cap:,} bytes", "too-long", line, position)
    given = {field: row.get(columns.get(field, field)) for field in FIELDS[1:]}
    item = Item(
        name,
        line,
        text,
        id=_string(given["id"]),
        title=_string(given["title"]),
        published=_moment(given["published"]),
        outlet=_string(given["outlet"]),
        url=_string(given["url"]),
        updated=_moment(given["updated"]),
        section=_string(given["section"]),
        position=position,
    )
    return checked(item, payload, "jsonl")


def payload_of(row: Mapping[str, Any], columns: Mapping[str, str]) -> bytes | None:
    """The row's fields as a line of JSON under the names they were mapped from; None where it is none."""
    names = [columns.get(field, field) for field in FIELDS]
    kept = {name: row[name] for name in names if row.get(name) is not None}
    try:
        return json.dumps(kept, ensure_ascii=True, default=str).encode()
    except (ValueError, RecursionError):
        return None


def _string(value: Any) -> str | None:
    """A cell of metadata: strings as they are, numbers as they are written, nothing else."""
    if isinstance(value, str):
        return value or None
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return str(value)
    return None


def _moment(value: Any) -> str | None:
    """A time as given; what is no string is made one, so that the article's notes tell of it."""
    if isinstance(value, str):
        return value or None
    if isinstance(value, (dt.date, dt.datetime)):
        return value.isoformat()
    return None if value is None else str(value)[:50]


def _json_type(value: Any) -> str:
    names = {dict: "object", list: "array", str: "string", bool: "boolean", type(None): "null"}
    return names.get(type(value), "number")
