"""«نهاية العام», «في وقت سابق من الشهر», weekends, «الأيام المقبلة»: what leans on a period."""

from __future__ import annotations

from khabar.times import calendar
from khabar.times.line import Mark
from khabar.times.numerals import cardinal, year
from khabar.times.rule import Found, Reading, rule
from khabar.times.rules.eras import decade, season
from khabar.times.rules.periods import month_period, relative, year_period
from khabar.times.rules.years import YEARS
from khabar.times.scene import Scene


def period(scene: Scene, i: int, *, inner: bool = False) -> Reading | None:
    """The period at a token.

    Args:
        scene: the scene.
        i: the token.
        inner: something before it («نهاية», «في وقت سابق من») lets «العام» alone mean this year.
    """
    return (
        month_period(scene, i, supported=inner)
        or year_period(scene, i)
        or relative(scene, i, alone=inner)
        or decade(scene, i)
        or season(scene, i, alone=inner)
    )


@rule(
    "period.edge",
    "edge",
    yes=(
        ("في نهاية العام الماضي", "نهاية العام الماضي", "2024"),
        ("مطلع الشهر الجاري", "مطلع الشهر الجاري", "2025-09"),
        ("بنهاية العام", "نهاية العام", "2025"),
        ("منذ أواخر 2014", "أواخر 2014", "2014"),
        ("في منتصف التسعينيات", "منتصف التسعينيات", "199"),
        ("بحلول نهاية اليوم", "نهاية اليوم", "2025-09-03"),
        ("أوائل عام ألفين وعشرة", "أوائل عام ألفين وعشرة", "2010"),
    ),
    no=("في نهاية المطاف", "نهاية الحرب"),
)
def _edge(scene: Scene, i: int) -> Found | None:
    line = scene.line
    mark = line.mark(i, "edge")
    if mark is None:
        return None
    at = line.skip(mark.end, "شهر") if not line.mark(mark.end, "month.noun") else mark.end
    found = period(scene, at, inner=True)
    if found is not None:
        return Found(found.end, found.value, explicit=found.explicit)
    bare = year(line, at)
    if bare is not None and bare[0] in YEARS:
        return Found(bare[1], f"{bare[0]:04d}", explicit=True)
    today = line.plain(at, "day")
    if today is not None and today.value == "0":
        return Found(today.end, scene.shift("D", 0))
    return None


@rule(
    "period.loose",
    "lead.loose",
    yes=(
        ("في وقت سابق من هذا الشهر", "وقت سابق من هذا الشهر", "2025-09"),
        ("في وقت لاحق اليوم", "وقت لاحق اليوم", "2025-09-03"),
        ("في وقت لاحق من العام", "وقت لاحق من العام", "2025"),
    ),
    no=("أكد ذلك في وقت لاحق",),
)
def _loose(scene: Scene, i: int) -> Found | None:
    line = scene.line
    mark = line.mark(i, "lead.loose")
    if mark is None:
        return None
    at = line.skip(mark.end, "من")
    found = period(scene, at, inner=at > mark.end)
    if found is not None:
        return Found(found.end, found.value, explicit=found.explicit)
    today = line.plain(at + 1 if line.plain(at, "dem") else at, "day")
    if today is not None:
        return Found(today.end, scene.shift("D", int(today.value)))
    if at == mark.end and line.mark(at, "weekday", "part"):
        # «في وقت سابق الخميس»: the day alone is the expression
        return Found(mark.end, "")
    if mark.id == "lead.later" and scene.outlook(i) == 2:
        return Found(mark.end, "FUTURE_REF")
    return None


@rule(
    "period.weekend",
    "weekend",
    yes=(
        ("خلال عطلة نهاية الأسبوع", "عطلة نهاية الأسبوع", "2025-W36-WE"),
        ("في نهاية الأسبوع الماضي", "نهاية الأسبوع الماضي", "2025-W35-WE"),
    ),
)
def _weekend(scene: Scene, i: int) -> Found | None:
    line = scene.line
    mark = line.mark(i, "weekend")
    if mark is None:
        return None
    rel = line.plain(mark.end, "rel")
    value = scene.shift("W", int(rel.value) if rel else 0)
    return Found(rel.end if rel else mark.end, f"{value}-WE" if value else "")


@rule(
    "period.plural",
    "unit.the.pl",
    "unit.the.du",
    yes=(
        ("خلال الأيام المقبلة", "الأيام المقبلة", "FUTURE_REF"),
        ("في الأيام الماضية", "الأيام الماضية", "PAST_REF"),
        ("خلال اليومين الماضيين", "اليومين الماضيين", "P2D"),
        ("في الأسابيع الستة الماضية", "الأسابيع الستة الماضية", "P6W"),
        ("خلال السنوات الأخيرة", "السنوات الأخيرة", "PXY"),
        ("خلال الأسابيع والأشهر المقبلة", "الأسابيع والأشهر المقبلة", "FUTURE_REF"),
        ("الساعات الأربع والعشرين الماضية", "الساعات الأربع والعشرين الماضية", "PT24H"),
    ),
    no=("دول الأشهر الحرم",),
)
def _plural(scene: Scene, i: int) -> Found | None:
    line = scene.line
    unit = line.mark(i, "unit.the.pl", "unit.the.du")
    if unit is None:
        return None
    if unit.kind == "unit.the.du":
        rel = line.plain(unit.end, "rel.dual", "rel")
        if rel is None and line.norm(unit.end).startswith(("اللذ", "اللت")):
            return Found(unit.end, calendar.duration(2, unit.value), "DURATION")
        return Found(rel.end, calendar.duration(2, unit.value), "DURATION") if rel else None
    number = cardinal(line, unit.end)
    few = line.plain(unit.end, "few")
    at = number[1] if number else few.end if few else unit.end
    other = line.mark(at, "unit.the.pl")
    if other is not None and other.proclitics == "و":
        at = other.end
    rel = line.plain(at, "rel", "rel.recent")
    if rel is None and line.norm(i - 1) in {"مدي", "مدار", "مر"}:
        return Found(at, calendar.duration(None, unit.value), "DURATION")
    if rel is None:
        return (
            Found(at, calendar.duration(number[0], unit.value), "DURATION")
            if number and number[0] > 1
            else None
        )
    if number is not None:
        return Found(rel.end, calendar.duration(number[0], unit.value), "DURATION")
    return Found(rel.end, _vague(unit, rel, few=few is not None), "DATE")


def _vague(unit: Mark, rel: Mark, *, few: bool) -> str:
    """«السنوات الماضية» PAST_REF, «الأيام المقبلة» FUTURE_REF; «الأسابيع الأخيرة» an amount."""
    if rel.kind == "rel" and rel.value == "1":
        return "FUTURE_REF"
    if rel.kind == "rel" and rel.value == "0":
        return "PRESENT_REF"
    if rel.kind == "rel" and not few and unit.value not in {"M", "W"}:
        return "PAST_REF"
    return calendar.duration(None, unit.value)
