"""An HTML page to an item: trafilatura finds the report, `pagemeta` what the page says of it."""

from __future__ import annotations

import codecs
import contextlib
import logging
import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from khabar.reading import decoding, pagemeta
from khabar.reading.extras import need
from khabar.reading.folding import fold_key
from khabar.reading.items import Failure, InputOptions, Item
from khabar.reading.rows import checked, failure

DEEPEST = 250
"""Elements within each other: no page of a newsroom comes near, and the parser drops what lies deeper."""
MOST_TAGS = 150_000
"""Tags of a page: a newsroom's have some thousands, and extraction takes time that grows with them."""
_SAMPLE = 1 << 20
"""Bytes of a page with more tags that are looked at to tell what is wrong with it."""
SHORTEST_BODY = 50
"""Code points of the shortest report; a flash of one sentence has more."""
SHORT_BODY = 400
"""Code points below which a body is looked for again with trafilatura's fallbacks."""

_DAMAGE = 1 / 1000
"""Share of undecodable characters that a page may have: systems cut a description within a letter."""
_ENTITY = re.compile(rb"&#(?:1[5-7]\d\d|x0?6[0-9a-fA-F]{2});")
_LEAST_ARABIC = 60
"""Arabic letters that a page with a report of some sentences has at least."""
_TAG = re.compile(rb"<[^<>]{0,2000}>")
_BLANKS = re.compile(r"[^\S\n]+")


def read(
    data: bytes,
    name: str,
    options: InputOptions,
    *,
    url: str | None = None,
    charset: str | None = None,
    line: int = 0,
    position: str = "",
    payload: tuple[bytes, str] | None = None,
) -> Item | Failure:
    """Read a page.

    Args:
        data: its bytes.
        name: its source.
        options: `cap` is used.
        url: where it came from; as it calls itself when None.
        charset: what its server called its encoding.
        line: as of the item.
        position: as of the item.
        payload: what a failure hands on to try again, and of which kind it is; the page when None.

    Raises:
        khabar.reading.extras.MissingExtraError: trafilatura is not installed.
    """
    again = payload or (data, "html")
    try:
        tree = _tree(_text(data, charset, options.cap))
        meta = pagemeta.read(tree, url)
        body = _body(tree, meta.body)
    except _PageError as error:
        # of what is in another language there is too much in a crawl to keep it
        kept = (None, "") if error.kind == "not-arabic" else again
        return failure(name, str(error), error.kind, line, position, *kept)
    except RecursionError:
        return failure(name, "nested too deep", "nested", line, position, *again)
    item = Item(
        name,
        line,
        joined(meta.title, body),
        id=meta.url or name,
        title=meta.title,
        published=meta.published,
        outlet=meta.outlet,
        url=meta.url,
        updated=meta.updated,
        section=meta.section,
        credits=meta.credits,
        position=position,
    )
    return checked(item, *again)


class _PageError(Exception):
    """Why there is no article in a page."""

    def __init__(self, reason: str, kind: str) -> None:
        super().__init__(reason)
        self.kind = kind


def _text(data: bytes, charset: str | None, cap: int) -> str:
    """A page's text.

    Raises:
        _PageError: it is too long, no text or not Arabic.
    """
    if len(data) > cap:
        raise _PageError(f"longer than the cap of {cap:,} bytes", "too-long")
    if not data.strip():
        raise _PageError("empty page", "empty")
    if data.count(b"<") > MOST_TAGS:
        _tree(data[:_SAMPLE].decode("utf-8", "replace"))  # says so where they are within each other
        raise _PageError(f"more than {MOST_TAGS:,} tags", "too-long")
    try:
        text = _decoded(data, charset)
    except decoding.UndecodableError as error:
        raise _PageError(str(error), "encoding") from error
    if not _may_be_arabic(text):
        raise _PageError("not Arabic: the page has almost no Arabic letters", "not-arabic")
    return text


