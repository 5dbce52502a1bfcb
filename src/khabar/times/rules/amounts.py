"""Amounts of time: durations, and what is that long ago."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

import msgspec

from khabar.times import calendar
from khabar.times.line import Line
from khabar.times.numerals import cardinal
from khabar.times.rule import Found, rule
from khabar.times.rules.months import month
from khabar.times.scene import Scene

_UNITS: Final = ("unit.sg", "unit.du", "unit.pl")
_VAGUE: Final = None
_YEARLONG: Final = frozenset({"Y", "DE", "CE"})
_LEGAL_REACH: Final = 8
_TERM_REACH: Final = 3
_AGE_REACH: Final = 7
_SMALLER: Final = {
    "TH": ("TM", 60),
    "TM": ("TS", 60),
    "D": ("TH", 24),
    "Y": ("M", 12),
    "M": ("D", 30),
    "W": ("D", 7),
}


class Amount(msgspec.Struct, frozen=True, gc=False):
    """An amount of time as read.

    Attributes:
        value: TIMEX3 duration.
        end: index after it.
        number: how many units, None for an unknown number.
        unit: TIMEX3 designator.
        bare: no number, dual or «بضعة» says that it is an amount: it needs a word before it that does.
    """

    value: str
    end: int
    number: int | None
    unit: str
    bare: bool = False


def amount(scene: Scene, i: int) -> Amount | None:
    """The amount at a token, «أكثر من» and «نحو» included."""
    line = scene.line
    approx = line.mark(i, "approx")
    at = approx.end if approx else i
    found = _counted(line, at) or _some(line, at) or _named(line, at)
    if found is None:
        return None
    found = _extended(line, found)
    if approx is not None and found.bare:
        return Amount(found.value, found.end, found.number, found.unit)
    return found


def _counted(line: Line, i: int) -> Amount | None:
    """«ثلاثة أيام», «48 ساعة», «عشرين عاما», «ثلاثة أو أربعة أيام»."""
    number = cardinal(line, i)
    if number is None:
        return None
    at = number[1]
    either = line.plain(at, "or")
    if either is not None and (second := cardinal(line, either.end)):
        at = second[1]
    unit = line.plain(at, "unit.pl", "unit.sg")
    if unit is None or number[0] == 0:
        return None
    return Amount(calendar.duration(number[0], unit.value), unit.end, number[0], unit.value)


def _some(line: Line, i: int) -> Amount | None:
    """«بضعة أشهر», «عشرات السنين», «نصف ساعة»."""
    some = line.mark(i, "some", "tens")
    if some is not None:
        unit = line.plain(some.end, "unit.pl", "unit.the.pl")
        return Amount(calendar.duration(_VAGUE, unit.value), unit.end, None, unit.value) if unit else None
    part = line.mark(i, "half.of")
    unit = line.plain(part.end, "unit.sg") if part else None
    if part is None or unit is None:
        return None
    value = _fraction(unit.value, part.value)
    return Amount(value, unit.end, None, unit.value) if value else None


def _fraction(unit: str, part: str) -> str:
    above, _, below = part.partition("/")
    if unit in {"DE", "CE"}:
        return calendar.duration((10 if unit == "DE" else 100) * int(above) // int(below), "Y")
    smaller = _SMALLER.get(unit)
    return calendar.duration(smaller[1] * int(above) // int(below), smaller[0]) if smaller else ""


def _named(line: Line, i: int) -> Amount | None:
    """«يومين», «أسبوعا كاملا», «أيام قليلة», «سنوات»."""
    unit = line.mark(i, *_UNITS)
    if unit is None or month(line, i) or line.mark(i, "feast", "feast.month"):
        return None
    if unit.kind == "unit.du":
        contracts = unit.value == "DE" and not line.mark(unit.end, "of.time")  # «وقعا عقدين»
        return Amount(calendar.duration(2, unit.value), unit.end, 2, unit.value, bare=contracts)
    if unit.kind == "unit.sg" and (unit.value == "TS" or line.mark(unit.end, "month")):
        return None
    if unit.kind == "unit.sg":
        whole = line.plain(unit.end, "whole.adj")
        end = whole.end if whole else unit.end
        return Amount(calendar.duration(1, unit.value), end, 1, unit.value, bare=whole is None)
    figures = line.mark(unit.end, "int")
    if figures is not None and len(figures.value) == 4:
        return None  # «أعوام 1994 و1998»
    few = line.plain(unit.end, "few")
    end = few.end if few else unit.end
    return Amount(calendar.duration(_VAGUE, unit.value), end, None, unit.value, bare=few is None)


def _extended(line: Line, found: Amount) -> Amount:
    """The amount with what goes on from it: «ونصف», «و20 دقيقة», «أو عامين», «ونيف», «من الزمن»."""
    mark = line.mark(found.end, "fraction", "odd")
    if mark is not None and mark.proclitics == "و" and found.number is not None:
        value = found.value
        if mark.kind == "fraction":
            value = _with_fraction(found, int(mark.value))
            if repeated := line.plain(mark.end, "unit.the"):
                return Amount(value, repeated.end, found.number, found.unit)
        else:
            return Amount(value, mark.end, found.number, found.unit)
        today = line.plain(mark.end, "day")  # «يوما ونصف اليوم»
        return Amount(
            value, today.end if today and today.value == "0" else mark.end, found.number, found.unit
        )
    either = line.plain(found.end, "or")
    if either is not None and found.number is not None:
        other = _named(line, either.end)
        if other is not None and not other.bare:
            return Amount(found.value, other.end, found.number, found.unit)
        counted = cardinal(line, either.end)
        if counted is not None and not line.plain(counted[1], *_UNITS):
            return Amount(found.value, counted[1], found.number, found.unit)
    joined = _joined(line, found)
    if joined is not None:
        return joined
    of_time = line.plain(found.end, "of.time")
    return Amount(found.value, of_time.end, found.number, found.unit) if of_time else found


def _with_fraction(found: Amount, parts: int) -> str:
    """«ساعة ونصف» PT1H30M, «عام ونصف» P1Y6M, «يوم ونصف» P1DT12H, «أسبوع ونصف» P10D."""
    number = found.number or 0
    if found.unit in {"DE", "CE"}:
        return calendar.duration(
            number * (10 if found.unit == "DE" else 100) + (10 if found.unit == "DE" else 100) // parts, "Y"
        )
    smaller, size = _SMALLER.get(found.unit, ("", 0))
    if not smaller:
        return found.value
    if found.unit == "W":
        return calendar.duration(number * 7 + 7 // parts, "D")
    rest = calendar.duration(size // parts, smaller)[1:]
    return found.value + (rest[1:] if found.unit.startswith("T") else rest)


def _joined(line: Line, found: Amount) -> Amount | None:
    """«ثلاث سنوات وستة أشهر», «ساعة و20 دقيقة»: a smaller unit of the kind after the larger."""
    at = line.skip(found.end, "و")
    other = _counted(line, at) or _named(line, at)
    smaller = _SMALLER.get(found.unit)
    if other is None or found.number is None or other.number is None or other.bare or smaller is None:
        return None
    attached = at > found.end or any(m.proclitics == "و" for m in line.marks[at])
    if not attached or other.unit != smaller[0] or found.unit == "W":
        return None
    rest = other.value[1:]
    value = found.value + (rest[1:] if found.unit.startswith("T") else rest)
    return Amount(value, other.end, found.number, found.unit)


def _is_age(line: Line, i: int, found: Amount) -> bool:
    """Whether years are an age: «(55 عاما)», «البالغ من العمر 30 عاما», «رجل، 40 عاما,»."""
    if found.unit != "Y" or found.number is None:
        return bool(line.mark(found.end, "age.after"))
    if line.mark(found.end, "age.after") or line.norm(i - 1) == "(":
        return True
    if line.mark(i - 1, "span", "lasting", "since", "after", "ago"):
        return False
    if any(line.mark(j, "term") for j in range(max(0, i - _TERM_REACH), i)):
        return False
    return any(line.mark(j, "age") for j in range(max(0, i - _AGE_REACH), i)) or _apposed(line, i, found)


def _apposed(line: Line, i: int, found: Amount) -> bool:
    """A number of years with no word before it that asks for one stands beside a person."""
    before = i - 1
    if line.mark(
        before, "span", "lasting", "term", "since", "after", "ago", "prep", "to", "or", "approx", "every"
    ):
        return False
    if any(mark.proclitics[-1:] in {"ل", "ب"} for mark in line.marks[i]) or line.norm(before) in {"ب", "ل"}:
        return False
    if line.mark(found.end, "rel", "rel.recent"):
        return False
    near = range(max(0, i - _LEGAL_REACH), i)
    return not any(line.mark(j, "span", "lasting", "term") for j in near)


def _asked_for(line: Line, i: int) -> bool:
    """Whether a word before a bare unit makes it an amount: «لمدة عام», «بعد ساعات», «لسنوات»."""
    unit = line.mark(i, *_UNITS)
    if unit is not None and unit.proclitics[-1:] in {"ل", "ب"}:
        return unit.kind == "unit.pl" and unit.proclitics[-1:] == "ل"
    if (
        line.mark(i - 1, "after")
        and unit
        and (again := line.mark(i - 2, *_UNITS))
        and again.value == unit.value
    ):
        return False  # «يوما بعد يوم»
    if line.mark(i - 1, "span", "lasting", "since", "after", "ago", "approx", "to"):
        return True
    if unit is not None and unit.kind == "unit.pl" and line.norm(unit.end) == "من":
        return unit.end + 1 < line.size and line.tokens[unit.end + 1].word.article  # «عقود من الاحتلال»
    week = line.mark(i, "unit.sg")
    return week is not None and week.value == "W" and line.norm(i).endswith("ا")  # «بقي أسبوعا»


@rule(
    "amount.duration",
    "approx",
    "int",
    "the",
    "cardinal",
    "some",
    "tens",
    "half.of",
    "unit.sg",
    "unit.du",
    "unit.pl",
    yes=(
        ("استمر الاجتماع ثلاثة أيام", "ثلاثة أيام", "P3D"),
        ("خلال 48 ساعة", "48 ساعة", "PT48H"),
        ("لأكثر من ساعة ونصف", "أكثر من ساعة ونصف", "PT1H30M"),
        ("دام قرابة ساعة", "قرابة ساعة", "PT1H"),
        ("بعد بضعة أشهر", "بضعة أشهر", "PXM"),
        ("حرب مستمرة منذ سنوات", "سنوات", "PXY"),
        ("لمدة عامين", "عامين", "P2Y"),
        ("حكم عليه بالسجن 15 عاما", "15 عاما", "P15Y"),
        ("منذ ثلاثة عقود", "ثلاثة عقود", "P30Y"),
        ("بعد نصف ساعة", "نصف ساعة", "PT30M"),
        ("حكم بالسجن خمس سنوات وستة أشهر", "خمس سنوات وستة أشهر", "P5Y6M"),
        ("بعد يوم من القمة", "يوم", "P1D"),
        ("خلال عام أو عامين", "عام أو عامين", "P1Y"),
        ("خلال الـ24 ساعة الماضية", "الـ24 ساعة الماضية", "PT24H"),
        ("استمرت ألفين ومئتي يوم", "ألفين ومئتي يوم", "P2200D"),
    ),
    no=(
        "أصيب خالد (55 عاما) بجروح",
        "شاب يبلغ من العمر 30 عاما",
        "بشكل عام",
        "خمسة أشخاص",
        "الأمين عام",
    ),
)
def _duration(scene: Scene, i: int) -> Found | None:
    line = scene.line
    found = amount(scene, i)
    if found is None or (found.bare and not _asked_for(line, i)) or _is_age(line, i, found):
        return None
    if line.mark(i - 2, "cue.medium") and line.norm(i - 1) in {'"', "«"}:
        return None  # «برنامج "60 دقيقة"»
    if line.plain(i - 1, "every"):
        return Found(found.end, found.value, "SET")
    rel = line.plain(found.end, "rel", "rel.dual", "rel.recent")
    return Found(rel.end if rel else found.end, found.value, "DURATION")


@rule(
    "amount.ago",
    "ago",
    yes=(
        ("اعتقل قبل ثلاثة أيام", "قبل ثلاثة أيام", "2025-08-31"),
        ("استقال قبل أسبوع", "قبل أسبوع", "2025-08-27"),
        ("اندلعت الحرب قبل نحو سبع سنوات", "قبل نحو سبع سنوات", "2018"),
        ("غادر البلاد قبل شهرين", "قبل شهرين", "2025-07"),
        ("تحدث عن ذلك قبل أيام", "قبل أيام", "PAST_REF"),
        ("ما قاله قبل 3 عقود", "قبل 3 عقود", "199"),
        ("وصل قبل يومين من القمة", "يومين", "P2D"),
        ("قبل ساعات على إغلاق الصناديق", "ساعات", "PTXH"),
    ),
    no=("قبل الحرب", "من قبل الشرطة"),
)
def _ago(scene: Scene, i: int) -> Found | None:
    line = scene.line
    ago = line.mark(i, "ago")
    if ago is None:
        return None
    found = amount(scene, ago.end)
    if found is None:
        return None
    if _before_something(line, found):
        return Found(found.end, found.value, "DURATION", start=_start(line, ago.end))
    if found.number is None and not found.value[-1:].isdigit() and "X" in found.value:
        return Found(found.end, "PAST_REF")
    return Found(found.end, _back(scene, found))


def _before_something(line: Line, found: Amount) -> bool:
    """«قبل يومين من القمة»: the amount lies before another event, not before now.

    «على» after years belongs to something else («قبل 12 عاما على متن قارب»).
    """
    if line.norm(found.end) == "علي":
        return found.unit not in _YEARLONG
    return line.norm(found.end) == "من" and line.norm(found.end + 1) not in {"الان", "اليوم"}


def _start(line: Line, i: int) -> int:
    """Offset of the expression at a token less the letters written onto its front."""
    return line.marks[i][0].start


def _back(scene: Scene, found: Amount) -> str:
    """The day, month, year or decade that an amount before publication reaches."""
    if scene.today is None:
        return ""
    if found.number is None:
        return _back_by_part(scene, found)
    if found.unit == "W":
        return calendar.shift(scene.today, "D", -7 * found.number)
    if found.unit == "DE" and found.number == 1:
        return f"{scene.today.year - 10}"
    if found.unit == "CE":
        return f"{scene.today.year - 100 * found.number}"
    return calendar.shift(scene.today, found.unit, -found.number)


def _back_by_part(scene: Scene, found: Amount) -> str:
    """«قبل نصف ساعة» is today, «قبل نصف عام» six months back, «قبل ربع قرن» twenty-five years."""
    unit = found.value[-1]
    number = int(found.value.strip("PTHMYDS") or 0)
    if scene.today is None or found.value.startswith("PT"):
        return scene.today.isoformat() if scene.today else ""
    if unit == "D":
        return (scene.today - timedelta(days=number)).isoformat()
    return calendar.shift(scene.today, unit, -number)
