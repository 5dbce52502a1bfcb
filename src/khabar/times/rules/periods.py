"""Months, years, and what is told by its place against the present: «الشهر الماضي»."""

from __future__ import annotations

from typing import Final

from khabar.times import calendar
from khabar.times.landmarks import landmark
from khabar.times.line import Mark
from khabar.times.numerals import year
from khabar.times.rule import Found, Reading, rule
from khabar.times.rules.months import JOINING, Tail, is_every, month, month_value, tail
from khabar.times.scene import Scene

_PREFIXED: Final = frozenset({"ب", "ل"})


def month_period(scene: Scene, i: int, *, supported: bool = False) -> Reading | None:
    """«يونيو/حزيران الماضي», «شهر مايو», «مارس 2017»."""
    line = scene.line
    named = month(line, i)
    if named is None or line.mark(i - 1, "cue.no.month"):
        return None
    if line.mark(named.end, "cue.not.today"):
        return None  # «أيلول الأسود»
    found = tail(scene, named.end)
    if named.weak and found.year is None and found.direction is None:
        led = supported or line.mark(i - 1, "prep", "month") or line.marks[i][0].proclitics[-1:] in _PREFIXED
        if named.weak > 1 or not led:
            return None
    if found.year is None and found.direction is None and not named.hijri:
        found = _shared(scene, named.end) or found
        if landmark(line, i, named.number, 0, scene.today):
            return Reading("", found.end)  # «حرب أكتوبر» is a name
    if supported and found.direction == -1 and scene.today and named.number == scene.today.month:
        found = Tail(found.end, None, 0)  # «مطلع فبراير الماضي», said at its end
    value = month_value(scene, i, named, found)
    return Reading(value, found.end, explicit=found.year is not None and not is_every(found))


def _shared(scene: Scene, end: int) -> Tail | None:
    """The year or dual qualifier of a second month right after: «يناير وفبراير 2018», «... الماضيين»."""
    line = scene.line
    at = line.skip(end, *JOINING)
    other = month(line, at)
    if other is None:
        return None
    found = tail(scene, other.end)
    dual = line.plain(other.end, "rel.dual")
    if found.year is None and dual is None:
        return None
    return Tail(end, found.year, int(dual.value) if dual else None)


def year_period(scene: Scene, i: int) -> Reading | None:
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
        return Reading(f"{when.year}", end, explicit=True) if when else None
    return Reading(f"{found[0]:04d}", end, explicit=True)


def relative(scene: Scene, i: int, *, alone: bool = False) -> Reading | None:
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
        return Reading(_same(scene, unit), rel.end)
    if rel is not None:
        return Reading(scene.shift(unit.value, int(rel.value)), rel.end)
    if alone and (unit.value in {"Y", "M", "W"}):
        return Reading(_this_year(scene, unit), unit.end)
    return None


def _of_this(scene: Scene, this: Mark, unit: Mark) -> Reading:
    """«هذا العام»; «ذلك العام» is the one last written out."""
    if this.kind == "dem":
        rel = scene.line.plain(unit.end, "rel")
        return Reading(scene.shift(unit.value, 0), rel.end if rel else unit.end)
    return Reading(_same(scene, unit), unit.end)


def _same(scene: Scene, unit: Mark) -> str:
    if unit.value == "Y" and scene.memory.year is not None:
        return f"{scene.memory.year:04d}"
    return "PAST_REF"


def _this_year(scene: Scene, unit: Mark) -> str:
    """«نهاية العام»: of a year written out in the same sentence, else of the present one."""
    if unit.value == "Y" and scene.memory.year is not None and scene.memory.year_sentence == scene.index:
        return f"{scene.memory.year:04d}"
    return scene.shift(unit.value, 0)


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
    ),
    no=("الأمين العام للأمم المتحدة", "هذا القرار"),
)
def _relative(scene: Scene, i: int) -> Found | None:
    found = relative(scene, i)
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
