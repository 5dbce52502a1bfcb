"""Days of history that are named by day and month alone: «هجمات 11 سبتمبر»."""

from __future__ import annotations

from datetime import date
from functools import cache

from khabar.language import normalise
from khabar.tables import rows
from khabar.times.line import Line
from khabar.times.vocabulary import TABLES

_NEAR = 3
"""Tokens before the date among which the telling word is looked for."""


@cache
def _landmarks() -> dict[tuple[int, int], tuple[tuple[str, frozenset[str]], ...]]:
    """(month, day, 0 for the month itself) -> (value, words one of which must stand before it)."""
    found: dict[tuple[int, int], list[tuple[str, frozenset[str]]]] = {}
    for row in rows(TABLES / "landmarks.tsv"):
        month, _, day = row["value"][5:].partition("-")
        words = frozenset(normalise(form) for form in row["forms"].split("|"))
        found.setdefault((int(month), int(day or 0)), []).append((row["value"], words))
    return {key: tuple(entries) for key, entries in found.items()}


def landmark(line: Line, i: int, month: int, day: int, today: date | None) -> str:
    """Value of the day of history that a day and month name here, "" for none.

    Args:
        line: the sentence.
        i: token at which the expression begins.
        month: 1 to 12.
        day: 1 to 31, 0 for the month itself.
        today: day of publication: what lies ahead of it is not meant.
    """
    entries = _landmarks().get((month, day))
    if not entries:
        return ""
    before = {key.form for j in range(max(0, i - _NEAR), i) for key in line.tokens[j].word.keys}
    for value, words in entries:
        if words & before and (today is None or value <= today.isoformat()):
            return value
    return ""
