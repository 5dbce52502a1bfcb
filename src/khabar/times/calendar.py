"""Arithmetic of dates and the form of TIMEX3 values; no words here."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Final

FIRST_YEAR: Final = 1000
LAST_YEAR: Final = 2100
HIJRI_YEARS: Final = range(1300, 1500)
"""Figures that newsrooms of our day print as Hijri years (1882-2077)."""


def day(year: int, month: int, number: int) -> date | None:
    """The date, or None where the calendar has no such day."""
    try:
        return date(year, month, number)
    except ValueError:
        return None


def week(when: date) -> str:
    """ISO week of a day, «2025-W36»."""
    year, number, _ = when.isocalendar()
    return f"{year}-W{number:02d}"


def month(year: int, number: int) -> str:
    """«2025-09»."""
    return f"{year:04d}-{number:02d}"


def shift_month(year: int, number: int, by: int) -> tuple[int, int]:
    """Year and month `by` months on."""
    index = year * 12 + number - 1 + by
    return index // 12, index % 12 + 1


def shift(when: date, unit: str, by: int) -> str:
    """Value of the day, week, month, year, decade or century `by` units after the one of `when`.

    Args:
        when: the day to count from.
        unit: TIMEX3 designator as in tables/units.tsv.
        by: how many units on; negative for back.

    Returns:
        A value as coarse as the unit; "" where it leaves the calendar.
    """
    try:
        return _SHIFTS[unit](when, by)
    except (KeyError, OverflowError, ValueError):
        return ""


def _years(when: date, by: int) -> str:
    return f"{when.year + by:04d}" if 0 < when.year + by < 10_000 else ""


def _hours(when: date, by: int) -> str:
    return (when + timedelta(days=by // 24 if by % 24 == 0 else 0)).isoformat()


_SHIFTS: Final[dict[str, Callable[[date, int], str]]] = {
    "D": lambda when, by: (when + timedelta(days=by)).isoformat(),
    "N": lambda when, by: (when + timedelta(days=by)).isoformat(),
    "W": lambda when, by: week(when + timedelta(weeks=by)),
    "M": lambda when, by: month(*shift_month(when.year, when.month, by)),
    "Y": _years,
    "DE": lambda when, by: f"{when.year // 10 + by:03d}",
    "CE": lambda when, by: f"{when.year // 100 + by:02d}",
    "TH": _hours,
    "TM": lambda when, _: when.isoformat(),
    "TS": lambda when, _: when.isoformat(),
}


def weekday(today: date, number: int, direction: int) -> date:
    """The day with an ISO weekday number nearest to today in a direction.

    Args:
        today: the day to count from.
        number: 1 Monday to 7 Sunday.
        direction: -1 the last one before today, 1 the next one after it, 0 the last one, today included,
            2 the next one, today included.
    """
    back = (today.isoweekday() - number) % 7
    if direction == -1:
        return today - timedelta(days=back or 7)
    if direction == 1:
        return today + timedelta(days=7 - back)
    if direction == 2:
        return today + timedelta(days=(7 - back) % 7)
    return today - timedelta(days=back)


def easter(year: int) -> date:
    """Western Easter Sunday (the anonymous Gregorian computus, Meeus 1991, chapter 8)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = b // 4, b % 4
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = c // 4, c % 4
    ell = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * ell) // 451
    n = h + ell - 7 * m + 114
    return date(year, n // 31, n % 31 + 1)


def nth_weekday(year: int, number: int, weekday_number: int, nth: int) -> date:
    """The nth weekday of a month: the fourth Thursday of November."""
    first = date(year, number, 1)
    return first + timedelta(days=(weekday_number - first.isoweekday()) % 7 + 7 * (nth - 1))


def from_hijri(year: int, number: int, day_number: int) -> date | None:
    """Gregorian day of an Umm al-Qura date, None outside its tables (1343-1500 AH) or for no valid day."""
    from hijridate import Hijri  # noqa: PLC0415 - rare, and the import costs start-up time

    try:
        when = Hijri(year, number, day_number).to_gregorian()
    except (ValueError, OverflowError):
        return None
    return date(when.year, when.month, when.day)


def hijri_year(when: date) -> int:
    """Hijri year of a Gregorian day; an estimate outside Umm al-Qura's tables."""
    from hijridate import Gregorian  # noqa: PLC0415 - rare, and the import costs start-up time

    try:
        return int(Gregorian(when.year, when.month, when.day).to_hijri().year)
    except (ValueError, OverflowError):
        return round((when.year - 622) * 33 / 32)


def duration(number: int | None, unit: str) -> str:
    """Value of a number of units (None for an unknown one): P2D, PT1H, PXM."""
    if unit in {"DE", "CE"}:
        size = 10 if unit == "DE" else 100
        return f"P{number * size}Y" if number else "PXY"
    if unit == "N":
        unit = "D"
    digits = "X" if number is None else str(number)
    return f"PT{digits}{unit[1:]}" if unit.startswith("T") else f"P{digits}{unit}"
