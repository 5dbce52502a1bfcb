"""Seasons, quarters and halves of a year; decades and centuries."""

from __future__ import annotations

from typing import Final

from khabar.times.line import Mark
from khabar.times.numerals import cardinal, ordinal, year
from khabar.times.rule import Found, Reading, rule
from khabar.times.rules.months import is_every, tail
from khabar.times.rules.periods import relative
from khabar.times.scene import Scene

_SEASON_MONTH: Final = {
    "SP": 3,
    "SU": 6,
    "FA": 9,
    "WI": 12,
    "Q1": 1,
    "Q2": 4,
    "Q3": 7,
    "Q4": 10,
    "H1": 1,
    "H2": 7,
}
"""The month in which a season, quarter or half of a year begins."""


def decade(scene: Scene, i: int) -> Reading | None:
    """«تسعينيات القرن الماضي», «الثمانينيات», «القرن التاسع عشر»."""
    line = scene.line
    named = line.mark(i, "decade")
    if named is None:
        century = line.mark(i, "unit.the")
    else:
        other = line.mark(named.end, "decade")  # «سبعينيات وثمانينيات القرن الماضي»: each is a time
        shared = other is not None and other.proclitics == "و"
        century = line.plain(line.skip(other.end if other and shared else named.end, "من"), "unit.the")
        if century is not None and century.value == "CE" and other is not None and shared:
            found = _century(scene, century, named.value)
            return Reading(found.value, named.end) if found else None
    if century is not None and century.value == "CE":
        return _century(scene, century, named.value if named else "")
    if named is None or line.mark(named.end, "age.after"):
        return None
    # without its century, a decade below the fifties is an age («في منتصف الثلاثينات»)
    definite = "ال" in line.norm(i)
    dated = named.value >= "5" or line.norm(i - 1) in {"منذ", "خلال"}
    return Reading("19" + named.value, named.end) if definite and dated else None


def _century(scene: Scene, noun: Mark, figure: str) -> Reading | None:
    """«القرن الماضي», «القرن العشرين», with the figure of a decade of it or ""."""
    rel = scene.line.plain(noun.end, "rel")
    if rel is not None:
        hundreds = scene.shift("CE", int(rel.value)) or "19"
        return Reading(hundreds + figure, rel.end)
    line = scene.line
    number = cardinal(line, noun.end) if line.mark(noun.end, "the") else ordinal(line, noun.end)
    if number is None or number[0] < 2:
        return None
    return Reading(f"{number[0] - 1:02d}{figure}", number[1])


def season(scene: Scene, i: int, *, alone: bool = False) -> Reading | None:
    """«الصيف الماضي», «خريف هذا العام», «الربع الثالث من 2024»."""
    line = scene.line
    this = line.mark(i, "dem")
    named = line.plain(i + 1, "season") if this else line.mark(i, "season", "quarter")
    if named is None:
        return None
    if this is not None:
        return Reading(_with_year(scene.shift("Y", 0), named.value), named.end)
    found = tail(scene, named.end)
    if is_every(found):
        return Reading(f"XXXX-{named.value}", found.end)
    if found.year is not None:
        return Reading(_with_year(f"{found.year:04d}", named.value), found.end, explicit=True)
    if found.direction is not None:
        return Reading(_nearest_season(scene, named, found.direction), found.end)
    of_year = relative(scene, line.skip(named.end, "من"), alone=named.kind == "quarter")
    if of_year is not None and len(of_year.value) == 4:
        return Reading(_with_year(of_year.value, named.value), of_year.end)
    bare = year(line, line.skip(named.end, "من"))
    if bare is not None:
        return Reading(_with_year(f"{bare[0]:04d}", named.value), bare[1], explicit=True)
    return Reading(_with_year(scene.shift("Y", 0), named.value), named.end) if alone else None


def _with_year(year_value: str, part: str) -> str:
    return f"{year_value}-{part}" if year_value else ""


def _nearest_season(scene: Scene, named: Mark, direction: int) -> str:
    """The last, present or next one; the last is one that had begun before the present one of its kind."""
    if scene.today is None:
        return ""
    begins = _SEASON_MONTH[named.value]
    begun = scene.today.month >= begins
    if direction < 0:
        by = 0 if scene.today.month >= begins + 3 else -1
    else:
        by = 1 if direction > 0 and begun else 0
    return f"{scene.today.year + by:04d}-{named.value}"


@rule(
    "period.decade",
    "decade",
    "unit.the",
    yes=(
        ("في القرن التاسع عشر", "القرن التاسع عشر", "18"),
        ("في سبعينيات وثمانينيات القرن الماضي", "سبعينيات", "197"),
        ("منذ سبعينيات القرن الماضي", "سبعينيات القرن الماضي", "197"),
        ("خلال الثمانينيات", "الثمانينيات", "198"),
    ),
    no=("رجل في الثلاثينيات من العمر",),
)
def _decade(scene: Scene, i: int) -> Found | None:
    found = decade(scene, i)
    return Found(found.end, found.value) if found else None


@rule(
    "period.season",
    "season",
    "quarter",
    "dem",
    yes=(
        ("في الصيف الماضي", "الصيف الماضي", "2025-SU"),
        ("خريف هذا العام", "خريف هذا العام", "2025-FA"),
        ("هذا الصيف", "هذا الصيف", "2025-SU"),
        ("خلال الربع الثالث من 2024", "الربع الثالث من 2024", "2024-Q3"),
        ("في النصف الأول من العام الجاري", "النصف الأول من العام الجاري", "2025-H1"),
        ("في الربيع من كل عام", "الربيع من كل عام", "XXXX-SP"),
    ),
    no=("ثورات الربيع العربي", "سجل هدفا في النصف الأول"),
)
def _season(scene: Scene, i: int) -> Found | None:
    found = season(scene, i)
    if found is None:
        return None
    every = found.value.startswith("XXXX")
    return Found(found.end, found.value, "SET" if every else "DATE", explicit=found.explicit)
