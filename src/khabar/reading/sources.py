"""Where articles come from: text files, standard input, folders, JSONL. One bad input never stops the rest.

Everything streams: of a file of many articles one line is held at a time, and of a line never more than the
cap.
"""

from __future__ import annotations

import codecs
import gzip
import json
import os
import stat
import sys
import zlib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, BinaryIO

import msgspec

from khabar.reading import decoding
from khabar.reading.folding import BLANKS
from khabar.reading.items import CAP, Failure, InputOptions, Item, Split

__all__ = ["CAP", "Failure", "InputOptions", "Item", "Split", "read_inputs", "read_split", "splits"]

STDIN = "-"
STDIN_NAME = "<stdin>"
JSONL_SUFFIXES = (".jsonl", ".ndjson", ".json")
TEXT_SUFFIXES = (".txt",)

_CHUNK = 1 << 18


def read_inputs(
    inputs: Iterable[str | os.PathLike[str]],
    *,
    cap: int = CAP,
    skip: Path | None = None,
    stdin: BinaryIO | None = None,
) -> Iterator[Item | Failure]:
    """Yield the articles of the inputs in order, each as an item or as a failure.

    Args:
        inputs: files, folders (searched through for *.txt, *.jsonl, *.ndjson, *.json, each maybe .gz, in the
            order of their names; names that start with a dot are passed over), or «-» for standard input.
        cap: bytes above which a line or text file is skipped.
        skip: a file passed over in folders (the output of an earlier run).
        stdin: what «-» reads; `sys.stdin` when None.
    """
    skipped = skip.resolve() if skip is not None else None
    for given in inputs:
        name = os.fspath(given)
        if name == STDIN:
            yield from _guarded(_Stream(stdin or sys.stdin.buffer), STDIN_NAME, "", cap)
        elif os.path.isdir(name):  # noqa: PTH112 - a path with a NUL raises in pathlib
            yield from _folder(Path(name), cap, skipped)
        else:
            yield from _file(Path(name), cap)


def splits(inputs: Sequence[str], options: InputOptions, size: int) -> Iterator[Split]:
    """Cut the inputs into pieces of work, in their order.

    Args:
        inputs: as of `read_inputs`.
        options: how they are read.
        size: bytes that a piece should have, roughly.
    """
    for given in inputs:
        yield Split(given, _kind(given) or "text")


def read_split(split: Split, options: InputOptions) -> Iterator[Item | Failure]:
    """The articles of a piece of work, in order."""
    if split.failure is not None:
        yield split.failure
        return
    yield from read_inputs(split.files or (split.source,), cap=options.cap)


def _folder(folder: Path, cap: int, skip: Path | None) -> Iterator[Item | Failure]:
    found = False
    for entry in _walk(folder):
        if isinstance(entry, Failure):
            found = True
            yield entry
        elif skip is None or entry.resolve() != skip:
            found = True
            yield from _file(entry, cap)
    if not found:
        yield Failure(str(folder), 0, "no *.txt or *.jsonl files in the folder")


def _walk(folder: Path) -> Iterator[Path | Failure]:
    """Files below a folder in the order of their names; links to folders are not followed."""
    try:
        with os.scandir(folder) as scan:
            entries = sorted(scan, key=lambda entry: entry.name)
    except OSError as error:
        yield Failure(str(folder), 0, _reason(error))
        return
    for entry in entries:
        if entry.name.startswith("."):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _walk(folder / entry.name)
        elif _kind(entry.name):
            yield folder / entry.name


def _kind(name: str) -> str:
    """«jsonl», «json», «text» by a file's suffix, "" for others."""
    lower = name.lower().removesuffix(".gz")
    if lower.endswith(".json"):
        return "json"
    if lower.endswith(JSONL_SUFFIXES):
        return "jsonl"
    return "text" if lower.endswith(TEXT_SUFFIXES) else ""


def _file(path: Path, cap: int) -> Iterator[Item | Failure]:
    name = str(path)
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            yield Failure(name, 0, "not a regular file")
            return
        with path.open("rb") as raw:
            stream = _Stream(gzip.GzipFile(fileobj=raw) if name.lower().endswith(".gz") else raw)
            yield from _guarded(stream, name, _kind(name) or "text", cap)
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        yield Failure(name, 0, _reason(error))


def _reason(error: Exception) -> str:
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    return str(error) or type(error).__name__


class _Stream:
    """Bytes in chunks, UTF-16 and UTF-32 with a mark turned into UTF-8, a UTF-8 mark dropped."""

    def __init__(self, raw: Any) -> None:
        self._raw = raw

    def chunks(self) -> Iterator[bytes]:
        """The bytes.

        Raises:
            OSError: the source cannot be read on, or its compressed data is damaged.
            UndecodableError: UTF-16 or UTF-32 that is none.
        """
        chunks = self._raw_chunks()
        head = b""
        for chunk in chunks:
            head += chunk
            if len(head) >= 4:
                break
        for mark, name in decoding.BOMS:
            if head.startswith(mark):
                head = head[len(mark) :]
                if name != "utf-8":
                    yield from _transcode(head, chunks, name)
                    return
                break
        if head:
            yield head
        yield from chunks

    def _raw_chunks(self) -> Iterator[bytes]:
        while True:
            try:
                chunk = self._raw.read1(_CHUNK) if hasattr(self._raw, "read1") else self._raw.read(_CHUNK)
            except (EOFError, zlib.error) as error:
                raise OSError(f"damaged compressed data: {error}") from error
            if not chunk:
                return
            yield chunk


