"""Numbers in words and figures, read from a line."""

from __future__ import annotations

from typing import Final

from khabar.times.line import Line

MOST: Final = 100_000
"""Larger figures are no amounts of time."""

_TEENS: Final = 10
_HUNDRED: Final = 100
_THOUSAND: Final = 1000


def cardinal(line: Line, i: int) -> tuple[int, int] | None:
    """A cardinal number («ثلاثة», «خمس وعشرين», «ألفين وثمانية عشر», «48», «الـ24»).

    Returns:
        The number and the index after it, or None.
    """
    if line.mark(i, "the") and line.mark(i + 1, "int"):
        i += 1
    figures = line.mark(i, "int")
    if figures is not None:
        return (int(figures.value), i + 1) if len(figures.value) <= 5 else None
    first = line.mark(i, "cardinal", "cardinal.the")
    if first is None:
        return None
    total, last, i = 0, int(first.value), first.end
    while (step := _join(line, i, last)) is not None:
        value, last_is_sum, i = step
        if last_is_sum:
            total, last = total + last, value
        else:
            last = value
    return total + last, i


def _join(line: Line, i: int, last: int) -> tuple[int, bool, int] | None:
    """How the number word at i goes on from `last`.

    Returns:
        The new last part, whether `last` is done, and the index after the word; None where it does not.
    """
    # «وأحد» is spelled as «واحد», so the reading with the conjunction is looked for first
    mark = line.mark(i, "cardinal", "cardinal.the", letters="و") or line.mark(i, "cardinal", "cardinal.the")
    if mark is None:
        return None
    value = int(mark.value)
    if not mark.proclitics:
        if value == _TEENS and 0 < last < _TEENS:
            return last + _TEENS, False, mark.end
        if value in {_HUNDRED, _THOUSAND} and 1 < last < value:
            return last * value, False, mark.end
        return None
    if mark.proclitics != "و":
        return None
    tens_after_unit = last < _TEENS < value < _HUNDRED
    smaller_after_larger = last >= _HUNDRED and value < last
    return (value, True, mark.end) if tens_after_unit or smaller_after_larger else None


def ordinal(line: Line, i: int) -> tuple[int, int] | None:
    """An ordinal («الثالث», «الحادي والعشرين», «الثاني عشر», «العشرين»).

    Returns:
        The number and the index after it, or None.
    """
    first = line.mark(i, "ordinal", "ordinal.unit")
    if first is None:
        tens = line.mark(i, "cardinal.the")
        return (int(tens.value), i + 1) if tens and int(tens.value) in {20, 30} else None
    value = int(first.value)
    if value < _TEENS:
        tens = line.mark(first.end, "cardinal.the", "cardinal")
        if tens and tens.proclitics == "و" and _TEENS < int(tens.value) < _HUNDRED:
            return value + int(tens.value), first.end + 1
    return None if first.kind == "ordinal.unit" else (value, first.end)


def year(line: Line, i: int) -> tuple[int, int] | None:
    """A year in figures or words (1000 to 2100, or a Hijri one).

    Returns:
        The year and the index after it, or None.
    """
    figures = line.mark(i, "int")
    if figures is not None:
        value = int(figures.value)
        return (value, i + 1) if len(figures.value) == 4 and _THOUSAND <= value <= 2100 else None
    words = cardinal(line, i)
    return words if words and _THOUSAND <= words[0] <= 2100 and words[1] > i + 1 else None
