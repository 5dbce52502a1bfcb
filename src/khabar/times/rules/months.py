"""Months, and days of a month, as parts of larger expressions (no rules of their own)."""

from __future__ import annotations

from datetime import date
from typing import Final

import msgspec

from khabar.times import calendar
from khabar.times.line import Line
from khabar.times.numerals import cardinal, ordinal, year
from khabar.times.scene import Scene

_ANY_YEAR = 9999

JOINING: Final = ("و", "-", "الي", "حتي", "او", "،")
"""Words and marks between the two ends of a span or the members of a row."""


class Month(msgspec.Struct, frozen=True, gc=False):
    """A month name with its pair: «يونيو/حزيران», «كانون الثاني (يناير)».

    Attributes:
        number: 1 to 12.
        hijri: of the Hijri calendar.
        weak: see `Term.weak`; 0 when a pair confirms it.
        end: index after it.
    """

    number: int
    hijri: bool
    weak: int
    end: int


class Tail(msgspec.Struct, frozen=True, gc=False):
    """What follows a month and tells the year.

    Attributes:
        end: index after it.
        year: the year, 9999 for «من كل عام», or None.
        direction: -1 «الماضي», 0 «الجاري», 1 «المقبل», or None.
        hijri: the figure is a Hijri year.
    """

    end: int
    year: int | None = None
    direction: int | None = None
    hijri: bool = False


def month(line: Line, i: int) -> Month | None:
    """The month at a token, «شهر» in front included."""
    noun = line.mark(i, "month.noun")
    named = line.mark(noun.end, "month") if noun else line.mark(i, "month")
    if named is None or (noun and named.proclitics):
        return None
    number, hijri = int(named.value[1:]), named.value[0] == "h"
    end = _pair(line, named.end, number) if not hijri else named.end
    weak = 0 if noun or end > named.end else named.weak
    return Month(number, hijri, weak, end)


def _pair(line: Line, i: int, number: int) -> int:
    """The index after the other name of the same month, or i."""
    opened = line.norm(i) == "("
    at = i + 1 if opened or line.is_join(i) else i
    other = line.plain(at, "month")
    if other is None or other.value != f"g{number:02d}":
        return i
    if opened:
        return other.end + 1 if line.norm(other.end) == ")" else i
    return other.end


def tail(scene: Scene, i: int) -> Tail:
    """What follows a month at i; an empty tail when nothing does."""
    line = scene.line
    rel = line.plain(i, "rel", "rel.dual")
    if rel is not None:
        direction = int(rel.value)
        after = _year(line, rel.end)
        return Tail(after[1], after[0]) if after else Tail(rel.end, None, direction)
    opened = line.norm(i) == "(" and line.norm(i + 2) == ")" and year(line, i + 1)
    if opened:
        return Tail(i + 3, opened[0])
    comma = line.skip(i, "،")
    found = _year(line, comma)
    if found is not None:
        return Tail(found[1], found[0], None, hijri=_is_hijri(line, found))
    return _of_year(scene, line.skip(i, "من", "في")) or Tail(i)


def _year(line: Line, i: int) -> tuple[int, int] | None:
    """«2015», «عام 2015», «من عام 2015», with «م» or «هـ» after it."""
    at = line.skip(i, "من")
    noun = line.mark(at, "year.noun")
    found = year(line, noun.end if noun else i)
    if found is None:
        return _short_year(line, i)
    return found[0], line.skip(found[1], "م", "ه", "ميلاديه", "هجريه", "ميلادي", "هجري")


def _short_year(line: Line, i: int) -> tuple[int, int] | None:
    """«أكتوبر 73»: two figures with nothing counted after them."""
    figures = line.mark(i, "int")
    if figures is None or len(figures.value) != 2 or int(figures.value) <= 31:
        return None
    after = i + 1
    if after < line.size and (line.tokens[after].word.kind != "punct" or line.norm(after) in {"%", "$"}):
        return None
    return 1900 + int(figures.value), after


