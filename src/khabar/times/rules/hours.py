"""Times of the clock, as parts of larger expressions (no rules of their own)."""

from __future__ import annotations

import re
from typing import Final

import msgspec

from khabar.times.line import Line, Mark
from khabar.times.numerals import cardinal, ordinal

_FIGURES: Final = re.compile(r"(\d{1,2})[:.,](\d\d)(?:[:.]\d\d)?")
_AFTERNOON: Final = frozenset({"TAF", "TEV"})


class Hour(msgspec.Struct, frozen=True, gc=False):
    """A time of the clock.

    Attributes:
        hour: 0 to 24, the part of day taken into account.
        minute: 0 to 59.
        zone: "Z" for Greenwich, "" for local.
        end: index after it.
        sure: said with «الساعة», a zone or a part of day.
        part: the part of day that a day may follow («الخامسة فجر اليوم»), or "".
    """

    hour: int
    minute: int
    zone: str
    end: int
    sure: bool
    part: str

    def text(self) -> str:
        """«T08:17Z»."""
        return f"T{self.hour:02d}:{self.minute:02d}{self.zone}"


def hour(line: Line, i: int) -> Hour | None:
    """The time at a token: «الساعة الثالثة والنصف عصرا», «08:17 بتوقيت غرينتش», «السابعة مساء»."""
    noun = line.mark(i, "clock.noun")
    core = _core(line, noun.end if noun else i)
    if core is None:
        return None
    number, minute, end = core
    part = _part(line, end)
    zone = line.plain(part.end if part else end, "zone")
    if part is not None:
        number, end = in_part(number, part.value), part.end
    if zone is not None:
        end = zone.end
    open_part = part.value if part and part.kind == "part" and not zone else ""
    sure = bool(noun or zone or part)
    if number > 24 or (number == 24 and minute):
        return None
    return Hour(number, minute, zone.value if zone else "", end, sure, open_part)


def _core(line: Line, i: int) -> tuple[int, int, int] | None:
    """Hour, minute and the index after them, the part of day not yet looked at."""
    figures = line.mark(i, "figures")
    if figures is not None:
        match = _FIGURES.fullmatch(figures.value)
        if match is None or int(match[1]) > 24 or int(match[2]) > 59:
            return None
        return int(match[1]), int(match[2]), i + 1
    whole = line.mark(i, "int")
    if whole is not None and len(whole.value) == 4:
        hours, minutes = int(whole.value[:2]), int(whole.value[2:])
        return (hours, minutes, i + 1) if hours <= 24 and minutes < 60 and _is_military(line, i) else None
    number: tuple[int, int] | None
    if one := line.mark(i, "hour.one"):
        number = (1, one.end)
    else:
        number = cardinal(line, i) if whole else ordinal(line, i)
    if number is None or not 0 <= number[0] <= 24:
        return None
    minute, end = _minutes(line, number[1])
    return (number[0], minute, end) if minute >= 0 else (number[0] - 1, 60 + minute, end)


def _is_military(line: Line, i: int) -> bool:
    """«الساعة 1611», «1600 بتوقيت غرينتش»."""
    return bool(line.mark(i - 1, "clock.noun") or line.plain(i + 1, "zone"))


def _minutes(line: Line, i: int) -> tuple[int, int]:
    """Minutes after (or, negative, before) the hour, and the index after them."""
    if line.norm(i) in {"الا", "الي"} and (part := line.plain(i + 1, "fraction")):
        return -60 // int(part.value), part.end
    part = line.mark(i, "fraction")
    if part is not None and part.proclitics == "و":
        return 60 // int(part.value), part.end
    at = line.skip(i, "و")
    number = cardinal(line, at)
    if number and number[0] < 60 and (unit := line.plain(number[1], "unit.pl", "unit.sg")):
        return (number[0], unit.end) if unit.value == "TM" else (0, i)
    return 0, i


def _part(line: Line, i: int) -> Mark | None:
    """The part of day after a time: «صباحا», «من مساء (السبت)»."""
    at = line.skip(line.skip(i, "،"), "من")
    return line.plain(at, "adverb", "ampm", "part")


def in_part(number: int, part: str) -> int:
    """The hour of 24 for an hour of 12 in a part of day."""
    if number > 12:
        return number
    if part in _AFTERNOON:
        return number % 12 + 12
    if part == "T12:00":
        return number + 12 if number <= 4 else number
    if part == "TNI":
        return number % 12 + (12 if 6 <= number < 12 else 0)
    return number % 12 if part == "TMO" else number
