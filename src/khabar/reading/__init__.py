"""Reading: text with its layout to an Article."""

from __future__ import annotations

from khabar.reading.article import Article, Block, BlockKind, Credit
from khabar.reading.reader import read_text

__all__ = ["Article", "Block", "BlockKind", "Credit", "read_text"]
