"""Weeks, months, seasons, quarters, years, decades, centuries."""

from __future__ import annotations

from typing import Final

import msgspec

from khabar.times import calendar
from khabar.times.landmarks import landmark
from khabar.times.line import Line, Mark
from khabar.times.numerals import cardinal, ordinal, year
from khabar.times.rule import Found, rule
from khabar.times.rules.months import Tail, is_every, month, month_value, tail
from khabar.times.scene import Scene

_YEARS: Final = range(1800, 2061)
"""Figures that may be a year without «عام» before them."""
_JOINING: Final = ("و", "-", "الي", "حتي", "او", "،")


class Period(msgspec.Struct, frozen=True, gc=False):
    """A period as read.

    Attributes:
        value: TIMEX3 value, "" when it cannot be told.
        end: index after it.
        explicit: its year is written out.
    """

    value: str
    end: int
    explicit: bool = False


def period(scene: Scene, i: int, *, inner: bool = False) -> Period | None:
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


def month_period(scene: Scene, i: int, *, supported: bool = False) -> Period | None:
    """«يونيو/حزيران الماضي», «شهر مايو», «مارس 2017»."""
    line = scene.line
    named = month(line, i)
    if named is None or line.mark(i - 1, "cue.no.month"):
        return None
    found = tail(scene, named.end)
    if named.weak and found.year is None and found.direction is None:
        led = supported or line.mark(i - 1, "prep") or line.marks[i][0].proclitics
        if named.weak > 1 or not led:
            return None
    if found.year is None and found.direction is None and not named.hijri:
        found = _shared(scene, named.end) or found
        if landmark(line, i, named.number, 0, scene.today):
            return Period("", found.end)  # «حرب أكتوبر» is a name
    if supported and found.direction == -1 and scene.today and named.number == scene.today.month:
        found = Tail(found.end, None, 0)  # «مطلع فبراير الماضي», said at its end
    value = month_value(scene, i, named, found)
    return Period(value, found.end, explicit=found.year is not None and not is_every(found))


def _shared(scene: Scene, end: int) -> Tail | None:
    """The year or dual qualifier of a second month right after: «يناير وفبراير 2018», «... الماضيين»."""
    line = scene.line
    at = line.skip(end, *_JOINING)
    other = month(line, at)
    if other is None:
        return None
    found = tail(scene, other.end)
    dual = line.plain(other.end, "rel.dual")
    if found.year is None and dual is None:
        return None
    return Tail(end, found.year, int(dual.value) if dual else None)


def year_period(scene: Scene, i: int) -> Period | None:
    """«عام 2015», «العام الهجري 1446», «عامي 2011 و2013» (the first)."""
    line = scene.line
    noun = line.mark(i, "year.noun")
    if noun is None:
        return None
    found = year(line, noun.end)
    if found is None:
        return None
    if noun.value == "3":
        return None  # «أعوام 1994 و1998»: the figures alone
    end = line.skip(found[1], "م", "ه", "ميلاديه", "هجريه", "ميلادي", "هجري")
    if found[0] in calendar.HIJRI_YEARS and line.norm(end - 1) in {"ه", "هجريه", "هجري"}:
        when = calendar.from_hijri(found[0], 1, 1)
        return Period(f"{when.year}", end, explicit=True) if when else None
    return Period(f"{found[0]:04d}", end, explicit=True)


def relative(scene: Scene, i: int, *, alone: bool = False) -> Period | None:
    """«الشهر الماضي», «هذا العام», «العام نفسه», and after «نهاية» «العام» alone."""
    line = scene.line
    this = line.mark(i, "dem", "dem.far")
    unit = line.plain(i + 1, "unit.the") if this else line.mark(i, "unit.the")
    if unit is None or unit.value.startswith("T"):
        return None
    if this is not None:
        apart = this.kind == "dem.far" and line.plain(unit.end, "rel")  # «أعلن ذلك العام الماضي»
        return None if apart else _of_this(scene, this, unit)
    fiscal = line.plain(unit.end, "fiscal")
    rel = line.plain(fiscal.end if fiscal else unit.end, "rel", "rel.same")
    if rel is not None and rel.kind == "rel.same":
        return Period(_same(scene, unit), rel.end)
    if rel is not None:
        return Period(scene.shift(unit.value, int(rel.value)), rel.end)
    if alone and (unit.value in {"Y", "M", "W"}):
        return Period(_this_year(scene, unit), unit.end)
    return None


def _of_this(scene: Scene, this: Mark, unit: Mark) -> Period:
    """«هذا العام»; «ذلك العام» is the one last written out."""
    if this.kind == "dem":
        rel = scene.line.plain(unit.end, "rel")
        return Period(scene.shift(unit.value, 0), rel.end if rel else unit.end)
    return Period(_same(scene, unit), unit.end)


