"""The article as the rest of the house sees it: the text as given, and where its parts are."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

import msgspec

BlockKind = Literal["title", "stamp", "credit", "caption", "heading", "paragraph", "boilerplate"]


class Block(msgspec.Struct, frozen=True, gc=False):
    """A stretch of the article's text with one role in its layout.

    Attributes:
        start: first code point, into `Article.text`.
        end: one past the last code point.
        kind: what the stretch is. Only `title`, `heading`, `paragraph` and `caption` are read for
            mentions; only `title`, `heading` and `paragraph` for statements and events.
    """

    start: int
    end: int
    kind: BlockKind


class Credit(msgspec.Struct, frozen=True, gc=False):
    """Who owns or took a picture: agency and photographer, each as written, either may be missing."""

    agency: str | None = None
    photographer: str | None = None


class Article(msgspec.Struct, frozen=True):
    """One news article: the text exactly as given and what its layout says of itself.

    Attributes:
        text: the input, untouched; every offset of a record points into it (code points).
        id: the caller's id, or the digest of the text.
        blocks: the parts in reading order, not overlapping; blank space belongs to none.
        title: the headline, without a crawl-date line's stamp. From the metadata when given there.
        published: aware datetime in UTC, or None when neither text nor caller tells.
        published_date_only: whether `published` is known to the day only.
        updated: as `published`, from an update stamp.
        outlet: name of the publisher as given or as its layout shows.
        url: where it came from, as given.
        dateline: the place a dateline names («القاهرة - رويترز» gives «القاهرة»).
        credits: picture credits, in order, each once.
        caption: text of the picture caption.
        notes: what the reader could not settle, one plain sentence each.
    """

    text: str
    id: str
    blocks: tuple[Block, ...]
    title: str | None = None
    published: datetime | None = None
    published_date_only: bool = False
    updated: datetime | None = None
    outlet: str | None = None
    url: str | None = None
    dateline: str | None = None
    credits: tuple[Credit, ...] = ()
    caption: str | None = None
    notes: tuple[str, ...] = ()
