"""Letters written onto a word in front: و ف before all else, then ب ل ك, then the article.

A string alone does not tell «ورد» (a verb) from «و» + «رد», so nothing here decides for good:
`keys` lists the forms under which tables may hold a word, the whole word first. Only where the table
of common words has the word as it stands («وزير», «لبنان», «بيان») is it not cut at all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from khabar.language.model import Key

CONJUNCTIONS: Final = ("و", "ف")
PREPOSITIONS: Final = ("ب", "ل", "ك")

_ARTICLE: Final = 2
_SHORTEST: Final = 2
"""Letters that must be left of a word when clitics are cut off."""


def keys(text: str, norm: str, is_word: Callable[[str], bool]) -> tuple[Key, ...]:
    """Forms under which tables may hold a word.

    Args:
        text: the word without marks («وللرئيس»).
        norm: the same folded, letter for letter («وللرييس»).
        is_word: whether a string is a common word whose first letter is no clitic.

    Returns:
        The whole word, then with less and less of its front, the article kept
        («للرييس» less «و», «الرييس» less «ول»).
    """
    found = [Key(norm, "")]
    if not is_word(text):
        found.extend(_less_preposition(norm, ""))
        if norm[:1] in CONJUNCTIONS and len(norm) > _SHORTEST:
            found.append(Key(norm[1:], norm[0]))
            if not is_word(text[1:]):
                found.extend(_less_preposition(norm[1:], norm[0]))
    return tuple(dict.fromkeys(found))


def has_article(text: str, forms: tuple[Key, ...]) -> bool:
    """Whether the word has the article under one of its keys.

    Args:
        text: the word without marks: «ألمان» has ال in its folded form only.
        forms: its keys.
    """
    return any(
        key.form.startswith("ال")
        and len(key.form) > _ARTICLE + 1
        and (text.startswith("ال", len(key.proclitics)) or text.startswith("لل", len(key.proclitics) - 1))
        for key in forms
    )


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