def _same(scene: Scene, unit: Mark) -> str:
    if unit.value == "Y" and scene.memory.year is not None:
        return f"{scene.memory.year:04d}"
    return "PAST_REF"


def _this_year(scene: Scene, unit: Mark) -> str:
    """«نهاية العام»: of a year written out in the same sentence, else of the present one."""
    if unit.value == "Y" and scene.memory.year is not None and scene.memory.year_sentence == scene.index:
        return f"{scene.memory.year:04d}"
    return scene.shift(unit.value, 0)


def decade(scene: Scene, i: int) -> Period | None:
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
            return Period(found.value, named.end) if found else None
    if century is not None and century.value == "CE":
        return _century(scene, century, named.value if named else "")
    if named is None or line.mark(named.end, "age.after"):
        return None
    # without its century, a decade below the fifties is an age («في منتصف الثلاثينات»)
    definite = "ال" in line.norm(i)
    dated = named.value >= "5" or line.norm(i - 1) in {"منذ", "خلال"}
    return Period("19" + named.value, named.end) if definite and dated else None


def _century(scene: Scene, noun: Mark, figure: str) -> Period | None:
    """«القرن الماضي», «القرن العشرين», with the figure of a decade of it or ""."""
    rel = scene.line.plain(noun.end, "rel")
    if rel is not None:
        hundreds = scene.shift("CE", int(rel.value)) or "19"
        return Period(hundreds + figure, rel.end)
    line = scene.line
    number = cardinal(line, noun.end) if line.mark(noun.end, "the") else ordinal(line, noun.end)
    if number is None or number[0] < 2:
        return None
    return Period(f"{number[0] - 1:02d}{figure}", number[1])


def season(scene: Scene, i: int, *, alone: bool = False) -> Period | None:
    """«الصيف الماضي», «خريف هذا العام», «الربع الثالث من 2024»."""
    line = scene.line
    this = line.mark(i, "dem")
    named = line.plain(i + 1, "season") if this else line.mark(i, "season", "quarter")
    if named is None:
        return None
    if this is not None:
        return Period(_with_year(scene.shift("Y", 0), named.value), named.end)
    found = tail(scene, named.end)
    if is_every(found):
        return Period(f"XXXX-{named.value}", found.end)
    if found.year is not None:
        return Period(_with_year(f"{found.year:04d}", named.value), found.end, explicit=True)
    if found.direction is not None:
        return Period(_nearest_season(scene, named, found.direction), found.end)
    of_year = relative(scene, line.skip(named.end, "من"), alone=named.kind == "quarter")
    if of_year is not None and len(of_year.value) == 4:
        return Period(_with_year(of_year.value, named.value), of_year.end)
    bare = year(line, line.skip(named.end, "من"))
    if bare is not None:
        return Period(_with_year(f"{bare[0]:04d}", named.value), bare[1], explicit=True)
    return Period(_with_year(scene.shift("Y", 0), named.value), named.end) if alone else None


def _with_year(year_value: str, part: str) -> str:
    return f"{year_value}-{part}" if year_value else ""


_SEASON_MONTH: Final = {"SP": 3, "SU": 6, "FA": 9, "WI": 12, "Q1": 1, "Q2": 4, "Q3": 7, "Q4": 10, "H1": 1, "H2": 7}
"""The month in which a season, quarter or half of a year begins."""


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
    "period.month",
    "month",
    "month.noun",
    yes=(
        ("في مايو/أيار الماضي", "مايو/أيار الماضي", "2025-05"),
        ("منذ شهر نوفمبر", "شهر نوفمبر", "2024-11"),
        ("في تشرين الأول/أكتوبر 2019", "تشرين الأول/أكتوبر 2019", "2019-10"),
        ("بحلول جانفي المقبل", "جانفي المقبل", "2026-01"),
        ("في يونيو/حزيران من العام الماضي", "يونيو/حزيران من العام الماضي", "2024-06"),
        ("في أكتوبر من كل عام", "أكتوبر من كل عام", "XXXX-10"),
    ),
    no=("مارس الرئيس ضغوطا", "قالت تيريزا ماي", "التقى أب الضحية"),
)
def _month(scene: Scene, i: int) -> Found | None:
    found = month_period(scene, i)
    if found is None:
        return None
    every = found.value.startswith("XXXX") and scene.today is not None
    return Found(found.end, found.value, "SET" if every else "DATE", explicit=found.explicit)


