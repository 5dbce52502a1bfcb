"""Times of the clock, with the day they belong to."""

from __future__ import annotations

from khabar.times.rule import Found, rule
from khabar.times.rules.dates import dated
from khabar.times.rules.hours import hour
from khabar.times.rules.weekdays import day
from khabar.times.scene import Scene


@rule(
    "clock.time",
    "clock.noun",
    "figures",
    "ordinal",
    "hour.one",
    "int",
    yes=(
        ("في الساعة الثالثة والنصف عصرا", "الساعة الثالثة والنصف عصرا", "2025-09-03T15:30"),
        ("عند 08:17 بتوقيت غرينتش", "08:17 بتوقيت غرينتش", "2025-09-03T08:17Z"),
        ("عند السابعة مساء", "السابعة مساء", "2025-09-03T19:00"),
        ("حتى الساعة 11 صباحا", "الساعة 11 صباحا", "2025-09-03T11:00"),
        ("الخامسة فجر اليوم", "الخامسة فجر اليوم", "2025-09-03T05:00"),
        ("الساعة 1:14 ظهر 2 أكتوبر 2018", "الساعة 1:14 ظهر 2 أكتوبر 2018", "2018-10-02T13:14"),
        ("الساعة 16,00 ت غ", "الساعة 16,00 ت غ", "2025-09-03T16:00Z"),
        ("وقع الثلاثاء عند الساعة التاسعة صباحا", "الساعة التاسعة صباحا", "2025-09-02T09:00"),
        ("الساعة الثامنة إلا ربعا مساء", "الساعة الثامنة إلا ربعا مساء", "2025-09-03T19:45"),
    ),
    no=("بنسبة 12,50 في المئة", "المرة الثالثة", "فاز 3 مرات"),
)
def _clock(scene: Scene, i: int) -> Found | None:
    line = scene.line
    time = hour(line, i)
    if time is None or not time.sure:
        return None
    whole = line.mark(i, "int") and time.zone == "" and not line.mark(i + 1, "adverb", "ampm", "part")
    if whole:
        return None
    after = day(scene, time.end) if time.part or not time.zone else dated(scene, time.end)
    if after is None and not time.part and line.norm(time.end) == "من":
        after = day(scene, time.end + 1)
    if after is not None:
        value = after.value + time.text() if len(after.value) == 10 else ""
        return Found(after.end, value, "TIME", explicit=after.explicit)
    when = scene.anchor()
    return Found(time.end, when + time.text() if when else time.text(), "TIME")
