"""Phrases with a fixed value, and sets of times."""

from __future__ import annotations

from khabar.times.line import Line
from khabar.times.rule import Found, rule
from khabar.times.scene import Scene


@rule(
    "fixed.phrase",
    "fixed",
    "fixed.long",
    "fixed.then",
    yes=(
        ("شهدت المنطقة في الآونة الأخيرة", "الآونة الأخيرة", "PAST_REF"),
        ("أعلن في وقت سابق", "وقت سابق", "PAST_REF"),
        ("في الوقت الحالي", "الوقت الحالي", "PRESENT_REF"),
        ("سيدرس ذلك في المستقبل القريب", "المستقبل القريب", "FUTURE_REF"),
        ("التقاه قبل قليل", "قبل قليل", "PAST_REF"),
    ),
    no=("في وقت لاحق", "سابقا", "حاليا", "الآن"),
)
def _phrase(scene: Scene, i: int) -> Found | None:
    line = scene.line
    mark = line.mark(i, "fixed", "fixed.long", "fixed.then")
    if mark is None or line.mark(mark.end, "rel.same") or _links(line, i):
        return None
    if line.mark(i, "dem") and mark.end < line.size and line.tokens[mark.end].word.article:
        return None  # «في هذا الوقت العصيب»
    if mark.kind == "fixed.long":
        return Found(mark.end, mark.value, "DURATION")
    if mark.kind == "fixed.then" and scene.index - scene.memory.sentence <= 1 and line.norm(i - 1) != "منذ":
        return Found(mark.end, scene.memory.last or mark.value)  # the time named just before it
    return Found(mark.end, _soon(line, i) or mark.value)


def _links(line: Line, i: int) -> bool:
    """«في وقت سابق، ...» at the head of a sentence links it to the one before, as «سابقا» would."""
    return i == 1 and line.norm(0) == "في" and line.norm(1) == "وقت" and line.norm(2) == "سابق"


def _soon(line: Line, i: int) -> str:
    """«حتى وقت قريب» is past, «في وقت قريب» ahead."""
    if line.norm(i + 1) != "قريب" or line.norm(i) != "وقت":
        return ""
    return "PAST_REF" if line.norm(i - 1) == "حتي" else "FUTURE_REF"


@rule(
    "fixed.past",
    "noun.past",
    yes=(("كما حدث في الماضي", "الماضي", "PAST_REF"),),
    no=("الاجتماع الماضي",),
)
def _past(scene: Scene, i: int) -> Found | None:
    line = scene.line
    mark = line.plain(i, "noun.past")
    return Found(mark.end, mark.value) if mark and line.norm(i - 1) == "في" else None


@rule(
    "set.phrase",
    "set",
    yes=(
        ("يقتل العشرات يوميا", "يوميا", "XXXX-XX-XX"),
        ("ينظم المؤتمر كل عام", "كل عام", "XXXX"),
        ("تجتمع اللجنة أسبوعيا", "أسبوعيا", "XXXX-WXX"),
    ),
)
def _set(scene: Scene, i: int) -> Found | None:
    mark = scene.line.mark(i, "set")
    return Found(mark.end, mark.value, "SET") if mark else None


@rule(
    "set.weekday",
    "every",
    "yawm.pl",
    yes=(
        ("يتظاهرون كل يوم أربعاء", "كل يوم أربعاء", "XXXX-WXX-3"),
        ("مسيرات كل جمعة", "كل جمعة", "XXXX-WXX-5"),
        ("تعرض أيام الجمعة", "أيام الجمعة", "XXXX-WXX-5"),
    ),
    no=("كل أحد منهم",),
)
def _weekday(scene: Scene, i: int) -> Found | None:
    line = scene.line
    days = line.mark(i, "yawm.pl")
    if days is not None:
        named = line.plain(days.end, "weekday")
        another = named and line.mark(named.end, "weekday")
        if named is None or another or not line.norm(i).endswith("ايام"):
            return None
        return Found(named.end, f"XXXX-WXX-{named.value}", "SET")
    noun = line.plain(i + 1, "yawm")
    named = line.plain(i + 2 if noun else i + 1, "weekday.bare", "weekday")
    if named is None or (noun is None and named.kind == "weekday.bare" and named.value in {"2", "7"}):
        return None
    return Found(named.end, f"XXXX-WXX-{named.value}", "SET")
