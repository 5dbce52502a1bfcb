"""Records as JSON, and files that are written whole or not at all."""

from __future__ import annotations

import contextlib
import json
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

import msgspec

_ENCODER = msgspec.json.Encoder()


def to_json(record: object) -> bytes:
    """One line of JSON in UTF-8, without its newline.

    Lone surrogates, which JSON escapes can smuggle into a text but UTF-8 cannot hold, are written as the
    escapes they came as.
    """
    try:
        return _ENCODER.encode(record)
    except UnicodeEncodeError:
        return json.dumps(msgspec.to_builtins(record), separators=(",", ":")).encode()


@contextmanager
def replacing(path: str) -> Iterator[BinaryIO]:
    """Open a file to be complete or not there: written beside its place and moved there at the end.

    Args:
        path: the file, or «-» for standard output, which is written as it comes.

    Raises:
        OSError: it cannot be written.
    """
    if path == "-":
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    target = Path(path)
    if target.exists() and not target.is_file():  # a device or pipe has no place to be moved to
        with target.open("wb") as device:
            yield device
        return
    target = target.resolve() if target.is_symlink() else target
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}-", suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
        _as_created(Path(name), target)
        Path(name).replace(target)
    except BaseException:
        with contextlib.suppress(OSError):
            Path(name).unlink()
        raise


def _as_created(temporary: Path, target: Path) -> None:
    """Give a temporary file the mode that the target has, or that any new file gets."""
    if target.exists():
        mode = target.stat().st_mode & 0o777
    else:
        mask = os.umask(0)
        os.umask(mask)
        mode = 0o666 & ~mask
    temporary.chmod(mode)
