"""Where inputs lie: files, folders, patterns, object stores, addresses, standard input."""

from __future__ import annotations

import contextlib
import glob
import io
import os
import re
import stat
import sys
from collections.abc import Iterator
from fnmatch import translate
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import msgspec

from khabar.reading.extras import need
from khabar.reading.items import Failure, InputOptions
from khabar.reading.streams import SUFFIXES

STDIN = "-"
STDIN_NAME = "<stdin>"

KIND_OF = {
    ".txt": "text",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".json": "json",
    ".csv": "csv",
    ".tsv": "csv",
    ".parquet": "parquet",
    ".warc": "warc",
    ".rss": "feed",
    ".atom": "feed",
    ".xml": "feed",
}
"""Kind of source by suffix, less that of a compression."""

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]+)://")
_WEB = frozenset({"http", "https"})
_MAGIC = re.compile(r"[*?\[]")
_BUFFER = 4 << 20
"""Bytes that an object store is asked for at once; each request costs a journey."""


class Place(msgspec.Struct, frozen=True):
    """One source that is there.

    Attributes:
        name: path or address; «<stdin>».
        kind: of `khabar.reading.items.KINDS` by suffix; "" where only its content can tell.
        size: bytes, or -1 where unknown.
    """

    name: str
    kind: str
    size: int = -1


def kind_of(name: str) -> str:
    """Kind of a source by its suffix, "" for an unknown one."""
    lower = name.lower()
    for suffix in SUFFIXES:
        lower = lower.removesuffix(suffix)
    return KIND_OF.get(os.path.splitext(lower)[1], "")  # noqa: PTH122 - addresses too


def is_web(name: str) -> bool:
    """Whether a name is an address of the web."""
    scheme = _SCHEME.match(name)
    return scheme is not None and scheme[1].lower() in _WEB


def is_remote(name: str) -> bool:
    """Whether a name is an address of an object store."""
    scheme = _SCHEME.match(name)
    return scheme is not None and scheme[1].lower() not in {*_WEB, "file"}


def reason_of(error: Exception) -> str:
    """An error in one line."""
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    return " ".join(str(error).split())[:300] or type(error).__name__


def find(given: str, options: InputOptions) -> Iterator[Place | Failure]:
    """The sources that an input of the command line names, in a fixed order.

    Args:
        given: file, folder, pattern, address or «-».
        options: `format`, `storage` and `skip` are used.

    Yields:
        Places, and a failure for what is not there or holds nothing.
    """
    if given == STDIN:
        yield Place(STDIN_NAME, options.format)
    elif is_web(given):
        yield Place(given, options.format or "feed", 0)
    elif is_remote(given):
        yield from _remote(given, options)
    else:
        yield from _local(_path(given), options)


def _path(given: str) -> str:
    """A local path, out of a «file://» address too."""
    return unquote(urlsplit(given).path) if given.lower().startswith("file://") else given


def _local(name: str, options: InputOptions) -> Iterator[Place | Failure]:
    skip = Path(options.skip).resolve() if options.skip else None
    if os.path.isdir(name):  # noqa: PTH112 - a path with a NUL raises in pathlib
        yield from _folder(Path(name), options, skip)
    elif _MAGIC.search(name) and not os.path.lexists(name):
        found = False
        for match in sorted(glob.glob(name, recursive=True)):  # noqa: PTH207 - keeps the name as given
            if os.path.isdir(match):  # noqa: PTH112
                continue
            if skip is None or Path(match).resolve() != skip:
                found = True
                yield _file(match, options)
        if not found:
            yield Failure(name, 0, "the pattern matches no file", "missing")
    else:
        yield _file(name, options)


def _file(name: str, options: InputOptions) -> Place | Failure:
    try:
        status = os.stat(name)  # noqa: PTH116 - as above
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        return Failure(
            name, 0, reason_of(error), "missing" if isinstance(error, FileNotFoundError) else "unreadable"
        )
    if not stat.S_ISREG(status.st_mode):
        return Failure(name, 0, "not a regular file", "unreadable")
    return Place(name, options.format or kind_of(name), status.st_size)


def _folder(folder: Path, options: InputOptions, skip: Path | None) -> Iterator[Place | Failure]:
    found = False
    for entry in _walk(folder):
        if isinstance(entry, Failure):
            found = True
            yield entry
        elif skip is None or entry.resolve() != skip:
            found = True
            yield _file(str(entry), options)
    if not found:
        yield Failure(str(folder), 0, _nothing(), "missing")


def _nothing() -> str:
    return f"no {', '.join('*' + suffix for suffix in KIND_OF)} files in the folder"


