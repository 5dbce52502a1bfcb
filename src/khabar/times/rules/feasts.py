"""Feasts, fasts and days of state and church."""

from __future__ import annotations

from datetime import date

from khabar.times import calendar
from khabar.times.line import Line, Mark
from khabar.times.rule import Found, rule
from khabar.times.rules.months import Tail, nearest_hijri, tail
from khabar.times.scene import Scene


def _in_year(rule_value: str, year: int) -> date | None:
    """The day of a feast in a Gregorian year; see tables/feasts.tsv for the form of the rule."""
    kind, _, rest = rule_value.partition(" ")
    if kind == "fixed":
        month, day = map(int, rest.split("-"))
        return calendar.day(year, month, day)
    if kind == "easter":
        return date.fromordinal(calendar.easter(year).toordinal() + int(rest))
    month, weekday, nth = map(int, rest.split())
    return calendar.nth_weekday(year, month, weekday, nth)


def _hijri(scene: Scene, rest: str, found: Tail) -> date | None:
    month, _, day = rest.partition("-")
    if found.year is not None and found.year in calendar.HIJRI_YEARS:
        return calendar.from_hijri(found.year, int(month), int(day or 1))
    if found.year is not None:
        middle = date(found.year, 7, 1)
        years = (calendar.hijri_year(middle) + by for by in (-1, 0, 1))
        days = (calendar.from_hijri(year, int(month), int(day or 1)) for year in years)
        return next((when for when in days if when and when.year == found.year), None)
    return nearest_hijri(scene, int(month), int(day or 1), found.direction)


def _nearest(scene: Scene, rule_value: str, found: Tail) -> date | None:
    """The day nearest to publication, in the direction or year that the tail gives."""
    if found.year is not None:
        return _in_year(rule_value, found.year)
    today = scene.today
    if today is None:
        return None
    days = [when for by in (-1, 0, 1) if (when := _in_year(rule_value, today.year + by))]
    if found.direction:
        days = [when for when in days if (when > today) == (found.direction > 0)]
    return min(days, key=lambda when: abs((when - today).days), default=None)


def _value(scene: Scene, mark: Mark, found: Tail) -> str:
    kind, _, rest = mark.value.partition(" ")
    if kind == "fixed" and scene.today is None and found.year is None:
        return f"XXXX-{rest}"
    when = _hijri(scene, rest, found) if kind == "hijri" else _nearest(scene, mark.value, found)
    if when is None:
        return ""
    return when.isoformat()[:7] if mark.kind == "feast.month" else when.isoformat()


def _dates_something(line: Line, i: int, mark: Mark) -> bool:
    """Whether a feast stands where a date would; a day declared by a state or body also as an occasion."""
    if mark.kind == "feast.day" and line.mark(i - 1, "cue.occasion"):
        return True
    return any(line.mark(j, "cue.dates") for j in (i - 1, i - 2))


@rule(
    "feast.named",
    "feast",
    "feast.day",
    "feast.month",
    yes=(
        ("منذ شهر رمضان الماضي", "شهر رمضان الماضي", "2025-03"),
        ("هدنة خلال عيد الأضحى الماضي", "عيد الأضحى الماضي", "2025-06-06"),
        ("في عيد الفطر المقبل", "عيد الفطر المقبل", "2026-03-20"),
        ("قبل عيد الميلاد", "عيد الميلاد", "2025-12-25"),
        ("بمناسبة يوم المرأة العالمي", "يوم المرأة العالمي", "2025-03-08"),
        ("قداس عيد الفصح", "عيد الفصح", "2025-04-20"),
    ),
    no=("طارق رمضان", "عيد ميلاد سعيد"),
)
def _feast(scene: Scene, i: int) -> Found | None:
    mark = scene.line.mark(i, "feast", "feast.day", "feast.month")
    if mark is None or not _dates_something(scene.line, i, mark):
        return None
    found = tail(scene, mark.end)
    if found.direction is None and found.year is None:
        found = Tail(mark.end)
    explicit = found.year is not None
    return Found(found.end, _value(scene, mark, found), explicit=explicit)
