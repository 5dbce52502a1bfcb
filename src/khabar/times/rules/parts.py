"""Parts of a day: «مساء الثلاثاء», «فجر اليوم», «الليلة الماضية»."""

from __future__ import annotations

from khabar.times.line import Line
from khabar.times.rule import Found, Reading, rule
from khabar.times.rules.weekdays import day
from khabar.times.scene import Scene


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
    value = part.value if part else lead.value if lead and at == lead.end else ""
    end = _night_end(scene, found) if value == "TNI" else found.end
    return Found(
        end, found.value + value if found.value else "", "TIME" if value else "DATE", explicit=found.explicit
    )


def _is_count(line: Line, i: int) -> bool:
    """Whether a date would begin with a bare number word that counts something else."""
    mark = line.mark(i, "cardinal")
    return mark is not None and bool(mark.proclitics)


def _night_end(scene: Scene, found: Reading) -> int:
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
    if mark.kind == "adverb" and (mark.value == "TEV" or line.norm(mark.end) in {"ونهارا", "نهارا"}):
        return None  # «مساء» alone is the noun as often
    here = scene.memory.day_sentence == scene.index
    if mark.value == "TNI" and mark.kind != "adverb" and not here:
        return Found(mark.end, f"{scene.shift('D', -1)}TNI", "TIME")
    day_value_ = scene.anchor(2) if mark.kind == "adverb" or here else scene.today.isoformat()
    return Found(mark.end, day_value_ + mark.value, "TIME")
