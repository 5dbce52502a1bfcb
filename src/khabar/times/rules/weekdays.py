"""Weekdays, «أمس» and its like, with the date that may follow them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from khabar.times import calendar
from khabar.times.line import Line, Mark
from khabar.times.numerals import year
from khabar.times.rule import Found, Reading, rule
from khabar.times.rules.dates import dated, suffixed
from khabar.times.scene import Scene

_FRIDAY: Final = "5"


def day(scene: Scene, i: int) -> Reading | None:
    """The day at a token, in whatever form."""
    return weekday(scene, i) or deictic(scene, i) or dated(scene, i)


def weekday(scene: Scene, i: int) -> Reading | None:
    """«(يوم) الأربعاء (الماضي)», with a date after it if there is one."""
    line = scene.line
    noun = line.mark(i, "yawm", "yawm.pl")
    named = line.plain(i + 1, "weekday") if noun else line.mark(i, "weekday")
    if named is None or line.mark(i - 1, "cue.no.weekday"):
        return None
    if noun is not None and noun.kind == "yawm.pl" and not line.mark(named.end, "weekday"):
        return None  # «أيام الجمعة» is a set
    number = int(named.value)
    end, direction = _direction(line, named)
    of_week = _of_week(scene, end, number)
    if of_week is not None:
        return of_week
    value = _after_other(scene, i, named) or scene.weekday(i, number, direction)
    exact = _with_date(scene, end, number)
    return exact or Reading(value, end)


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


def _of_week(scene: Scene, i: int, number: int) -> Reading | None:
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
    return Reading(when.isoformat(), rel.end if rel else unit.end)


def _with_date(scene: Scene, i: int, number: int) -> Reading | None:
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
    return Reading(exact.value, closed, exact.explicit)


def deictic(scene: Scene, i: int) -> Reading | None:
    """«اليوم (الأربعاء)», «(يوم) أمس», «بعد غد»."""
    line = scene.line
    noun = line.mark(i, "yawm")
    named = line.plain(i + 1, "day") if noun else line.mark(i, "day")
    if named is None or line.mark(i - 1, "cue.medium"):
        return None
    if next_day := _next_day(scene, i, named):
        return next_day
    if same := line.plain(named.end, "rel.same"):
        near = scene.index - scene.memory.day_sentence <= 1
        return Reading((scene.memory.day if near else None) or "PAST_REF", same.end)
    if named.value == "0" and _no_today(line, i, named.end):
        return None
    if named.value == "0" and _nowadays(line, i):
        return Reading("PRESENT_REF", named.end)
    by = int(named.value)
    at = line.skip(named.end, "،", "(")
    other = weekday(scene, at) if line.plain(at, "weekday") else None
    if other is not None:
        return _named_twice(scene, by, line.plain(at, "weekday"), other, closing=line.norm(at - 1) == "(")
    exact = dated(scene, line.skip(at, "في"))
    if exact is not None and exact.value:
        return Reading(exact.value, named.end) if line.norm(at) == "في" else exact
    now = scene.now(i)
    return Reading(calendar.shift(now, "D", by) if now else "", named.end)


def _named_twice(scene: Scene, by: int, named: Mark | None, other: Reading, *, closing: bool) -> Reading:
    """«اليوم الأربعاء»: the weekday tells when the newsroom's day was not that of publication in UTC."""
    end = scene.line.skip(other.end, ")") if closing else other.end
    if scene.today is None or named is None or other.explicit:
        return Reading(other.value, end, other.explicit)
    expected = scene.today + timedelta(days=by)
    off = (int(named.value) - expected.isoweekday() + 3) % 7 - 3
    return Reading((expected + timedelta(days=off)).isoformat(), end)


def _next_day(scene: Scene, i: int, named: Mark) -> Reading | None:
    """«في اليوم التالي», «اليوم السابق»: the day beside the last one named, when that is near."""
    beside = scene.line.plain(named.end, "day.beside")
    if named.value != "0" or beside is None:
        return None
    memory = scene.memory
    if memory.day is None or scene.index - memory.day_sentence > 1:
        return None
    return Reading(
        (date.fromisoformat(memory.day) + timedelta(days=int(beside.value))).isoformat(), beside.end
    )


def _nowadays(line: Line, i: int) -> bool:
    """«حتى اليوم», «ما هي عليه اليوم», «عالم اليوم»: these days, unless a weekday or date says more."""
    return (
        line.norm(i) == "اليوم"
        and bool(line.mark(i - 1, "cue.nowadays"))
        and not line.mark(i + 1, "weekday", "int")
    )


def _no_today(line: Line, i: int, end: int) -> bool:
    """Whether «اليوم» is no «today»: «ذلك اليوم», «اليوم الأول», «اليوم العالمي», «قناة روسيا اليوم»."""
    if line.mark(i - 1, "dem.far", "per.day") or (line.mark(i - 1, "dem") and not line.mark(i - 2, "part")):
        return True
    if line.mark(end, "cue.not.today") or (line.plain(end, "ordinal") and not line.mark(end, "weekday")):
        return True
    quoted = line.norm(end) in {'"', "»"} and line.norm(i - 2) in {'"', "«"}
    return bool(line.mark(i - 1, "cue.outlet") and (quoted or line.mark(i - 2, "cue.medium")))


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
    "day.same",
    "same",
    yes=(
        ("في نفس اليوم من عام 1995", "نفس اليوم من عام 1995", "1995-09-03"),
        ("في مثل هذا اليوم من العام 1988", "مثل هذا اليوم من العام 1988", "1988-09-03"),
        ("في مثل هذا اليوم ولد الشاعر", "مثل هذا اليوم", "XXXX-09-03"),
    ),
    no=("مثل هذا القرار", "نفس الشخص"),
)
def _same_day(scene: Scene, i: int) -> Found | None:
    """The day of publication in another year, or the day named last."""
    line = scene.line
    at = i + 1 if line.plain(i, "same") else i
    this = line.plain(at, "dem")
    named = line.plain(at + 1 if this else at, "day")
    if named is None or named.value != "0" or scene.today is None:
        return None
    here = scene.today.isoformat()[4:]
    noun = line.mark(named.end + 1, "year.noun") if line.norm(named.end) == "من" else None
    told = year(line, noun.end) if noun else None
    if told is not None:
        return Found(told[1], f"{told[0]:04d}{here}", explicit=True)
    if this is not None:
        return Found(named.end, f"XXXX{here}", "SET")
    return Found(named.end, scene.memory.day or "PAST_REF")