def _transcode(head: bytes, chunks: Iterator[bytes], name: str) -> Iterator[bytes]:
    decoder = codecs.getincrementaldecoder(name)()
    try:
        yield decoder.decode(head).encode()
        for chunk in chunks:
            yield decoder.decode(chunk).encode()
        yield decoder.decode(b"", final=True).encode()
    except UnicodeDecodeError as error:
        raise decoding.UndecodableError(f"starts with the mark of {name.upper()} but is none") from error


def _guarded(stream: _Stream, name: str, kind: str, cap: int) -> Iterator[Item | Failure]:
    """The articles of a stream; an error of the stream itself ends it as a failure."""
    try:
        yield from _articles(stream.chunks(), name, kind, cap)
    except (OSError, decoding.UndecodableError) as error:
        yield Failure(name, 0, _reason(error))


def _articles(chunks: Iterator[bytes], name: str, kind: str, cap: int) -> Iterator[Item | Failure]:
    if not kind:  # standard input: an object in the first line tells JSONL
        first = next(chunks, b"")
        chunks = _chain(first, chunks)
        kind = "jsonl" if first.lstrip().startswith(b"{") else "text"
    if kind == "jsonl":
        yield from _jsonl(chunks, name, cap)
        return
    whole = bytearray()
    for chunk in chunks:
        whole += chunk
        if len(whole) > cap:
            if kind == "json":  # too long for one document: JSONL under another name, or a failure a line
                yield from _jsonl(_chain(bytes(whole), chunks), name, cap)
            else:
                yield Failure(name, 0, f"longer than the cap of {cap:,} bytes")
            return
    if kind == "json":
        yield from _json(bytes(whole), name, cap)
    else:
        yield _text(bytes(whole), name)


def _chain(first: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    yield first
    yield from rest


def _text(data: bytes, name: str) -> Item | Failure:
    try:
        text = decoding.decode(data)
    except decoding.UndecodableError as error:
        return Failure(name, 0, str(error))
    return _checked(Item(name, 0, text, id=None if name == STDIN_NAME else name))


def _checked(item: Item) -> Item | Failure:
    """The item, or the failure it is for want of Arabic text."""
    if not item.text.strip(BLANKS):
        return Failure(item.source, item.line, "empty text")
    if not decoding.is_arabic(item.text):
        return Failure(item.source, item.line, "not Arabic: it has no, or almost no, Arabic letters")
    return item


def _json(data: bytes, name: str, cap: int) -> Iterator[Item | Failure]:
    """A file of one JSON object, of an array of objects, or of one object a line."""
    try:
        value = _parse(data)
    except ValueError as error:
        first = data.lstrip().partition(b"\n")[0]
        if first.startswith(b"{") and first.rstrip().endswith(b"}"):
            yield from _jsonl(iter((data,)), name, cap)
        else:
            yield Failure(name, 0, str(error))
        return
    if isinstance(value, list):
        for number, element in enumerate(value, 1):
            yield _object(element, name, number)
    else:
        yield _object(value, name, 1)


def bounded_lines(chunks: Iterable[bytes], cap: int) -> Iterator[tuple[int, bytes | None]]:
    """Number the lines of a stream, with None for a line above `cap` bytes, which is never held whole."""
    held = bytearray()
    number, skipping = 1, False
    for chunk in chunks:
        start = 0
        while (at := chunk.find(b"\n", start)) >= 0:
            if skipping or len(held) + at - start > cap:
                yield number, None
            else:
                yield number, bytes(held) + chunk[start:at]
            held.clear()
            number, skipping, start = number + 1, False, at + 1
        if not skipping:
            held += chunk[start:]
            if len(held) > cap:
                held = bytearray()
                skipping = True
    if skipping or held:
        yield number, None if skipping else bytes(held)


def _jsonl(chunks: Iterable[bytes], name: str, cap: int) -> Iterator[Item | Failure]:
    empty = True
    for number, line in bounded_lines(chunks, cap):
        if line is None:
            empty = False
            yield Failure(name, number, f"the line is longer than the cap of {cap:,} bytes")
        elif line.strip():
            empty = False
            try:
                yield _object(_parse(line), name, number)
            except ValueError as error:
                yield Failure(name, number, str(error))
    if empty:
        yield Failure(name, 0, "empty file")


def _parse(data: bytes) -> Any:
    """Parse JSON; in a legacy encoding too, and with lone surrogate escapes.

    Raises:
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
        cut = error.pos >= len(text.rstrip()) - len(r"\u0000") or error.msg.startswith("Unterminated string")
        raise ValueError(
            f"no valid JSON{', it ends too early' if cut else ''}: {error.msg} at character {error.pos}"
        ) from error
    except RecursionError as error:
        raise ValueError("no valid JSON: nested too deep") from error


def _object(value: Any, name: str, line: int) -> Item | Failure:
    if not isinstance(value, dict):
        return Failure(name, line, f"a JSON {_json_type(value)} instead of an object")
    text = value.get("text")
    if not isinstance(text, str):
        what = f"is {_json_type(text)}" if "text" in value else "is missing"
        return Failure(name, line, f"«text» {what}; a string is needed")
    return _checked(
        Item(
            name,
            line,
            text,
            id=_string(value.get("id")),
            title=_string(value.get("title")),
            published=_published(value.get("published")),
            outlet=_string(value.get("outlet")),
            url=_string(value.get("url")),
        )
    )


def _string(value: Any) -> str | None:
    """A cell of metadata: strings as they are, numbers as they are written, nothing else."""
    if isinstance(value, str):
        return value or None
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return str(value)
    return None


def _published(value: Any) -> str | None:
    """A publication time as given; what is no string is made one, so that the article's notes tell of it."""
    return value if isinstance(value, str) or value is None else str(value)[:50]


def _json_type(value: Any) -> str:
    names = {dict: "object", list: "array", str: "string", bool: "boolean", type(None): "null"}
    return names.get(type(value), "number")
