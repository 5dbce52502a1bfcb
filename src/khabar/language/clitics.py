"""Letters written onto a word: و ف in front of all, then ب ل ك and the article, pronouns behind.

A string alone does not tell «ورد» (a verb) from «و» + «رد», so nothing here decides for good:
`keys` lists the forms under which tables may hold a word, the whole word first.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from khabar.language.model import Key

CONJUNCTIONS: Final = ("و", "ف")
PREPOSITIONS: Final = ("ب", "ل", "ك")

_SHORTEST: Final = 2
"""Letters that must be left of a word when clitics are cut off."""


def keys(norm: str) -> tuple[Key, ...]:
    """Forms under which tables may hold a word.

    Args:
        norm: the folded word («وللرييس»).

    Returns:
        The whole word, then with less and less of its front, the article kept
        («للرييس» less «و», «الرييس» less «ول»).
    """
    found = [Key(norm, "")]
    found.extend(_less_preposition(norm, ""))
    if norm[:1] in CONJUNCTIONS and len(norm) > _SHORTEST:
        rest = norm[1:]
        found.append(Key(rest, norm[0]))
        found.extend(_less_preposition(rest, norm[0]))
    return tuple(dict.fromkeys(found))


def _less_preposition(form: str, before: str) -> Iterator[Key]:
    if len(form) <= _SHORTEST or form[0] not in PREPOSITIONS:
        return
    cut = before + form[0]
    if form.startswith("لل") and len(form) > _SHORTEST + 1:
        # ل and the article melt: للرئيس is ل + الرئيس, للجنة is ل + اللجنة or ل + لجنة
        yield Key("ال" + form[2:], cut)
        yield Key(form[1:], cut)
        yield Key("ال" + form[1:], cut)
    else:
        yield Key(form[1:], cut)