def _walk(folder: Path) -> Iterator[Path | Failure]:
    """Files below a folder in the order of their names; links to folders are not followed."""
    try:
        with os.scandir(folder) as scan:
            entries = sorted(scan, key=lambda entry: entry.name)
    except OSError as error:
        yield Failure(str(folder), 0, reason_of(error))
        return
    for entry in entries:
        if entry.name.startswith("."):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _walk(folder / entry.name)
        elif kind_of(entry.name):
            yield folder / entry.name


@lru_cache(maxsize=16)
def _store(root: str, storage: tuple[tuple[str, str], ...]) -> Any:
    """The file system of an address's scheme and bucket.

    Raises:
        ValueError: an unknown scheme or option.
    """
    fs = need("pyarrow.fs", "reading from an object store")
    if not storage:
        return fs.FileSystem.from_uri(root)[0]
    makers = {"s3": fs.S3FileSystem, "gs": fs.GcsFileSystem, "gcs": fs.GcsFileSystem}
    with contextlib.suppress(AttributeError):
        makers |= dict.fromkeys(("abfs", "abfss"), fs.AzureFileSystem)
    scheme = urlsplit(root).scheme.lower()
    if scheme not in makers:
        raise ValueError(f"storage options do not go with {scheme}://")
    values = {key: _typed(value) for key, value in storage}
    try:
        return makers[scheme](**values)
    except TypeError as error:
        raise ValueError(f"a storage option that {scheme}:// does not know: {error}") from error


def _typed(value: str) -> str | bool | float:
    """An option's value as the file systems take it."""
    if value.lower() in {"true", "false"}:
        return value.lower() == "true"
    try:
        return float(value)
    except ValueError:
        return value


def _reach(name: str, options: InputOptions) -> tuple[Any, str, str]:
    """File system, path in it, and the prefix («s3://») that makes the path an address again."""
    parts = urlsplit(name)
    path = name.split("://", 1)[1]
    root = f"{parts.scheme}://{parts.netloc.partition('/')[0]}"
    return _store(root, options.storage), path.rstrip("/"), f"{parts.scheme}://"


def _remote(name: str, options: InputOptions) -> Iterator[Place | Failure]:
    try:
        store, path, prefix = _reach(name, options)
        if _MAGIC.search(path):
            yield from _matching(store, path, prefix, options)
            return
        info = store.get_file_info(path)
        kinds = need("pyarrow.fs", "reading from an object store").FileType
        if info.type == kinds.NotFound:
            yield Failure(name, 0, "no such object", "missing")
        elif info.type == kinds.Directory:
            found = False
            for entry in _remote_walk(store, path):
                if kind_of(entry.path):
                    found = True
                    yield Place(prefix + entry.path, options.format or kind_of(entry.path), entry.size or 0)
            if not found:
                yield Failure(name, 0, _nothing(), "missing")
        else:
            yield Place(name, options.format or kind_of(name), info.size or 0)
    except (OSError, ValueError) as error:
        yield Failure(name, 0, reason_of(error))


def _matching(store: Any, pattern: str, prefix: str, options: InputOptions) -> Iterator[Place | Failure]:
    """Objects by a pattern: `*` and `?` within a name, `**/` for any folders."""
    fixed = pattern[: _MAGIC.search(pattern).start()].rpartition("/")[0]  # type: ignore[union-attr]
    expression = re.compile(_translated(pattern))
    found = False
    for entry in _remote_walk(store, fixed):
        if expression.fullmatch(entry.path):
            found = True
            yield Place(prefix + entry.path, options.format or kind_of(entry.path), entry.size or 0)
    if not found:
        yield Failure(prefix + pattern, 0, "the pattern matches no object", "missing")


def _translated(pattern: str) -> str:
    parts = []
    for piece in pattern.split("/"):
        if piece == "**":
            parts.append("(?:[^/]+/)*")
        else:
            parts.append(translate(piece).replace(".*", "[^/]*").replace(r"\Z", "") + "/")
    return "".join(parts).removesuffix("/")


def _remote_walk(store: Any, folder: str) -> Iterator[Any]:
    """Objects below a folder in the order of their names, a folder listed when its turn comes."""
    fs = need("pyarrow.fs", "reading from an object store")
    for entry in sorted(store.get_file_info(fs.FileSelector(folder)), key=lambda entry: str(entry.path)):
        if entry.base_name.startswith("."):
            continue
        if entry.type == fs.FileType.Directory:
            yield from _remote_walk(store, entry.path)
        else:
            yield entry


def open_place(name: str, options: InputOptions) -> Any:
    """Open a source for reading bytes; it can seek, unless it is standard input.

    Raises:
        OSError: it cannot be opened.
        ValueError: a NUL in the name, or a wrong storage option.
    """
    if name == STDIN_NAME:
        return contextlib.nullcontext(sys.stdin.buffer)
    if is_remote(name):
        store, path, _ = _reach(name, options)
        return io.BufferedReader(store.open_input_file(path), _BUFFER)
    return Path(_path(name)).open("rb")
