"""What a page says of itself: title, times, outlet, address, section and credits.

Read from JSON-LD, OpenGraph, `meta` elements, microdata and the stamps a reader sees, in this order of trust.
(trafilatura's own metadata keeps the day of a publication only.)
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin, urlsplit

import msgspec

from khabar.reading import credits as picture
from khabar.reading import jsonld, moments
from khabar.reading.article import Credit
from khabar.reading.folding import fold_key
from khabar.reading.moments import Moment
from khabar.reading.reader import outlet_at
from khabar.reading.tables import cells, rows

_BLANKS = re.compile(r"\s+")
_SEPARATOR = re.compile(r"\s+[|\-–—»:•·/]+\s+|\s*[|»]\s*")
_SHORTEST_HEADLINE = 12
_LONGEST_HEADLINE = 300
_LONGEST_STAMP = 120
_DATED = re.compile(r"[0-9٠-٩۰-۹]{4}")
_AFTER_TITLE = 150
"""Elements behind the headline among which the stamps of its article stand."""
_BEFORE_TITLE = 40
_MOST_CREDITS = 5
_MOST_CHILDREN = 5


class PageMeta(msgspec.Struct, frozen=True):
    """What a page says of itself; times in ISO 8601, in UTC wherever its zone is known.

    Attributes:
        title: the headline as a reader sees it.
        published: time or day of publication.
        updated: time of the last change, where it is after the publication.
        outlet: name of the publisher: the one the table of outlets has for its address, else its own.
        url: its address.
        section: the part of the paper, of several « / » between them.
        credits: picture credits, each once.
        body: the article's text as JSON-LD repeats it, "" for none; often cut or without paragraphs.
        article: whether it calls itself an article anywhere.
    """

    title: str | None = None
    published: str | None = None
    updated: str | None = None
    outlet: str | None = None
    url: str | None = None
    section: str | None = None
    credits: tuple[Credit, ...] = ()
    body: str = ""
    article: bool = False


def read(tree: Any, url: str | None = None) -> PageMeta:
    """Read a page's metadata.

    Args:
        tree: the page as lxml parsed it.
        url: where it came from, where that is known.
    """
    metas = _metas(tree)
    everything = jsonld.nodes(
        [
            str(block)
            for block in tree.xpath(
                "//script[contains(translate(@type, 'LDJSON', 'ldjson'), 'ld+json')]/text()"
            )
        ]
    )
    own = _own_address(tree, metas, url)
    heads = tree.xpath("//h1")
    node = _main_node(everything, own, metas, heads)
    title, heading = _title(tree, metas, node, heads)
    name, zone = outlet_at(own or "")
    visible = _visible(heading, tree)
    published = moments.settle(_published(tree, metas, node, visible), zone)
    updated = moments.settle(_updated(tree, metas, node, visible), zone)
    if updated and (published is None or moments.before(updated, published)):
        updated = None
    return PageMeta(
        title=title or None,
        published=published,
        updated=updated,
        outlet=name or _outlet(tree, metas, node, everything, own),
        url=own,
        section=_section(metas, node) or None,
        credits=_credits(tree, node),
        body=jsonld.words(node.get("articleBody")),
        article=bool(node) or _first(metas, "og:type").lower() == "article" or published is not None,
    )


def _clean(text: str | None) -> str:
    return _BLANKS.sub(" ", text).strip() if text else ""


def _metas(tree: Any) -> dict[str, list[str]]:
    """Contents of the `meta` elements by lower-case name, property or itemprop."""
    found: dict[str, list[str]] = {}
    for element in tree.iter("meta"):
        content = _clean(element.get("content"))
        if not content:
            continue
        for key in ("property", "name", "itemprop"):
            name = element.get(key)
            if name:
                found.setdefault(
                    f"itemprop:{name.lower()}" if key == "itemprop" else name.lower(), []
                ).append(content)
    return found


def _first(metas: dict[str, list[str]], *names: str) -> str:
    return next((metas[name][0] for name in names if name in metas), "")


def _of_field(metas: dict[str, list[str]], field: str) -> Iterator[str]:
    """The contents that tell a field, by the order of tables/page_meta.tsv."""
    for row in rows("page_meta"):
        if row["id"] == field:
            for name in cells(row["names"]):
                yield from metas.get(name, ())


def _own_address(tree: Any, metas: dict[str, list[str]], url: str | None) -> str | None:
    """Where the page is: as it was fetched, else as it calls itself."""
    if url:
        return url
    for value in (*tree.xpath("//link[@rel='canonical']/@href"), *_of_field(metas, "url")):
        address = urljoin(_first(metas, "og:url"), str(value).strip())
        try:
            parts = urlsplit(address)
        except ValueError:
            continue
        if parts.scheme in {"http", "https"} and parts.hostname and (parts.path.strip("/") or parts.query):
            return address
    return None


def _main_node(
    everything: list[dict[str, Any]], own: str | None, metas: dict[str, list[str]], heads: list[Any]
) -> dict[str, Any]:
    """The JSON-LD object of the page's article: the one with its address or headline, else the first."""
    articles = [node for node in everything if jsonld.is_article(node)]
    if len(articles) > 1:
        here = {own, _first(metas, "og:url")}
        for node in articles:
            if here & jsonld.addresses(node):
                return node
        keys = {_key(text) for text in (*map(_text, heads), *_of_field(metas, "title"))}
        for node in articles:
            if _key(jsonld.words(node.get("headline"))) in keys:
                return node
    return articles[0] if articles else {}


