"""Who a speaker without a name is: «المصدر» heard before, «الشركة» of the last sentence.

The mentions room gives a phrase the code that its own words and the article's country suggest. A speaker is
more often than not one who has spoken already, which only this room knows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from khabar.mentions.model import Mention

if TYPE_CHECKING:
    from khabar.statements.desk import Desk

_BODIES = frozenset({"EUR", "IGO", "IMG", "ISM", "MNC", "NGO", "UNK", "UNO"})
"""Codes that stand without a sector, or name no state. Source: coding guide, section 3."""

_HEARD = 3
"""Speakers among whom «المصدر» is sought."""


def identified(desk: Desk, mention: Mention) -> Mention:
    """Give a speaker by whom the words mean, as far as who spoke before tells.

    Args:
        desk: the article at work.
        mention: the speaker, beside the statement.
    """
    if mention.name or mention.sentence != desk.view.sentence.index:
        return _with_sector(mention)
    return _with_sector(_generic(desk, mention) or mention)


def _with_sector(mention: Mention) -> Mention:
    """A state's official or source has its government's code where no words say more."""
    state, _, sector = mention.code.partition(" ")
    if state in _BODIES or sector not in {"", "UNK"} or mention.kind == "place":
        return mention
    return msgspec.structs.replace(mention, code=f"{state} GOV")


def _generic(desk: Desk, mention: Mention) -> Mention | None:
    """«المصدر», «الشركة», «المسؤول» alone: the last speaker whom the noun fits."""
    view = desk.view
    word = view.sentence.tokens[mention.first].word
    if not word.article or mention.last != mention.first or mention.resolved:
        return None
    fits = desk.cues.generic.get(view.features[mention.first].bare)
    if fits is None:
        return None
    for other in reversed(desk.memory.voices[-_HEARD:]):
        sector = other.code.partition(" ")[2] or other.code
        same = other.country == mention.country or mention.country in {"", "UNK"}
        if same and other.kind in fits.kinds and (not fits.sectors or sector in fits.sectors):
            if "person" in fits.kinds and {mention.gender, other.gender} == {"m", "f"}:
                continue
            return _like(mention, other)
    return None


def _like(mention: Mention, other: Mention) -> Mention:
    return msgspec.structs.replace(
        mention,
        code=other.code,
        country=other.country,
        name=other.name if other.kind == "person" else "",
        entity=other.entity,
        kind=other.kind,
    )