def _decoded(data: bytes, charset: str | None) -> str:
    """A page's text: by its server's word, its own, or by what it reads as.

    Raises:
        khabar.reading.decoding.UndecodableError: nothing fits.
    """
    if charset:
        with contextlib.suppress(LookupError, UnicodeDecodeError):
            if codecs.lookup(charset).name in decoding.TRUSTED:
                return data.decode(charset)
    try:
        return decoding.decode(data)
    except decoding.UndecodableError:
        text = data.decode("utf-8", "replace")
        damage = text.count("\ufffd")
        if damage <= _DAMAGE * len(text) and damage * 20 < len(decoding.ARABIC.findall(text)):
            return text
        legacy = _legacy(data)
        if legacy is None:
            raise
        return legacy


def _legacy(data: bytes) -> str | None:
    """A page in a legacy encoding of Arabic: the one it declares or else the one its words make sense in."""
    shown = _TAG.sub(b" ", _without_code(data))
    declared = decoding.declared(data)
    scores = [
        (decoding.prose(shown.decode(name, "replace")), name)
        for name in ((declared,) if declared else decoding.LEGACY)
    ]
    best, name = max(scores, key=lambda score: score[0])
    return data.decode(name, "replace") if best else None


def _without_code(data: bytes) -> bytes:
    """The page less its scripts and styles, whose letters say nothing of its language."""
    lower = data.lower()
    for opening, closing in ((b"<script", b"</script"), (b"<style", b"</style")):
        parts: list[bytes] = []
        at = 0
        while (start := lower.find(opening, at)) >= 0 and (end := lower.find(closing, start)) >= 0:
            parts.append(data[at:start])
            at = end
        parts.append(data[at:])
        data = b"".join(parts)
        lower = data.lower()
    return data


def _may_be_arabic(text: str) -> bool:
    """Whether there are Arabic letters for a report in it, written as such or as entities."""
    for count, _ in enumerate(decoding.ARABIC.finditer(text), 1):
        if count >= _LEAST_ARABIC:
            return True
    return "&#" in text and len(_ENTITY.findall(text.encode("utf-8", "replace"))) >= _LEAST_ARABIC


def _tree(text: str) -> Any:
    """The page parsed.

    Raises:
        _PageError: it holds no element, or is a bomb of elements within each other.
    """
    etree = need("lxml.etree", "reading HTML pages")
    lxml_html = need("lxml.html", "reading HTML pages")
    # bytes with a stated encoding: what the page itself declares may be wrong, and is settled by now
    data = text.replace("\x00", "").encode("utf-8", "replace")
    parser = lxml_html.HTMLParser(encoding="utf-8", remove_pis=True, remove_comments=True, collect_ids=False)
    try:
        tree = lxml_html.document_fromstring(data, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise _PageError("no HTML", "no-text") from error
    if tree.xpath(f"boolean(//*[count(ancestor::*) >= {DEEPEST}])"):
        raise _PageError(f"nested deeper than {DEEPEST} elements", "nested")
    return tree


@cache
def _extract() -> Any:
    trafilatura = need("trafilatura", "reading HTML pages")
    # it tells of every page without a report; the failure does that here
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    return trafilatura.bare_extraction


def _body(tree: Any, told: str) -> str:
    """The report's paragraphs, a line each.

    Args:
        tree: the page.
        told: the text in the page's JSON-LD, for a page in which there is none to see.

    Raises:
        _PageError: there is no report.
    """
    text = _extracted(tree, fast=True)
    if len(text) < SHORT_BODY:
        text = max(text, _extracted(tree, fast=False), key=len)
    if len(text) < SHORTEST_BODY:
        text = told
    if len(text) < SHORTEST_BODY:
        raise _PageError("no article was found in the page", "no-text")
    return text


def _extracted(tree: Any, *, fast: bool) -> str:
    found = _extract()(tree, fast=fast, include_comments=False, include_formatting=False, with_metadata=False)
    text = found.text if found is not None else ""
    return "\n".join(_lines(text or ""))


def _lines(text: str) -> Iterator[str]:
    for line in text.split("\n"):
        kept = _BLANKS.sub(" ", line).strip()
        if kept:
            yield kept


def joined(title: str | None, body: str) -> str:
    """Headline and body, the headline once."""
    if not title:
        return body
    first, _, rest = body.partition("\n")
    if fold_key(first) == fold_key(title):
        body = rest
    return f"{title}\n{body}" if body else title