def _key(text: str) -> str:
    return "".join(c for c in fold_key(text) if c.isalnum())


def _text(element: Any) -> str:
    return _clean("".join(element.itertext()))


def _title(tree: Any, metas: dict[str, list[str]], node: dict[str, Any], heads: list[Any]) -> tuple[str, Any]:
    """The headline and the element it stands in (None where it is only in the page's code).

    A heading that the page's code confirms is taken as it is printed; without one, the code's own.
    """
    told = [jsonld.words(node.get("headline")), *_of_field(metas, "title")]
    told = [text for text in told if len(text) <= _LONGEST_HEADLINE and text]
    titles = [_clean(str(text)) for text in tree.xpath("//head/title/text()")[:1]]
    keys = [_key(text) for text in (*told, *titles)]
    for head in heads:
        text = _text(head)
        key = _key(text)
        if key and len(text) <= _LONGEST_HEADLINE and any(_same(key, other) for other in keys):
            return text, head
    lone = next((head for head in heads if len(_text(head)) >= _SHORTEST_HEADLINE), None)
    if told:
        return _without_outlet(told[0], metas), lone
    if lone is not None and len(heads) == 1:
        return _text(lone), lone
    return (_without_outlet(titles[0], metas) if titles else ""), lone


def _same(key: str, other: str) -> bool:
    """Whether two headlines are one, maybe with the outlet's name behind it or cut short."""
    if key == other:
        return True
    shorter, longer = sorted((key, other), key=len)
    return len(shorter) >= _SHORTEST_HEADLINE and shorter in longer


def _without_outlet(title: str, metas: dict[str, list[str]]) -> str:
    """A title less what stands behind or before its separators when that names the outlet or is its rest."""
    names = {_key(name) for name in _of_field(metas, "outlet")}
    parts = _SEPARATOR.split(title)
    while len(parts) > 1 and (_key(parts[-1]) in names or not _key(parts[-1])):
        parts.pop()
    while len(parts) > 1 and (_key(parts[0]) in names or not _key(parts[0])):
        parts.pop(0)
    if len(parts) > 1 and len(parts[0]) >= _SHORTEST_HEADLINE and not names:
        parts = parts[:1]
    first = title.find(parts[0])
    last = title.find(parts[-1], first)
    return title[first : last + len(parts[-1])].strip()


def _tellings(values: Iterator[str] | list[str]) -> list[Moment]:
    return [moment for value in values for moment in moments.read(value)]