def _is_hijri(line: Line, found: tuple[int, int]) -> bool:
    return found[0] in calendar.HIJRI_YEARS and line.norm(found[1] - 1) not in {"م", "ميلاديه"}


def _of_year(scene: Scene, i: int) -> Tail | None:
    """«(من) العام الماضي», «(من) هذا العام», «من العام نفسه», «من كل عام»."""
    line = scene.line
    if line.plain(i, "every") and (unit := line.plain(i + 1, "unit.sg")) and unit.value in {"Y", "M"}:
        return Tail(i + 2, _ANY_YEAR)
    same = line.norm(i) in {"نفس", "ذات"}
    this = line.plain(i, "dem", "dem.far")
    if same and (unit := line.plain(i + 1, "unit.the")) and unit.value == "Y":
        return Tail(unit.end, scene.memory.year)
    unit = line.plain(i + 1 if this else i, "unit.the")
    if unit is None or unit.value != "Y":
        return None
    if this:
        year_now = scene.today.year if scene.today else None
        return Tail(unit.end, year_now if this.kind == "dem" else scene.memory.year)
    rel = line.plain(unit.end, "rel", "rel.same")
    if rel is None:
        return None
    if rel.kind == "rel.same":
        return Tail(rel.end, scene.memory.year)
    return Tail(rel.end, scene.today.year + int(rel.value)) if scene.today else None


def is_every(found: Tail) -> bool:
    """Whether the tail says «of every year»."""
    return found.year == _ANY_YEAR


def day_number(line: Line, i: int) -> tuple[int, int] | None:
    """The number of a day of the month: figures, a cardinal, an ordinal; 1 to 31, and the index after it."""
    found = ordinal(line, i) or cardinal(line, i)
    return found if found and 1 <= found[0] <= 31 else None


def month_value(scene: Scene, i: int, named: Month, found: Tail) -> str:
    """Value of a month with its tail, for the expression at token i."""
    if is_every(found):
        return "" if named.hijri else f"XXXX-{named.number:02d}"
    if named.hijri:
        return hijri_value(scene, named.number, None, found)
    if found.year is not None:
        return calendar.month(found.year, named.number)
    return scene.month(i, named.number, found.direction)


def day_value(scene: Scene, i: int, number: int, named: Month, found: Tail) -> str:
    """Value of a day of a month with its tail; "" for no valid day."""
    if is_every(found):
        return "" if named.hijri else f"XXXX-{named.number:02d}-{number:02d}"
    if named.hijri:
        return hijri_value(scene, named.number, number, found)
    if found.year is not None:
        when = calendar.day(found.year, named.number, number)
        return when.isoformat() if when else ""
    return scene.month_day(i, named.number, number, found.direction)


def hijri_value(scene: Scene, month_number: int, day: int | None, found: Tail) -> str:
    """Gregorian value of a Hijri day or month: of the year given, else the nearest to publication.

    A month has the value of the Gregorian month in which it begins.
    """
    if found.year is not None:
        when = calendar.from_hijri(found.year, month_number, day or 1)
    else:
        when = nearest_hijri(scene, month_number, day or 1, found.direction)
    if when is None:
        return ""
    return when.isoformat() if day else when.isoformat()[:7]


def nearest_hijri(scene: Scene, month_number: int, day: int, direction: int | None) -> date | None:
    """The Gregorian day of a Hijri day and month nearest to publication in a direction (see `Tail`)."""
    if scene.today is None:
        return None
    this = calendar.hijri_year(scene.today)
    days = [calendar.from_hijri(this + by, month_number, day) for by in (-1, 0, 1)]
    known = [when for when in days if when is not None]
    if direction == -1:
        known = [when for when in known if when < scene.today]
    elif direction == 1:
        known = [when for when in known if when > scene.today]
    today = scene.today
    return min(known, key=lambda when: abs((when - today).days), default=None)
