"""What a page says of its article in JSON-LD (schema.org), however carelessly it was written."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from typing import Any

_COMMENT = re.compile(
    r"^\s*(?:<!--|//\s*<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/|<!\[CDATA\[)|(?:-->|//\s*\]\]>|\]\]>)\s*;?\s*$"
)
_TRAILING_COMMA = re.compile(r",(?=\s*[}\]])")
_TAGS = re.compile(r"<[^>]{0,300}>")
_BLANKS = re.compile(r"\s+")
_PAIR = re.compile(
    r'"(@type|headline|datePublished|dateModified|articleSection|name)"\s*:\s*"((?:[^"\\\n]|\\.)*)"'
)

ARTICLE_TYPES = re.compile(r"(?:\w*Article|BlogPosting|LiveBlogPosting|Report|Reportage\w*)$")
"""Types of schema.org that are an article (`NewsArticle`, `ReportageNewsArticle` …)."""

LONGEST = 2_000_000
"""Code points of a block that is read."""
_NODES = 2000
"""Objects of a page that are looked at."""


def nodes(blocks: list[str]) -> list[dict[str, Any]]:
    """The objects of all blocks, outer before inner, in the order of the page."""
    found: list[dict[str, Any]] = []
    for block in blocks:
        if len(block) <= LONGEST:
            for node in _walk(_parsed(block)):
                found.append(node)
                if len(found) >= _NODES:
                    return found
    return found


def _parsed(block: str) -> Any:
    text = _COMMENT.sub("", block).strip().rstrip(";")
    for attempt in (text, _TRAILING_COMMA.sub("", text)):
        try:
            return json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
    return _salvaged(text)


def _salvaged(text: str) -> dict[str, Any]:
    """The first pairs of interest of a block that is no JSON (an unescaped quote in a headline is enough)."""
    found: dict[str, Any] = {}
    for key, value in _PAIR.findall(text):
        try:
            found.setdefault(key, json.loads(f'"{value}"', strict=False))
        except ValueError:
            continue
    if "datePublished" in found and not is_article(found):
        found["@type"] = "NewsArticle"
    found.pop("name", None)
    return found


def _walk(value: Any) -> Iterator[dict[str, Any]]:
    waiting = [value]
    while waiting:
        node = waiting.pop()
        if isinstance(node, dict):
            yield node
            waiting.extend(v for v in reversed(list(node.values())) if isinstance(v, (dict, list)))
        elif isinstance(node, list):
            waiting.extend(reversed(node))


def is_article(node: dict[str, Any]) -> bool:
    """Whether an object is an article by its type."""
    kinds = node.get("@type")
    return any(
        isinstance(kind, str) and ARTICLE_TYPES.search(kind)
        for kind in (kinds if isinstance(kinds, list) else [kinds])
    )


def words(value: Any) -> str:
    """The text of a value: of an object its name, of a list its first; without entities and tags."""
    for _ in range(4):
        if isinstance(value, dict):
            value = value.get("name") or value.get("@value")
        elif isinstance(value, list):
            value = next((v for v in value if v), None)
        else:
            break
    if not isinstance(value, str):
        return ""
    return _BLANKS.sub(" ", _TAGS.sub(" ", html.unescape(value))).strip()


def addresses(node: dict[str, Any]) -> set[str]:
    """All that an object calls its own address."""
    found = set()
    for key in ("url", "@id", "mainEntityOfPage"):
        for value in _as_list(node.get(key)):
            if isinstance(value, dict):
                value = value.get("@id") or value.get("url")  # noqa: PLW2901 - the same address, one level in
            if isinstance(value, str):
                found.add(value.strip())
    return found


def publisher(node: dict[str, Any], everything: list[dict[str, Any]]) -> str:
    """Name of the publisher, by reference too."""
    for key in ("publisher", "sourceOrganization"):
        for value in _as_list(node.get(key)):
            name = words(value)
            if name:
                return name
            reference = value.get("@id") if isinstance(value, dict) else None
            if reference:
                for other in everything:
                    if other.get("@id") == reference and words(other):
                        return words(other)
    return ""


def picture_credits(node: dict[str, Any]) -> list[str]:
    """Credits of the article's pictures, as written."""
    found = []
    for image in _as_list(node.get("image")):
        if isinstance(image, dict):
            for key in ("creditText", "copyrightHolder", "creator", "author"):
                text = words(image.get(key))
                if text:
                    found.append(text)
                    break
    return found


def _as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]