def _published(
    tree: Any, metas: dict[str, list[str]], node: dict[str, Any], visible: list[Moment]
) -> list[Moment]:
    """All the page tells of its publication, the most trusted first."""
    return [
        *_tellings([jsonld.words(node.get(key)) for key in ("datePublished", "dateCreated")]),
        *_tellings(_of_field(metas, "published")),
        *_microdata(tree, "datePublished"),
        *(m for m in visible if m.kind == "published"),
        *(m for m in visible if not m.kind),
    ]


def _updated(
    tree: Any, metas: dict[str, list[str]], node: dict[str, Any], visible: list[Moment]
) -> list[Moment]:
    """All the page tells of its last change."""
    return [
        *_tellings([jsonld.words(node.get("dateModified"))]),
        *_tellings(_of_field(metas, "updated")),
        *_microdata(tree, "dateModified"),
        *(m for m in visible if m.kind == "updated"),
    ]


def _microdata(tree: Any, name: str) -> list[Moment]:
    """The first time of a schema.org property that is written into an element."""
    for element in tree.xpath(f"//*[@itemprop='{name}' or @property='{name}']")[:3]:
        found = _tellings([_clean(element.get(key)) for key in ("content", "datetime")])
        if found:
            return found
    return []


def _visible(heading: Any, tree: Any) -> list[Moment]:
    """The stamps printed around the headline, or anywhere in a `time` element where there is no headline."""
    if heading is None:
        return [m for element in list(tree.iter("time"))[:3] for m in _of_element(element)]
    return [m for element in _around(heading) for m in _of_element(element)]


def _around(heading: Any) -> Iterator[Any]:
    """Elements behind the headline, then those before it, nearest first."""
    for count, element in enumerate(heading.iterdescendants()):
        if count >= _MOST_CHILDREN:
            break
        yield element
    yield from heading.xpath(f"(following::*)[position() <= {_AFTER_TITLE}]")
    yield from reversed(heading.xpath(f"preceding::*[position() <= {_BEFORE_TITLE}]"))


def _of_element(element: Any) -> list[Moment]:
    """The stamps of a small element: its machine-readable time, and what it prints."""
    if (
        not isinstance(element.tag, str)
        or element.tag in {"script", "style"}
        or len(element) > _MOST_CHILDREN
    ):
        return []
    found: list[Moment] = []
    if element.tag == "time" and element.get("datetime"):
        found.extend(moments.read(element.get("datetime")))
    text = _clean(" ".join(element.itertext()))
    if len(text) <= _LONGEST_STAMP and _DATED.search(text):
        found.extend(moments.printed(text))
    return found


def _outlet(
    tree: Any,
    metas: dict[str, list[str]],
    node: dict[str, Any],
    everything: list[dict[str, Any]],
    own: str | None,
) -> str | None:
    """The name that the page gives its publisher, else its host."""
    name = jsonld.publisher(node, everything) or next(_of_field(metas, "outlet"), "")
    if name:
        return name
    try:
        return (urlsplit(own or "").hostname or "").removeprefix("www.") or None
    except ValueError:
        return None


def _section(metas: dict[str, list[str]], node: dict[str, Any]) -> str:
    given = node.get("articleSection")
    names = [jsonld.words(value) for value in (given if isinstance(given, list) else [given])]
    return " / ".join(dict.fromkeys(name for name in names if name)) or next(_of_field(metas, "section"), "")


def _credits(tree: Any, node: dict[str, Any]) -> tuple[Credit, ...]:
    """Picture credits of the code, then those printed below pictures."""
    found: dict[Credit, None] = {}
    for text in jsonld.picture_credits(node):
        credit = picture.credit_of(text)
        if credit is not None:
            found[credit] = None
    for element in tree.xpath("//figcaption")[:_MOST_CREDITS]:
        text = _text(element)
        line = picture.read(text, 0, len(text)) if text else None
        if line is not None:
            found |= dict.fromkeys(line.credits)
    return tuple(found)[:_MOST_CREDITS]