@rule(
    "period.relative",
    "unit.the",
    "dem",
    "dem.far",
    yes=(
        ("زار القاهرة الشهر الماضي", "الشهر الماضي", "2025-08"),
        ("منذ بدء هذا العام", "هذا العام", "2025"),
        ("ستبدأ الأسبوع المقبل", "الأسبوع المقبل", "2025-W37"),
        ("خلال العام الجاري", "العام الجاري", "2025"),
        ("السنة الفائتة", "السنة الفائتة", "2024"),
        ("خلال القرن الماضي", "القرن الماضي", "19"),
        ("في القرن التاسع عشر", "القرن التاسع عشر", "18"),
    ),
    no=("الأمين العام للأمم المتحدة", "هذا القرار"),
)
def _relative(scene: Scene, i: int) -> Found | None:
    found = relative(scene, i) or decade(scene, i)
    return Found(found.end, found.value, explicit=found.explicit) if found else None


@rule(
    "period.year",
    "year.noun",
    yes=(
        ("منذ عام 2011", "عام 2011", "2011"),
        ("خلال العام 2014", "العام 2014", "2014"),
        ("لعام 2015", "عام 2015", "2015"),
        ("سنة ألفين وثلاثة", "سنة ألفين وثلاثة", "2003"),
        ("في عام 1442 هـ", "عام 1442 هـ", "2020"),
    ),
    no=("بشكل عام", "عام على الحرب"),
)
def _year(scene: Scene, i: int) -> Found | None:
    found = year_period(scene, i)
    return Found(found.end, found.value, explicit=True) if found else None


@rule(
    "period.bare-year",
    "int",
    yes=(
        ("وقع الاتفاق في 2015.", "2015", "2015"),
        ("انتخابات الرئاسة 2016.", "2016", "2016"),
        ("منذ 1967 وحتى اليوم", "1967", "1967"),
    ),
    no=("قتل 2000 شخص", "نحو 1900 لغم", "أصيب 2015 مدنيا"),
)
def _bare_year(scene: Scene, i: int) -> Found | None:
    line = scene.line
    found = year(line, i)
    if found is None or found[0] not in _YEARS or not _stands_as_year(scene, i):
        return None
    return Found(line.skip(found[1], "م"), f"{found[0]:04d}", explicit=True)


def _stands_as_year(scene: Scene, i: int) -> bool:
    """Whether figures stand where a year would: nothing counted after them, a fitting word before."""
    line = scene.line
    before, after = i - 1, line.norm(i + 1)
    if line.norm(before) in {"في", "منذ", "بحلول"} or line.mark(before, "edge"):
        return True
    if line.norm(before) == "من" and after in {"الي", "حتي"}:
        return True
    if line.norm(before) == "(" and after in {")", "-", "الي"}:
        return True
    if i == 0:
        return after == "،"
    if _follows_year(line, before):
        return True
    if _counted(line, i + 1):
        return False
    before -= line.norm(before) == "و"
    if line.mark(before, "cue.year", "cue.event", "month", "edge", "season") or line.mark(before - 1, "cue.event"):
        return True
    if line.norm(before) == "من":
        return i + 1 >= line.size or line.tokens[i + 1].word.kind == "punct"
    word = line.tokens[before].word if before >= 0 else None
    closed = i + 1 >= line.size or line.tokens[i + 1].word.kind == "punct"
    return closed and word is not None and word.kind == "word" and word.article


def _follows_year(line: Line, i: int) -> bool:
    """Whether the tokens up to i are a year and what joins another to it: «2014، 2015، و», «1939 -»."""
    while line.norm(i) in _JOINING:
        i -= 1
    previous = line.mark(i, "int")
    return previous is not None and int(previous.value) in _YEARS and len(previous.value) == 4


def _counted(line: Line, i: int) -> bool:
    """Whether the token could be the thing counted: a bare noun that is no preposition, verb or known word."""
    if i >= line.size:
        return False
    word = line.tokens[i].word
    if word.kind != "word":
        return word.kind == "punct" and word.norm in {"%", "$", "°"}
    known = line.mark(i, "prep", "cue.year", "conj", "rel", "dem") or word.article or word.verbs
    return not known and len(word.norm) > 2 and len(word.keys) == 1


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
    if bare is not None and bare[0] in _YEARS:
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
    "period.decade",
    "decade",
    yes=(
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
        ("في الصيف الماضي", "الصيف الماضي", "2024-SU"),
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
        return Found(at, calendar.duration(number[0], unit.value), "DURATION") if number and number[0] > 1 else None
    if number is not None:
        return Found(rel.end, calendar.duration(number[0], unit.value), "DURATION")
    return Found(rel.end, _vague(unit, rel, few=few is not None), "DATE")


def _vague(unit: Mark, rel: Mark, *, few: bool) -> str:
    """«الأيام الماضية» PAST_REF, «الأيام المقبلة» FUTURE_REF; «الأيام الأخيرة», «الأسابيع الماضية» are amounts."""
    if rel.kind == "rel" and rel.value == "1":
        return "FUTURE_REF"
    if rel.kind == "rel" and rel.value == "0":
        return "PRESENT_REF"
    if rel.kind == "rel" and not few and unit.value == "D":
        return "PAST_REF"
    return calendar.duration(None, unit.value)

