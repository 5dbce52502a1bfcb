"""Bytes in chunks: decompressed, marks of an encoding settled, lines of bounded length."""

from __future__ import annotations

import codecs
import gzip
import zlib
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any

from khabar.reading import decoding
from khabar.reading.extras import need

CHUNK = 1 << 18
"""Bytes read at once."""
SUFFIXES = (".gz", ".zst")
"""Suffixes of compressed files that are read as what they hold."""

_MAGIC = ((b"\x1f\x8b", ".gz"), (b"\x28\xb5\x2f\xfd", ".zst"))


class DamagedError(OSError):
    """Compressed data that is damaged or ends too early."""


def uncompressed(raw: Any, name: str) -> Any:
    """A stream of what a file holds, by its suffix.

    Args:
        raw: binary stream.
        name: file name or address.

    Raises:
        khabar.reading.extras.MissingExtraError: zstd without its library.
    """
    lower = name.lower()
    if lower.endswith(".gz"):
        return gzip.GzipFile(fileobj=raw)
    if lower.endswith(".zst"):
        # of the readers at hand this one tells a cut stream from a whole one, and reads concatenated frames
        arrow = need("pyarrow", "reading .zst files")
        return arrow.CompressedInputStream(arrow.PythonFile(raw, "r"), "zstd")
    return raw


def chunks(raw: Any) -> Iterator[bytes]:
    """A stream's bytes.

    Raises:
        DamagedError: its compressed data is damaged or cut.
        OSError: it cannot be read on.
    """
    read = raw.read1 if isinstance(raw, gzip.GzipFile) or not hasattr(raw, "read") else raw.read
    while True:
        try:
            chunk = read(CHUNK)
        except (EOFError, zlib.error, gzip.BadGzipFile) as error:
            raise DamagedError(f"damaged compressed data: {error}") from error
        except OSError as error:
            if "decompress" in str(error) or "Truncated compressed" in str(error):
                raise DamagedError(f"damaged compressed data: {error}") from error
            raise
        if not chunk:
            return
        yield bytes(chunk)


def sniffed(raw: Any) -> tuple[str, Any]:
    """The suffix that a stream's first bytes ask for («.gz», «.zst» or ""), and the stream from its start."""
    head = raw.read(4)
    whole = Rejoined(head, raw)
    return next((suffix for magic, suffix in _MAGIC if head.startswith(magic)), ""), whole


class Rejoined:
    """A stream with bytes that were read from its start put back before it."""

    def __init__(self, head: bytes, raw: Any) -> None:
        self._head = head
        self._raw = raw
        self.closed = False

    def read(self, size: int = -1) -> bytes:
        """Read at most `size` bytes, all for -1."""
        if size < 0:
            data, self._head = self._head + self._raw.read(), b""
            return bytes(data)
        data, self._head = self._head[:size], self._head[size:]
        if len(data) < size:
            data += self._raw.read(size - len(data))
        return bytes(data)

    def readable(self) -> bool:
        """Always; asked by the decompressors."""
        return True


def settled(given: Iterator[bytes]) -> Iterator[bytes]:
    """Chunks with UTF-16 and UTF-32 of a mark turned into UTF-8, and a UTF-8 mark dropped.

    Raises:
        khabar.reading.decoding.UndecodableError: UTF-16 or UTF-32 that is none.
    """
    head = b""
    for chunk in given:
        head += chunk
        if len(head) >= 4:
            break
    for mark, name in decoding.BOMS:
        if head.startswith(mark):
            head = head[len(mark) :]
            if name != "utf-8":
                yield from _transcoded(head, given, name)
                return
            break
    if head:
        yield head
    yield from given


def _transcoded(head: bytes, rest: Iterator[bytes], name: str) -> Iterator[bytes]:
    decoder = codecs.getincrementaldecoder(name)()
    try:
        yield decoder.decode(head).encode()
        for chunk in rest:
            yield decoder.decode(chunk).encode()
        yield decoder.decode(b"", final=True).encode()
    except UnicodeDecodeError as error:
        raise decoding.UndecodableError(f"starts with the mark of {name.upper()} but is none") from error


def peeked(given: Iterator[bytes], least: int = 512) -> tuple[bytes, Iterator[bytes]]:
    """The first bytes of a stream, and the stream from its start."""
    head = b""
    for chunk in given:
        head += chunk
        if len(head) >= least:
            break
    return head, chain((head,), given)


def whole(given: Iterable[bytes], cap: int) -> bytes | None:
    """All bytes, or None above `cap`; no more than a chunk above it is read."""
    held = bytearray()
    for chunk in given:
        held += chunk
        if len(held) > cap:
            return None
    return bytes(held)


def lines_at(given: Iterable[bytes], cap: int, start: int = 0) -> Iterator[tuple[int, bytes | None]]:
    """Lines with the offset of their first byte; None for a line above `cap` bytes, never held whole.

    Args:
        given: the chunks.
        cap: bytes a line may have.
        start: offset of the first chunk.
    """
    held = bytearray()
    offset, skipping = start, False
    skipped = 0
    for chunk in given:
        begin = 0
        while (at := chunk.find(b"\n", begin)) >= 0:
            if skipping or len(held) + at - begin > cap:
                length = (skipped if skipping else len(held)) + at - begin
                yield offset, None
            elif held:
                held += chunk[begin:at]
                length = len(held)
                yield offset, bytes(held)
            else:
                length = at - begin
                yield offset, chunk[begin:at]
            held.clear()
            offset, skipping, skipped, begin = offset + length + 1, False, 0, at + 1
        if skipping:
            skipped += len(chunk) - begin
        else:
            held += chunk[begin:]
            if len(held) > cap:
                skipped, skipping = len(held), True
                held = bytearray()
    if skipping or held:
        yield offset, None if skipping else bytes(held)


def bounded_lines(given: Iterable[bytes], cap: int) -> Iterator[tuple[int, bytes | None]]:
    """Number the lines of a stream, with None for a line above `cap` bytes, which is never held whole."""
    for number, (_, line) in enumerate(lines_at(given, cap), 1):
        yield number, line
