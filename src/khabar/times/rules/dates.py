"""Dates: days told by number, month and year, in every order."""

from __future__ import annotations

import re
from typing import Final

from khabar.times import calendar
from khabar.times.landmarks import landmark
from khabar.times.line import Line, Mark
from khabar.times.rule import Found, Reading, rule
from khabar.times.rules.hours import hour
from khabar.times.rules.months import JOINING, Month, day_number, day_value, month, tail
from khabar.times.scene import Scene

_FIGURES: Final = re.compile(r"(\d{1,4})([-./])(\d{1,2})\2(\d{2,4})")


def dated(scene: Scene, i: int) -> Reading | None:
    """A date: «(يوم) 5 مايو 2019», «الخامس من أيار/مايو الماضي», «سبتمبر 11، 2001», «3/9/2025»."""
    line = scene.line
    at = i + 1 if line.mark(i, "yawm", "yawm.pl") else i
    figures = line.mark(at, "figures")
    if figures is not None:
        return _figures(figures)
    if line.mark(at, "month"):
        return _month_first(scene, at)
    number = day_number(line, at)
    if number is None:
        return None
    named = month(line, line.skip(number[1], "من"))
    if named is None:
        return _of_this_month(scene, number) or _sharing(scene, at, number)
    if line.mark(i, "yawm.pl"):
        return None
    return _of_month(scene, i, number[0], named)


def _figures(mark: Mark) -> Reading | None:
    """A date in figures: day first, unless only another order makes a date."""
    match = _FIGURES.fullmatch(mark.value)
    if match is None:
        return None
    first, second, third = int(match[1]), int(match[3]), int(match[4])
    if len(match[1]) == 4:
        when = calendar.day(first, second, third)
    else:
        if len(match[4]) == 2:
            third += 2000
        when = calendar.day(third, second, first) or calendar.day(third, first, second)
        if third in calendar.HIJRI_YEARS:
            when = calendar.from_hijri(third, second, first)
    return Reading(when.isoformat(), mark.end, explicit=True) if when else None


def _month_first(scene: Scene, i: int) -> Reading | None:
    """«سبتمبر 11، 2001»: only with the year."""
    named = month(scene.line, i)
    if named is None:
        return None
    number = day_number(scene.line, named.end)
    if number is None:
        return None
    found = tail(scene, number[1])
    if found.year is None:
        return None
    return Reading(day_value(scene, i, number[0], named, found), found.end, explicit=True)


def _of_month(scene: Scene, i: int, number: int, named: Month) -> Reading | None:
    """A day whose month stands right after it."""
    found = tail(scene, named.end)
    value = ""
    if found.year is None and found.direction is None:
        if _is_a_day_of(scene.line, found.end) or scene.line.mark(i - 2, "cue.any.year"):
            return Reading(f"XXXX-{named.number:02d}-{number:02d}", found.end)
        value = landmark(scene.line, i, named.number, number, scene.today)
    value = value or day_value(scene, i, number, named, found)
    return Reading(value, found.end, explicit=found.year is not None) if value else None


def _of_this_month(scene: Scene, number: tuple[int, int]) -> Reading | None:
    """«15 من الشهر الجاري», «الثلاثين من هذا الشهر», «31 من الشهر نفسه»."""
    line = scene.line
    if line.norm(number[1]) != "من" or scene.today is None:
        return None
    at = line.skip(number[1] + 1, "هذا", "نفس", "ذات")
    unit = line.plain(at, "unit.the")
    if unit is None or unit.value != "M":
        return None
    rel = line.plain(unit.end, "rel", "rel.same")
    if rel is None and at == number[1] + 1:
        return None
    same = line.norm(at - 1) in {"نفس", "ذات"} or (rel is not None and rel.kind == "rel.same")
    base = scene.memory.day or "" if same else scene.shift("M", int(rel.value) if rel else 0)
    when = calendar.day(int(base[:4]), int(base[5:7]), number[0]) if base else None
    return Reading(when.isoformat(), rel.end if rel else unit.end) if when else None


def _is_a_day_of(line: Line, i: int) -> bool:
    """«8 مارس يوما للمرأة»: the day of any year."""
    return line.norm(i) in {"يوم", "يوما", "عيدا"} and not line.mark(i + 1, "weekday", "int", "day")


def _sharing(scene: Scene, i: int, number: tuple[int, int]) -> Reading | None:
    """A day whose month stands after a later day: «24 و25 آذار», «من 5 إلى 7 مايو»."""
    line = scene.line
    at = number[1]
    for _ in range(3):
        joined = line.skip(at, *JOINING)
        second = day_number(line, joined)
        has_letter = second and (mark := line.marks[joined][0]) and mark.proclitics == "و"
        if second is None or (joined == at and not has_letter):
            return None
        named = month(line, line.skip(second[1], "من"))
        if named is not None:
            found = tail(scene, named.end)
            value = day_value(scene, i, number[0], named, found)
            return Reading(value, number[1], explicit=found.year is not None) if value else None
        at = second[1]
    return None


def suffixed(scene: Scene, found: Reading) -> Found:
    """A day with what may follow it: «السبت مساء», «الأحد الساعة 19:51 ت غ»."""
    line = scene.line
    adverb = line.plain(found.end, "adverb")
    if adverb is not None and not line.mark(adverb.end, "weekday", "day", "yawm"):
        value = found.value + adverb.value if found.value else ""
        return Found(adverb.end, value, "TIME", explicit=found.explicit)
    at = line.skip(found.end, "،")
    time = hour(line, at) if line.mark(at, "clock.noun") else None
    if time is not None and not time.part:
        value = found.value + time.text() if found.value else ""
        return Found(time.end, value, "TIME", explicit=found.explicit)
    return Found(found.end, found.value, "DATE", explicit=found.explicit)


@rule(
    "day.date",
    "int",
    "figures",
    "ordinal",
    "ordinal.unit",
    "cardinal",
    "cardinal.the",
    "the",
    "month",
    "yawm",
    "yawm.pl",
    yes=(
        ("اعتقل في 5 مايو 2019", "5 مايو 2019", "2019-05-05"),
        ("في الثالث والعشرين من تموز/يوليو 2021", "الثالث والعشرين من تموز/يوليو 2021", "2021-07-23"),
        ("بتاريخ 12 جانفي 2020", "12 جانفي 2020", "2020-01-12"),
        ("في 20 كانون الثاني (يناير) الماضي", "20 كانون الثاني (يناير) الماضي", "2025-01-20"),
        ("المقرر عقدها في 7 تشرين الأول/أكتوبر", "7 تشرين الأول/أكتوبر", "2025-10-07"),
        ("بتاريخ 14/8/2024", "14/8/2024", "2024-08-14"),
        ("في 3 أغسطس من العام الماضي", "3 أغسطس من العام الماضي", "2024-08-03"),
        ("في 10 محرم 1446 هـ", "10 محرم 1446 هـ", "2024-07-16"),
        ("منذ هجمات 11 سبتمبر", "11 سبتمبر", "2001-09-11"),
        ("8 مارس من كل عام", "8 مارس من كل عام", "XXXX-03-08"),
    ),
    no=("قتل 5 جنود", "المرتبة الثالثة من حيث العدد", "بنسبة 12.5 في المئة"),
)
def _date(scene: Scene, i: int) -> Found | None:
    found = dated(scene, i)
    if found is None or scene.line.plain(i - 1, "cue.no.month"):  # «مدينة السادس من أكتوبر»
        return None
    if found.value.startswith("XXXX") and scene.today is not None:
        return Found(found.end, found.value, "SET")
    return suffixed(scene, found)
