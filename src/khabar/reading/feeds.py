"""RSS and Atom: the entries of a feed, as the feed has them or fetched in full."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterator
from typing import Any

import msgspec

from khabar.reading import fetch, moments, page
from khabar.reading.extras import need
from khabar.reading.fetch import Client, FetchError
from khabar.reading.items import Failure, InputOptions, Item
from khabar.reading.places import is_web
from khabar.reading.reader import outlet_at
from khabar.reading.rows import checked, failure
from khabar.reading.streams import whole

_BLOCKS = frozenset(
    (
        "p",
        "div",
        "br",
        "li",
        "ul",
        "ol",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "blockquote",
        "tr",
        "table",
        "section",
    )
)
"""Elements of HTML that begin a line."""
_SILENT = frozenset(("script", "style", "figure", "iframe", "noscript"))


def read_address(url: str, options: InputOptions, client: Client | None = None) -> Iterator[Item | Failure]:
    """What an address holds: a feed, or a page where it turns out to be one.

    Args:
        url: the address.
        options: as for all inputs.
        client: what it is fetched with; one of its own when None.
    """
    own = client or fetch.client(options)
    try:
        try:
            fetched = own.get(url)
        except FetchError as error:
            yield Failure(url, 0, str(error), error.kind)
            return
        if options.format == "html" or (options.format != "feed" and _is_page(fetched)):
            yield page.read(fetched.body, url, options, url=fetched.url, charset=fetched.charset)
        else:
            yield from read_feed(fetched.body, url, options, own)
    finally:
        if client is None:
            own.close()


def _is_page(fetched: fetch.Fetched) -> bool:
    head = fetched.body[:1024].lower()
    return b"<html" in head or b"<!doctype html" in head


def read_chunks(
    chunks: Iterator[bytes], name: str, options: InputOptions, client: Client | None = None
) -> Iterator[Item | Failure]:
    """The entries of a feed's file."""
    data = whole(chunks, options.cap)
    if data is None:
        yield Failure(name, 0, f"longer than the cap of {options.cap:,} bytes", "too-long")
        return
    own = client or (fetch.client(options) if options.fetch else None)
    try:
        yield from read_feed(data, name, options, own)
    finally:
        if own is not None and client is None:
            own.close()


def read_feed(
    data: bytes, name: str, options: InputOptions, client: Client | None = None
) -> Iterator[Item | Failure]:
    """The entries of a feed.

    Args:
        data: its bytes.
        name: its source.
        options: with `fetch`, the page that an entry links to is read in place of what the feed has of it.
        client: what pages are fetched with.
    """
    if not data.strip():
        yield Failure(name, 0, "empty feed", "empty")
        return
    parser = need("feedparser", "reading feeds")
    try:
        feed = parser.parse(data, sanitize_html=False, resolve_relative_uris=False)
    except RecursionError:
        yield failure(name, "nested too deep", "nested", payload=data, form="feed")
        return
    if not feed.version:
        yield failure(name, "no RSS or Atom feed", "feed", payload=data, form="feed")
        return
    if not feed.entries:
        yield Failure(name, 0, "a feed without entries", "empty")
        return
    outlet = _words(feed.feed.get("title"))
    for number, entry in enumerate(feed.entries, 1):
        try:
            yield _entry(entry, name, f"entry {number}", outlet, options, client)
        except RecursionError:
            yield Failure(name, 0, "nested too deep", "nested", f"entry {number}")


def _entry(
    entry: Any, name: str, position: str, feed: str, options: InputOptions, client: Client | None
) -> Item | Failure:
    url = entry.get("link") if is_web(entry.get("link") or "") else None
    known, zone = outlet_at(url or "")
    item = Item(
        name,
        0,
        "",
        id=_words(entry.get("id")) or url,
        title=_words(entry.get("title")) or None,
        published=_moment(entry, "published", zone),
        outlet=known or _words(entry.get("source", {}).get("title")) or feed or None,
        url=url,
        updated=_moment(entry, "updated", zone),
        section=" / ".join(_words(tag.get("term")) for tag in entry.get("tags", ())[:3]) or None,
        position=position,
    )
    if item.updated and item.published and moments.before(item.updated, item.published):
        item = msgspec.structs.replace(item, updated=None)
    if options.fetch and client is not None:
        return _fetched(item, options, client)
    texts = [content.get("value", "") for content in entry.get("content", ())]
    body = max((_plain(text) for text in (*texts, entry.get("summary", ""))), key=len)
    text = page.joined(item.title, body)
    if not body and not item.title:
        return Failure(name, 0, "an entry without a text", "empty", position)
    return checked(msgspec.structs.replace(item, text=text))


def _fetched(item: Item, options: InputOptions, client: Client) -> Item | Failure:
    """The page of an entry; what the page does not tell, the feed does."""
    if item.url is None:
        return Failure(item.source, 0, "an entry without an address", "address", item.position)
    try:
        fetched = client.get(item.url)
    except FetchError as error:
        return Failure(item.source, 0, f"{item.url}: {error}", error.kind, item.position)
    found = page.read(
        fetched.body, item.source, options, url=fetched.url, charset=fetched.charset, position=item.position
    )
    if isinstance(found, Failure):
        return found
    published = found.published
    if item.published and (published is None or "T" not in published or not published.endswith("Z")):
        published = item.published
    return msgspec.structs.replace(
        found,
        id=item.id,
        published=published,
        title=found.title or item.title,
        outlet=found.outlet or item.outlet,
        section=found.section or item.section,
        updated=found.updated or item.updated,
    )


def _moment(entry: Any, field: str, zone: str) -> str | None:
    """A time of an entry: by its words, which may lack a zone, else as feedparser makes it out."""
    # past the entry's own look-up, which takes one field for another
    told = moments.settle(moments.read(str(dict.get(entry, field) or "")), zone)
    parsed = dict.get(entry, f"{field}_parsed")
    if told or parsed is None:
        return told
    moment = dt.datetime.fromtimestamp(calendar.timegm(parsed), dt.UTC)
    return moment.isoformat(timespec="seconds").replace("+00:00", "Z")


def _words(value: Any) -> str:
    return " ".join(_plain(value).split()) if isinstance(value, str) else ""


def _plain(markup: str) -> str:
    """The text of a piece of HTML, a line each block; text without tags as it is."""
    if "<" not in markup and "&" not in markup:
        return markup.strip()
    html = need("lxml.html", "reading feeds")
    etree = need("lxml.etree", "reading feeds")
    try:
        tree = html.fragment_fromstring(markup, create_parent="div")
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return ""
    parts: list[str] = []
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        tag = element.tag if isinstance(element.tag, str) else ""
        silent = not tag or tag in _SILENT
        if tag in _BLOCKS:
            parts.append("\n")
        if event == "start" and element.text and not silent:
            parts.append(" ".join(element.text.split("\n")))
        elif event == "end" and element.tail and element is not tree:
            parts.append(" ".join(element.tail.split("\n")))
    lines = (" ".join(line.split()) for line in "".join(parts).split("\n"))
    return "\n".join(line for line in lines if line)
