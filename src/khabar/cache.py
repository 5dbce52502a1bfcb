"""Compiled tables kept on disk between runs: written whole or not at all, never trusted blindly.

A compiled table is a pure function of its sources, so its file is named after their digest and is
simply made anew when it is missing, unreadable or damaged. Nothing here raises for want of a disk:
where the folder cannot be written the work is done in memory, every time.

The folder is ``$KHABAR_CACHE_DIR`` or the platform's user cache folder for ``khabar``.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeVar

import msgspec
import platformdirs

T = TypeVar("T")

_CHECK_BYTES = 16
"""Length of the checksum in front of the payload: enough to notice any accidental damage."""

_KEPT = 4
"""Files kept per name: the current one, and a few for other versions or other tables beside it."""


def cache_dir() -> Path:
    """The folder of compiled tables; it need not exist."""
    given = os.environ.get("KHABAR_CACHE_DIR")
    return Path(given) if given else Path(platformdirs.user_cache_dir("khabar"))


def digest_of(parts: Iterable[bytes | str | Path]) -> str:
    """Digest of sources in order: bytes and strings as they are, paths by their content.

    Args:
        parts: what the compiled table depends on: versions, options, files.

    Returns:
        32 hexadecimal digits.

    Raises:
        OSError: when a path cannot be read.
    """
    whole = hashlib.blake2b(digest_size=16)
    for part in parts:
        data = part.read_bytes() if isinstance(part, Path) else part
        data = data.encode() if isinstance(data, str) else data
        # the length in front keeps ("ab", "c") apart from ("a", "bc")
        whole.update(len(data).to_bytes(8, "little"))
        whole.update(data)
    return whole.hexdigest()


def cached(name: str, digest: str, build: Callable[[], T], type: type[T]) -> T:  # noqa: A002
    """The value of `build()`, from disk when an undamaged file of this name and digest is there.

    Args:
        name: what it is, part of the file name: letters, digits, hyphens.
        digest: digest of everything `build` depends on, code version included (see `digest_of`).
        build: makes the value; called only when the file does not serve.
        type: the value's type, checked by msgspec when it is read.

    Returns:
        The value as built or as read; msgpack knows no difference between list and tuple, `type` does.
    """
    path = cache_dir() / f"{name}-{digest}.msgpack"
    with contextlib.suppress(OSError, msgspec.DecodeError, ValueError):
        return _read(path, type)
    value = build()
    with contextlib.suppress(OSError):
        _write(path, msgspec.msgpack.encode(value))
        _prune(path, name)
    return value


def _read(path: Path, type: type[T]) -> T:  # noqa: A002
    data = path.read_bytes()
    check, payload = data[:_CHECK_BYTES], memoryview(data)[_CHECK_BYTES:]
    if check != _checksum(payload):
        raise ValueError(f"damaged cache file {path}")
    return msgspec.msgpack.decode(payload, type=type)


def _write(path: Path, payload: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    # a temporary file in the same folder, so that the replace below is one atomic step
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.stem}-", suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(_checksum(payload))
            file.write(payload)
        Path(temporary).replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            Path(temporary).unlink()
        raise


def _prune(path: Path, name: str) -> None:
    """Remove the oldest files of this name beyond `_KEPT`, so that upgrades leave no heap behind."""
    length = len(path.name)
    files = [file for file in path.parent.glob(f"{name}-*.msgpack") if len(file.name) == length]
    files.sort(key=lambda file: (file == path, file.stat().st_mtime), reverse=True)
    for file in files[_KEPT:]:
        file.unlink()


def _checksum(payload: bytes | memoryview) -> bytes:
    return hashlib.blake2b(payload, digest_size=_CHECK_BYTES).digest()
