"""Days: dates in every order, weekdays, «أمس» and its like, and their parts."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Final

import msgspec

from khabar.times import calendar
from khabar.times.landmarks import landmark
from khabar.times.line import Line, Mark
from khabar.times.rule import Found, rule
from khabar.times.rules.hours import hour
from khabar.times.rules.months import (
    Month,
    day_number,
    day_value,
    month,
    tail,
)
from khabar.times.scene import Scene

_FIGURES: Final = re.compile(r"(\d{1,4})([-./])(\d{1,2})\2(\d{2,4})")
_JOINING: Final = ("و", "-", "الي", "حتي", "او", "،")
_FRIDAY: Final = "5"


class Day(msgspec.Struct, frozen=True, gc=False):
    """A day as read.

    Attributes:
        value: TIMEX3 value, "" when it cannot be told.
        end: index after it.
        explicit: its year is written out.
    """

    value: str
    end: int
    explicit: bool = False


def day(scene: Scene, i: int) -> Day | None:
    """The day at a token, in whatever form."""
    return weekday(scene, i) or deictic(scene, i) or dated(scene, i)


def dated(scene: Scene, i: int) -> Day | None:
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


def _figures(mark: Mark) -> Day | None:
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
    return Day(when.isoformat(), mark.end, explicit=True) if when else None


def _month_first(scene: Scene, i: int) -> Day | None:
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
    return Day(day_value(scene, i, number[0], named, found), found.end, explicit=True)


def _of_month(scene: Scene, i: int, number: int, named: Month) -> Day | None:
    """A day whose month stands right after it."""
    found = tail(scene, named.end)
    value = ""
    if found.year is None and found.direction is None:
        if _is_a_day_of(scene.line, found.end):
            return Day(f"XXXX-{named.number:02d}-{number:02d}", found.end)
        value = landmark(scene.line, i, named.number, number, scene.today)
    value = value or day_value(scene, i, number, named, found)
    return Day(value, found.end, explicit=found.year is not None) if value else None


def _of_this_month(scene: Scene, number: tuple[int, int]) -> Day | None:
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
    return Day(when.isoformat(), rel.end if rel else unit.end) if when else None


def _is_a_day_of(line: Line, i: int) -> bool:
    """«8 مارس يوما للمرأة»: the day of any year."""
    return line.norm(i) in {"يوم", "يوما", "عيدا"} and not line.mark(i + 1, "weekday", "int", "day")


def _sharing(scene: Scene, i: int, number: tuple[int, int]) -> Day | None:
    """A day whose month stands after a later day: «24 و25 آذار», «من 5 إلى 7 مايو»."""
    line = scene.line
    at = number[1]
    for _ in range(3):
        joined = line.skip(at, *_JOINING)
        second = day_number(line, joined)
        has_letter = second and (mark := line.marks[joined][0]) and mark.proclitics == "و"
        if second is None or (joined == at and not has_letter):
            return None
        named = month(line, line.skip(second[1], "من"))
        if named is not None:
            found = tail(scene, named.end)
            value = day_value(scene, i, number[0], named, found)
            return Day(value, number[1], explicit=found.year is not None) if value else None
        at = second[1]
    return None


def weekday(scene: Scene, i: int) -> Day | None:
    """«(يوم) الأربعاء (الماضي)», with a date after it if there is one."""
    line = scene.line
    noun = line.mark(i, "yawm", "yawm.pl")
    named = line.plain(i + 1, "weekday") if noun else line.mark(i, "weekday")
    if named is None or line.mark(i - 1, "cue.no.weekday"):
        return None
    number = int(named.value)
    end, direction = _direction(line, named)
    of_week = _of_week(scene, end, number)
    if of_week is not None:
        return of_week
    value = _after_other(scene, i, named) or scene.weekday(i, number, direction)
    exact = _with_date(scene, end, number)
    return exact or Day(value, end)


def _after_other(scene: Scene, i: int, named: Mark) -> str:
    """«يومي الاثنين والثلاثاء»: the second is the first such day after the first."""
    other = scene.line.mark(i - 1, "weekday")
    memory = scene.memory
    if other is None or named.proclitics != "و" or not memory.day or memory.day_sentence != scene.index:
        return ""
    first = date.fromisoformat(memory.day)
    if first.isoweekday() != int(other.value):
        return ""
    return calendar.weekday(first, int(named.value), 1).isoformat()


def _direction(line: Line, named: Mark) -> tuple[int, int | None]:
    """The index after «الماضي» and its like, and what it says."""
    rel = line.plain(named.end, "rel", "rel.dual", "rel.recent")
    if rel is not None:
        return rel.end, int(rel.value)
    count = line.plain(named.end, "ordinal")
    if count is not None and named.value == _FRIDAY and line.norm(named.end).startswith("ال"):
        return count.end, None  # «الجمعة السابعة»: the day is feminine, so the ordinal is its own
    other = line.mark(named.end, "weekday")
    if other is not None and other.proclitics == "و" and (rel := line.plain(other.end, "rel.dual")):
        return named.end, int(rel.value)
    return named.end, None


def _of_week(scene: Scene, i: int, number: int) -> Day | None:
    """«(الأربعاء) من الأسبوع المقبل»."""
    line = scene.line
    at = line.skip(i, "من")
    this = line.plain(at, "dem")
    unit = line.plain(at + 1 if this else at, "unit.the")
    if unit is None or unit.value != "W" or scene.today is None:
        return None
    rel = line.plain(unit.end, "rel")
    if rel is None and not this:
        return None
    monday = scene.today - timedelta(days=scene.today.isoweekday() - 1)
    when = monday + timedelta(days=7 * (int(rel.value) if rel else 0) + number - 1)
    return Day(when.isoformat(), rel.end if rel else unit.end)


def _with_date(scene: Scene, i: int, number: int) -> Day | None:
    """The date after a weekday, when it is of that weekday or stands close to it."""
    line = scene.line
    at = line.skip(line.skip(i, "،"), "الموافق", "المصادف", "(")
    exact = dated(scene, at)
    if exact is None or not exact.value:
        return None
    agrees = exact.value[:4].isdigit() and date.fromisoformat(exact.value[:10]).isoweekday() == number
    if not agrees and line.norm(i) == "،":
        return None
    closed = line.skip(exact.end, ")") if line.norm(at - 1) == "(" else exact.end
    return Day(exact.value, closed, exact.explicit)


def deictic(scene: Scene, i: int) -> Day | None:
    """«اليوم (الأربعاء)», «(يوم) أمس», «بعد غد»."""
    line = scene.line
    noun = line.mark(i, "yawm")
    named = line.plain(i + 1, "day") if noun else line.mark(i, "day")
    if named is None or line.mark(i - 1, "cue.medium"):
        return None
    if next_day := _next_day(scene, i, named):
        return next_day
    if same := line.plain(named.end, "rel.same"):
        return Day("PAST_REF", same.end)
    if named.value == "0" and _no_today(line, i, named.end):
        return None
    if named.value == "0" and _nowadays(line, i):
        return Day("PRESENT_REF", named.end)
    by = int(named.value)
    at = line.skip(named.end, "،", "(")
    other = weekday(scene, at) if line.plain(at, "weekday") else None
    if other is not None:
        return _named_twice(scene, by, line.plain(at, "weekday"), other, closing=line.norm(at - 1) == "(")
    exact = dated(scene, line.skip(at, "في"))
    if exact is not None and exact.value:
        return Day(exact.value, named.end) if line.norm(at) == "في" else exact
    now = scene.now(i)
    return Day(calendar.shift(now, "D", by) if now else "", named.end)


def _named_twice(scene: Scene, by: int, named: Mark | None, other: Day, *, closing: bool) -> Day:
    """«اليوم الأربعاء»: the weekday tells when publication in UTC fell on another day than in the newsroom."""
    end = scene.line.skip(other.end, ")") if closing else other.end
    if scene.today is None or named is None or other.explicit:
        return Day(other.value, end, other.explicit)
    expected = scene.today + timedelta(days=by)
    off = (int(named.value) - expected.isoweekday() + 3) % 7 - 3
    return Day((expected + timedelta(days=off)).isoformat(), end)


def _next_day(scene: Scene, i: int, named: Mark) -> Day | None:
    """«في اليوم التالي»: the day after the last one named, when that is near."""
    if named.value != "0" or scene.line.norm(named.end) not in {"التالي", "الموالي"}:
        return None
    memory = scene.memory
    if memory.day is None or scene.index - memory.day_sentence > 1:
        return None
    return Day((date.fromisoformat(memory.day) + timedelta(days=1)).isoformat(), named.end + 1)


def _nowadays(line: Line, i: int) -> bool:
    """«حتى اليوم», «ما هي عليه اليوم», «عالم اليوم»: these days, unless a weekday or date says more."""
    return line.norm(i) == "اليوم" and bool(line.mark(i - 1, "cue.nowadays")) and not line.mark(i + 1, "weekday", "int")


def _no_today(line: Line, i: int, end: int) -> bool:
    """Whether «اليوم» is no «today»: «ذلك اليوم», «اليوم الأول», «اليوم العالمي», «قناة روسيا اليوم»."""
    if line.mark(i - 1, "dem.far", "per.day") or (line.mark(i - 1, "dem") and not line.mark(i - 2, "part")):
        return True
    if line.mark(end, "cue.not.today") or (line.plain(end, "ordinal") and not line.mark(end, "weekday")):
        return True
    quoted = line.norm(end) in {'"', "»"} and line.norm(i - 2) in {'"', "«"}
    return bool(line.mark(i - 1, "cue.outlet") and (quoted or line.mark(i - 2, "cue.medium")))


def suffixed(scene: Scene, found: Day) -> Found:
    """A day with the part of day or the clock time that may follow it: «السبت مساء», «الأحد الساعة 19:51 ت غ»."""
    line = scene.line
    adverb = line.plain(found.end, "adverb")
    if adverb is not None and not line.mark(adverb.end, "weekday", "day", "yawm"):
        value = found.value + adverb.value if found.value else ""
        return Found(adverb.end, value, "TIME", explicit=found.explicit)
    at = line.skip(line.skip(found.end, "،"), "عند", "في")
    time = hour(line, at) if line.mark(at, "clock.noun") else None
    if time is not None and not time.part:
        value = found.value + time.text() if found.value else ""
        return Found(time.end, value, "TIME", explicit=found.explicit)
    return Found(found.end, found.value, "DATE", explicit=found.explicit)


@rule(
    "day.weekday",
    "weekday",
    "yawm",
    "yawm.pl",
    yes=(
        ("وصل الوفد إلى عمان الثلاثاء", "الثلاثاء", "2025-09-02"),
        ("اجتمع الوزراء يوم الاثنين الماضي", "يوم الاثنين الماضي", "2025-09-01"),
        ("ستعقد الجلسة الجمعة", "الجمعة", "2025-09-05"),
        ("يلتقيان الأحد المقبل في تونس", "الأحد المقبل", "2025-09-07"),
        ("غادر السبت مساء", "السبت مساء", "2025-08-30TEV"),
        ("الخميس من الأسبوع المقبل", "الخميس من الأسبوع المقبل", "2025-09-11"),
        ("يوم الجمعة 29 آب/أغسطس", "يوم الجمعة 29 آب/أغسطس", "2025-08-29"),
    ),
    no=("أدى آلاف صلاة الجمعة في المسجد",),
)
def _weekday(scene: Scene, i: int) -> Found | None:
    found = weekday(scene, i)
    return suffixed(scene, found) if found else None


@rule(
    "day.deictic",
    "day",
    "yawm",
    yes=(
        ("أعلن الوزير اليوم الأربعاء", "اليوم الأربعاء", "2025-09-03"),
        ("التقى نظيره أمس", "أمس", "2025-09-02"),
        ("وقع الهجوم أول أمس", "أول أمس", "2025-09-01"),
        ("تنطلق المحادثات غدا الخميس", "غدا الخميس", "2025-09-04"),
        ("يصل بعد غد", "بعد غد", "2025-09-05"),
    ),
    no=("كان ذلك اليوم عيدا", "في اليوم الثاني من الزيارة", 'قالت قناة "روسيا اليوم"'),
)
def _deictic(scene: Scene, i: int) -> Found | None:
    found = deictic(scene, i)
    return suffixed(scene, found) if found else None


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
    if found is None:
        return None
    if found.value.startswith("XXXX") and scene.today is not None:
        return Found(found.end, found.value, "SET")
    return suffixed(scene, found)


@rule(
    "day.part",
    "part",
    "lead",
    "adverb",
    yes=(
        ("أعلن مساء الثلاثاء", "مساء الثلاثاء", "2025-09-02TEV"),
        ("قصفت المدينة فجر اليوم", "فجر اليوم", "2025-09-03TMO"),
        ("اجتمعوا ظهر أمس", "ظهر أمس", "2025-09-02T12:00"),
        ("بعد ظهر الاثنين", "بعد ظهر الاثنين", "2025-09-01TAF"),
        ("في الساعات الأولى من صباح الأحد", "الساعات الأولى من صباح الأحد", "2025-08-31TMO"),
        ("ليل السبت الأحد", "ليل السبت الأحد", "2025-08-30TNI"),
        ("في وقت متأخر من ليل الاثنين", "وقت متأخر من ليل الاثنين", "2025-09-01TNI"),
    ),
    no=("فجر انتحاري نفسه", "ظهر الرئيس في تسجيل"),
)
def _part(scene: Scene, i: int) -> Found | None:
    line = scene.line
    lead = line.mark(i, "lead")
    at = line.skip(lead.end, "من") if lead else i
    part = line.plain(at, "part") if lead else line.mark(at, "part")
    at = part.end if part else at
    if line.plain(at, "dem") and line.plain(at + 1, "weekday", "day"):
        at += 1  # «صباح هذا اليوم»
    elif lead and line.norm(at) == "،" and line.plain(at + 1, "weekday"):
        at += 1
    found = day(scene, at)
    if found is None or (at < line.size and _is_count(line, at)):
        return None
    value = part.value if part else lead.value if lead else ""
    end = _night_end(scene, found) if value == "TNI" else found.end
    return Found(end, found.value + value if found.value else "", "TIME" if value else "DATE", explicit=found.explicit)


def _is_count(line: Line, i: int) -> bool:
    """Whether a date would begin with a bare number word that counts something else."""
    mark = line.mark(i, "cardinal")
    return mark is not None and bool(mark.proclitics)


def _night_end(scene: Scene, found: Day) -> int:
    """The end of «ليل السبت الأحد», «ليل 6-7 نيسان»: the night is named by both its days."""
    line = scene.line
    at = line.skip(found.end, "-", "/", "الي", "علي")
    second = day(scene, at) if line.plain(at, "weekday", "int", "ordinal") else None
    return second.end if second else found.end


@rule(
    "day.night",
    "day.part",
    yes=(
        ("قصفت الليلة الماضية", "الليلة الماضية", "2025-09-02TNI"),
        ("يصل الليلة إلى بغداد", "الليلة", "2025-09-03TNI"),
    ),
)
def _night(scene: Scene, i: int) -> Found | None:
    mark = scene.line.mark(i, "day.part")
    if mark is None or scene.line.plain(mark.end, "ordinal", "rel.recent"):
        return None
    by, part = mark.value.split("T", 1)
    when = scene.shift("D", int(by))
    return Found(mark.end, f"{when}T{part}" if when else "", "TIME")


@rule(
    "day.part-alone",
    "part.alone",
    "part",
    "adverb",
    yes=(
        ("سمع دوي انفجارات خلال الليل", "الليل", "2025-09-02TNI"),
        ("وقع الحادث في ساعات الصباح الباكر", "ساعات الصباح الباكر", "2025-09-03TMO"),
        ("أعلن الجيش الثلاثاء أنه اعتقل ثلاثة أشخاص ليلا", "ليلا", "2025-09-02TNI"),
    ),
    no=("يعملون ليلا ونهارا", "ظلام الليل"),
)
def _part_alone(scene: Scene, i: int) -> Found | None:
    line = scene.line
    mark = line.mark(i, "part.alone", "part", "adverb")
    if mark is None or mark.proclitics or scene.today is None:
        return None
    if mark.kind == "part" and not (
        line.norm(i).startswith("ال") and mark.end == i + 1 and line.mark(i - 1, "span", "whole")
    ):
        return None
    if mark.kind == "adverb" and (mark.value == "TEV" or line.norm(mark.end) == "ونهارا"):
        return None  # «مساء» alone is the noun as often
    here = scene.memory.day_sentence == scene.index
    if mark.value == "TNI" and mark.kind != "adverb" and not here:
        return Found(mark.end, f"{scene.shift('D', -1)}TNI", "TIME")
    day_value_ = scene.anchor(2) if mark.kind == "adverb" or here else scene.today.isoformat()
    return Found(mark.end, day_value_ + mark.value, "TIME")

