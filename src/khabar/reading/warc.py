"""WARC files, as Common Crawl's news crawls write them: the pages among their response records.

A `.warc.gz` with a gzip member a record (as all crawlers write it) is entered at any byte: the next member
that begins with «WARC/» is looked for. A record belongs to the stretch in which its member begins.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from typing import Any

import msgspec

from khabar.reading import page
from khabar.reading.extras import need
from khabar.reading.items import Failure, InputOptions, Item
from khabar.reading.places import reason_of
from khabar.reading.rows import failure
from khabar.reading.streams import uncompressed

HTML_TYPES = frozenset({"text/html", "application/xhtml+xml"})
MEMBER = b"\x1f\x8b\x08"
_SIGN = b"WARC/"
_CHUNK = 1 << 20
_FIRST_MEMBER = 4 << 20
"""Bytes in which the first member (the crawl's description) ends where each record is a member."""
_HEAD = re.compile(rb"\r?\n\r?\n")
_TYPE = re.compile(rb"(?im)^content-type:[ \t]*([^;\r\n]+)(?:;[^\r\n]*charset=[\"']?([\w.:-]+))?")
_STATUS = re.compile(rb"HTTP/\d(?:\.\d)?[ \t]+(\d{3})")
_HEADERS = 64 << 10
"""Bytes of HTTP headers let pass above the cap of a page."""


class _Response(msgspec.Struct):
    """The page of a response record, and what is needed to read it."""

    body: bytes = b""
    status: int = 0
    media: str = ""
    charset: str | None = None


def members(raw: Any) -> bool:
    """Whether a gzip file has its records as members of their own, so that it can be entered at any."""
    raw.seek(0)
    data = raw.read(_CHUNK)
    if not data.startswith(MEMBER):
        return False
    decoder = zlib.decompressobj(31)
    size = 0
    try:
        while data:
            out = decoder.decompress(data, _CHUNK)
            if decoder.eof:
                rest = decoder.unused_data or raw.read(len(MEMBER))
                return rest.startswith(MEMBER[: len(rest)]) if rest else False
            data = decoder.unconsumed_tail or raw.read(_CHUNK)
            size += len(out)
            if size > _FIRST_MEMBER:
                return False
    except zlib.error:
        return True  # damaged: what follows may be entered all the same
    return False


def next_member(raw: Any, start: int) -> int:
    """Offset of the first member from `start` on that begins a record, or -1."""
    raw.seek(start)
    offset, held = start, b""
    while chunk := raw.read(_CHUNK):
        held += chunk
        at = held.find(MEMBER)
        while at >= 0:
            sure = held[at : at + 4096]
            if len(sure) < 4096:
                sure += raw.read(4096 - len(sure))
                raw.seek(offset + len(held))
            if _begins_record(sure):
                return int(offset + at)
            at = held.find(MEMBER, at + 1)
        kept = held[-(len(MEMBER) - 1) :]
        offset += len(held) - len(kept)
        held = kept
    return -1


def _begins_record(data: bytes) -> bool:
    try:
        return zlib.decompressobj(31).decompress(data, 16).startswith(_SIGN)
    except zlib.error:
        return False


def read(
    raw: Any, name: str, options: InputOptions, start: int = 0, end: int = -1
) -> Iterator[Item | Failure]:
    """Items of the pages of a WARC file, or of a stretch of one whose records are members.

    Responses that are no page (another type, another status than 200) are no articles and no failures.

    Args:
        raw: the file, which can seek.
        name: its path or address.
        options: `cap` is used.
        start: first byte of the stretch.
        end: one past its last, or -1.
    """
    if name.lower().endswith(".gz") and (start or members(raw)):
        yield from _members(raw, name, options, start, end)
        return
    raw.seek(0)
    yield from read_stream(uncompressed(raw, name), name, options)


def read_stream(stream: Any, name: str, options: InputOptions) -> Iterator[Item | Failure]:
    """Items of the pages of a WARC that is read from its start to its end, uncompressed."""
    found = False
    try:
        for record in _records(stream):
            found = True
            yield from _item(record, record.stream_pos, name, options)
    except (OSError, EOFError, zlib.error) as error:
        kind = "truncated" if found and "end" in str(error).lower() else "warc"
        yield Failure(name, 0, f"no WARC, or damaged: {reason_of(error)}", kind)
        return
    if not found:
        yield Failure(name, 0, "no WARC record in it", "warc")


def _records(stream: Any) -> Iterator[Any]:
    fastwarc = need("fastwarc.warc", "reading WARC files")
    source = _Source(stream)
    yield from fastwarc.ArchiveIterator(source, parse_http=False)
    if source.error is not None:
        raise OSError(str(source.error)) from source.error


def _members(raw: Any, name: str, options: InputOptions, start: int, end: int) -> Iterator[Item | Failure]:
    """Go from member to member; behind a damaged one the next sound one is looked for."""
    at = start
    while True:
        base = next_member(raw, at)
        if at == 0 and base != 0:
            yield Failure(name, 0, "it does not begin with a WARC record", "warc", "record 0")
        if base < 0 or 0 <= end <= base:
            return
        last = -1
        damage = ""
        raw.seek(base)
        try:
            for record in _records(raw):
                last = base + record.stream_pos
                if 0 <= end <= last:
                    return
                yield from _item(record, last, name, options)
        except (OSError, EOFError, zlib.error) as error:
            damage = f"a damaged record: {reason_of(error)}"
        bad = base if last < 0 else _end_of(raw, last)
        if not damage:
            yield from _cut_at(raw, bad, name)
            return
        bad = max(bad, last)
        if end < 0 or bad < end:
            yield Failure(name, 0, damage, "warc", f"record {bad}")
        at = bad + 1


def _cut_at(raw: Any, at: int, name: str) -> Iterator[Failure]:
    """The failure that a file is which ends within the record at an offset (-1: it ends behind the last)."""
    if at >= 0:
        raw.seek(at)
        if raw.read(_CHUNK).strip(b"\0"):
            yield Failure(name, 0, "the file ends within a record", "truncated", f"record {at}")


def _end_of(raw: Any, start: int) -> int:
    """Offset behind the member that begins at `start`, -1 where it has no end."""
    raw.seek(start)
    decoder = zlib.decompressobj(31)
    at = start
    while data := raw.read(_CHUNK):
        at += len(data)
        try:
            while data and not decoder.eof:
                decoder.decompress(data, _CHUNK)
                data = decoder.unconsumed_tail
        except zlib.error:
            return -1
        if decoder.eof:
            return at - len(decoder.unused_data)
    return -1


class _Source:
    """A stream as fastwarc may have it: it never raises, as that would end more than the file.

    Attributes:
        error: what reading it raised; it seems to end there.
    """

    def __init__(self, raw: Any) -> None:
        self._raw = raw
        self._at = 0
        self.error: Exception | None = None

    def read(self, size: int = -1) -> bytes:
        """Read at most `size` bytes."""
        try:
            data = bytes(self._raw.read(size))
        except (OSError, EOFError, ValueError, zlib.error) as error:
            self.error = error
            return b""
        self._at += len(data)
        return data

    def tell(self) -> int:
        """Bytes read so far."""
        return self._at

    def seek(self, _offset: int, _whence: int = 0) -> int:
        """Nowhere; it is read from its start to its end."""
        return self._at

    def close(self) -> None:
        """The file is closed by whoever opened it."""


def _item(record: Any, at: int, name: str, options: InputOptions) -> Iterator[Item | Failure]:
    """The page of a record, if it is one."""
    if record.record_type != need("fastwarc.warc", "reading WARC files").WarcRecordType.response:
        return
    position = f"record {at}"
    headers = record.headers
    declared = headers.get("Content-Length")
    url = (headers.get("WARC-Target-URI") or "").strip("<>") or None
    if declared is None or not declared.isdigit():
        yield Failure(name, 0, "the record ends within its head", "truncated", position)
        return
    if _other_type(headers.get("WARC-Identified-Payload-Type")):
        return
    length = int(declared)
    if length > options.cap + _HEADERS:
        reason = f"the record is longer than the cap of {options.cap:,} bytes"
        yield Failure(name, 0, reason, "too-long", position)
        return
    block = record.reader.read(length)
    response = _response(block, options.cap)
    if response.status != 200 or _other_type(response.media):
        return
    payload = (_record(url, block), "warc")
    if len(block) < length:
        reason = f"the record ends after {len(block):,} of {length:,} bytes"
        yield failure(name, reason, "truncated", 0, position, *payload)
        return
    cut = headers.get("WARC-Truncated")
    if cut is not None:
        yield failure(name, f"the crawler cut the page: {cut}", "truncated", 0, position, *payload)
        return
    yield page.read(
        response.body,
        name,
        options,
        url=url,
        charset=response.charset,
        position=position,
        payload=payload,
    )


def _other_type(media: str | None) -> bool:
    """Whether a stated type is not that of a page; an empty one may be."""
    return bool(media) and (media or "").partition(";")[0].strip().lower() not in HTML_TYPES


def _response(block: bytes, cap: int) -> _Response:
    """A response's body, decoded from its transfer as far as it is still encoded.

    Common Crawl stores bodies decoded and renames the headers that no longer hold; other crawlers store what
    came over the wire.
    """
    head = _HEAD.split(block, maxsplit=1)
    status = _STATUS.match(block)
    media = _TYPE.search(head[0])
    found = _Response(
        status=int(status[1]) if status else 0,
        media=media[1].decode("latin-1").strip() if media else "",
        charset=media[2].decode("latin-1") if media and media[2] else None,
    )
    if found.status == 200 and not _other_type(found.media):
        found.body = _unwrapped(block, head[1] if len(head) > 1 else b"", cap)
    return found


def _unwrapped(block: bytes, plain: bytes, cap: int) -> bytes:
    if b"-encoding:" not in block[:_HEADERS].lower():
        return plain
    fastwarc = need("fastwarc.warc", "reading WARC files")
    record = fastwarc.WarcRecord()
    record.init_headers(fastwarc.WarcRecordType.response)
    record.set_bytes_content(block)
    record.is_http = True
    try:
        record.parse_http(auto_decode="all")
        body: bytes = record.reader.read(cap + 1)
    except (OSError, ValueError):
        return plain  # declared, but not so encoded: some crawlers leave the header as it was
    return body or plain


def _record(url: str | None, block: bytes) -> bytes:
    """A response as a WARC record of its own."""
    target = f"WARC-Target-URI: {url}\r\n" if url else ""
    head = f"WARC/1.1\r\nWARC-Type: response\r\n{target}Content-Length: {len(block)}\r\n\r\n"
    return head.encode("utf-8", "replace") + block + b"\r\n\r\n"
