"""Years in figures with nothing before them that says so: «اتفاق 2015», «منذ 1967»."""

from __future__ import annotations

from typing import Final

from khabar.times.line import Line
from khabar.times.numerals import year
from khabar.times.rule import Found, rule
from khabar.times.scene import Scene

YEARS: Final = range(1800, 2061)
"""Figures that may be a year without «عام» before them."""

_AFTER: Final = {"من": ("الي", "حتي"), "(": (")", "-", "الي")}
"""What follows a year that one of these stands before."""

_JOINING: Final = ("و", "-", "الي", "حتي", "او", "،")


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
    if found is None or found[0] not in YEARS or not _stands_as_year(scene, i):
        return None
    return Found(line.skip(found[1], "م"), f"{found[0]:04d}", explicit=True)


def _stands_as_year(scene: Scene, i: int) -> bool:
    """Whether figures stand where a year would: nothing counted after them, a fitting word before."""
    line = scene.line
    before, after = i - 1, line.norm(i + 1)
    if line.norm(before) in {"في", "منذ", "بحلول"} or line.mark(before, "edge"):
        return True
    if after in _AFTER.get(line.norm(before), ()):
        return True
    if i == 0:
        return after == "،"
    if _follows_year(line, before) or _of_event(line, before):
        return True
    if _counted(line, i + 1):
        return False
    before -= line.norm(before) == "و"
    if line.mark(before, "cue.year", "cue.event", "month", "edge", "season") or line.mark(
        before - 1, "cue.event"
    ):
        return True
    if line.norm(before) == "من":
        return i + 1 >= line.size or line.tokens[i + 1].word.kind == "punct"
    word = line.tokens[before].word if before >= 0 else None
    closed = i + 1 >= line.size or line.tokens[i + 1].word.kind == "punct"
    return closed and word is not None and word.kind == "word" and word.article


def _of_event(line: Line, i: int) -> bool:
    """Whether a year is the name of what stands at i («موازنة 2019»), or its start («اعتبارا من 2019»)."""
    if line.norm(i) == "من":
        return bool(line.mark(i - 1, "cue.future"))
    return bool(line.mark(i, "cue.event") and line.tokens[i].word.nouns)


def _follows_year(line: Line, i: int) -> bool:
    """Whether the tokens up to i are a year and what joins another to it: «2014، 2015، و», «1939 -»."""
    while line.norm(i) in _JOINING:
        i -= 1
    previous = line.mark(i, "int")
    return previous is not None and int(previous.value) in YEARS and len(previous.value) == 4


def _counted(line: Line, i: int) -> bool:
    """Whether the token may be the thing counted: a bare noun, no preposition, verb or known word."""
    if i >= line.size:
        return False
    word = line.tokens[i].word
    if word.kind != "word":
        return word.kind == "punct" and word.norm in {"%", "$", "°"}
    known = line.mark(i, "prep", "cue.year", "conj", "rel", "dem") or word.article or word.verbs
    return not known and len(word.norm) > 2 and len(word.keys) == 1
