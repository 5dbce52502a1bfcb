"""Date stamps as the Arabic press prints them.

A line is a stamp when it can be read from end to end as figures of dates and times and the words of
tables/stamp_words.tsv, months.tsv and zones.tsv around them. Reading is one pass over the line: each step
takes the token that stands there, and the first character that starts none ends it.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from functools import cache
from typing import Literal

import msgspec

from khabar.reading.folding import fold, fold_key
from khabar.reading.tables import cells, rows

StampKind = Literal["published", "updated", "crawl", ""]

LONGEST = 200
"""Code points: no newsroom prints a longer stamp line."""


class Stamp(msgspec.Struct, frozen=True, gc=False):
    """One moment named by a stamp, before its zone and missing year are settled.

    Attributes:
        kind: what its label says, "" without a label.
        year: Gregorian year, or 0 where the stamp prints none.
        month: 1 to 12.
        day: 1 to 31.
        hour: 0 to 23, or -1 for a date alone.
        minute: 0 to 59.
        zone: name as in zones.tsv, an offset «+03:00», or "" for none printed.
        dotted: printed as `HH:MM GMT DD.MM.YYYY`.
    """

    kind: StampKind
    year: int
    month: int
    day: int
    hour: int = -1
    minute: int = 0
    zone: str = ""
    dotted: bool = False


_Day = tuple[str, tuple[int, int, int]]
_Clock = tuple[int, int]


class _Draft:
    """A stamp while its tokens come in."""

    def __init__(self, kind: StampKind = "") -> None:
        self.kind = kind
        self.date: tuple[int, int, int] | None = None
        self.hijri: tuple[int, int, int] | None = None
        self.time: tuple[int, int] | None = None
        self.zone = ""
        self.order = ""

    @property
    def begun(self) -> bool:
        """Whether it has a date or time already."""
        return bool(self.date or self.hijri or self.time)

    def takes(self, day: _Day | None, clock: _Clock | None) -> bool:
        """Whether a further date or time still belongs to this stamp (two calendars may)."""
        if clock and self.time:
            return False
        return not (day and (self.hijri if day[0] == "hijri" else self.date))

    def take(self, token: re.Match[str], day: _Day | None, clock: _Clock | None, grammar: _Grammar) -> None:
        """Add what a token says."""
        if day and day[0] == "hijri":
            self.hijri = day[1]
        elif day:
            self.date = day[1]
            self.order += "d" if token["dmy"] and token["mark"] == "." else "x"
        if clock:
            self.time = clock
            self.order += "t"
        zone = token["zone"] or token["offset"] or token["isozone"]
        if zone:
            self.zone = grammar.zones.get(fold_key(zone), zone)
            self.order += "z"
        elif token["hijri"] and self.date and not self.hijri and self.date[0] == 0:
            self.date = None  # «30/8 هـ»: a Hijri day without a year dates nothing

    def close(self) -> Stamp | None:
        """The stamp, or None while it has no day."""
        day = self.date or (_from_hijri(*self.hijri) if self.hijri else None)
        if day is None:
            return None
        hour, minute = self.time or (-1, 0)
        return Stamp(self.kind, *day, hour, minute, self.zone, self.order == "tzd")


def _from_hijri(year: int, month: int, day: int) -> tuple[int, int, int] | None:
    """The Gregorian day of an Umm al-Qura date, or None outside the calendar's tables (1343-1500)."""
    from hijridate import Hijri  # noqa: PLC0415 - rare, and the import costs start-up time

    try:
        gregorian = Hijri(year, month, day).to_gregorian()
    except (ValueError, OverflowError):
        return None
    return gregorian.year, gregorian.month, gregorian.day


def _names(words: list[str]) -> str:
    """An alternation of folded names, longest first, spaces loose."""
    keys = sorted({fold_key(w) for w in words}, key=lambda k: (-len(k), k))
    return "|".join(re.escape(k).replace(r"\ ", r"\s+") for k in keys)


class _Grammar(msgspec.Struct, frozen=True):
    """The compiled scanner and its dictionaries."""

    token: re.Pattern[str]
    ago: re.Pattern[str]
    months: dict[str, tuple[str, int]]
    zones: dict[str, str]
    offsets: dict[str, str]
    pm: frozenset[str]


@cache
def _grammar() -> _Grammar:
    words = {row["id"]: cells(row["words"]) for row in rows("stamp_words")}
    months = {
        fold_key(n): (r["calendar"], int(r["number"])) for r in rows("months") for n in cells(r["names"])
    }
    zones = {fold_key(n): r["id"] for r in rows("zones") for n in cells(r["names"])}
    month = f"(?:{_names(list(months))})(?![^\\W\\d_])"
    half = f"(?:{_names(words['am'] + words['pm'])})(?!\\w)"
    year = r"(?:1[34]|19|20)\d\d"
    token = re.compile(
        rf"""
        (?P<iso>{year}-\d\d?-\d\d?(?:[t\s]\s*(?P<isotime>\d\d?:\d\d(?::\d\d(?:[.,]\d+)?)?)
            (?:\s?(?P<isozone>z\b|[+-]\d\d:?\d\d))?)?)(?!\d)
        |(?P<ymd>{year}[/.]\d\d?[/.]\d\d?)(?!\d)
        |(?P<dmy>\d\d?(?P<mark>[/.-])\d\d?(?P=mark){year})(?!\d)
        |(?P<time>\d\d?:\d\d)(?::\d\d)?(?!\d)(?:\s*(?P<half>{half}))?
        |(?P<hourhalf>\d\d?)\s*(?P<half2>{half})
        |(?P<named>(?P<day>\d\d?)\s*[-,،/]?\s*(?:من\s+)?(?P<month>{month})(?:\s*[/(]\s*{month}\)?)?
            (?:\s*[-,،/]?\s*(?P<year>{year})(?!\d))?)
        |(?P<mdy>(?P<month2>{month})(?:\s*/\s*{month})?\s+(?P<day2>\d\d?)\s*[,،]?\s+(?P<year2>{year})(?!\d))
        |(?:gmt|utc)\s*(?P<offset>[+-]\s*\d\d?(?::?\d\d)?)(?!\d)
        |(?P<updated>{_names(words["updated"])})(?!\w)
        |(?P<published>{_names(words["published"])})(?!\w)
        |(?P<crawl>{_names(words["crawl"])})(?!\w)
        |(?P<weekday>(?:{_names(words["weekday"])}))(?!\w)
        |(?P<zone>{_names(list(zones))})(?!\w)
        |(?P<hijri>{_names(words["hijri-suffix"])})(?!\w)
        |(?P<filler>{_names(words["filler"] + words["hour"] + words["gregorian-suffix"])})(?!\w)
        |(?P<gap>[\s\-–—|/،,:;().\[\]•·*▪]+)
        """,
        re.VERBOSE,
    )
    ago = re.compile(rf"(?:{_names(words['ago'])}|(?:منذ|قبل)\s+\d+\s+[^\W\d]+)$")
    offsets = {r["id"]: r["offset"] for r in rows("zones")}
    return _Grammar(token, ago, months, zones, offsets, frozenset(map(fold_key, words["pm"])))


def parse_line(text: str) -> tuple[Stamp, ...] | None:
    """Read a whole line as stamps.

    Args:
        text: the line, as in the article.

    Returns:
        Its stamps in order; () for a line that is a stamp without a date («منذ ساعتين», «14:20»), None for a
        line that is no stamp.
    """
    if len(text) > LONGEST:
        return None
    folded = fold(text).strip()
    grammar = _grammar()
    if grammar.ago.match(folded):
        return ()
    tokens = _scan(folded, 0, grammar)
    return None if tokens is None else _interpret(tokens, grammar)


def parse_tail(text: str) -> tuple[int, tuple[Stamp, ...]] | None:
    """Find stamps at the end of a line after other words («كتب فلان الأحد 5 مايو 2019 02:20 م»).

    Returns:
        The offset in the folded line where the stamps begin, and the stamps; None when the line ends in no
        stamp with a date and a label or time.
    """
    if len(text) > LONGEST:
        return None
    folded = fold(text)
    grammar = _grammar()
    for match in re.finditer(r"(?<!\S)\S", folded):
        if match.start() == 0:
            continue
        tokens = _scan(folded, match.start(), grammar)
        if tokens is None:
            continue
        stamps = _interpret(tokens, grammar)
        if stamps and any(s.kind or s.hour >= 0 for s in stamps):
            return match.start(), stamps
    return None


def _scan(folded: str, at: int, grammar: _Grammar) -> list[re.Match[str]] | None:
    """Tokens from `at` to the end, or None when something else stands between."""
    tokens: list[re.Match[str]] = []
    match_at = grammar.token.match
    while at < len(folded):
        match = match_at(folded, at)
        if match is None or match.end() == at:
            return None
        tokens.append(match)
        at = match.end()
    return tokens


def _interpret(tokens: list[re.Match[str]], grammar: _Grammar) -> tuple[Stamp, ...] | None:
    """Group tokens into stamps: a label, or a second date or time, opens the next one."""
    drafts = [_Draft()]
    known = False
    for token in tokens:
        label = _label_of(token)
        if label:
            if drafts[-1].begun:
                drafts.append(_Draft(label))
            else:
                drafts[-1].kind = label
            continue
        day = _date_of(token, grammar)
        clock = _clock_of(token, grammar)
        known = known or day is not None or clock is not None
        if not drafts[-1].takes(day, clock):
            drafts.append(_Draft())
        drafts[-1].take(token, day, clock, grammar)
    if not known:
        return None
    return tuple(stamp for draft in drafts if (stamp := draft.close()) is not None)


def _label_of(token: re.Match[str]) -> StampKind:
    if token["updated"]:
        return "updated"
    if token["published"]:
        return "published"
    return "crawl" if token["crawl"] else ""


def _date_of(token: re.Match[str], grammar: _Grammar) -> _Day | None:
    """Calendar and (year, month, day) of a token, or None for no valid date."""
    calendar = "gregorian"
    if token["iso"] or token["ymd"]:
        figures = re.split("[-/.t ]", token["iso"] or token["ymd"])
        year, month, day = int(figures[0]), int(figures[1]), int(figures[2])
    elif token["dmy"]:
        day, month, year = map(int, re.split("[-/.]", token["dmy"]))
        if month > 12 >= day:
            day, month = month, day
    elif token["named"] or token["mdy"]:
        name = re.sub(r"\s+", " ", token["month"] or token["month2"])
        calendar, month = grammar.months[name]
        day, year = int(token["day"] or token["day2"]), int(token["year"] or token["year2"] or 0)
    else:
        return None
    if year and year < 1900:
        calendar = "hijri"
    if not (1 <= month <= 12 and 1 <= day <= 31) or (calendar == "hijri" and not year):
        return None
    return calendar, (year, month, day)


def _clock_of(token: re.Match[str], grammar: _Grammar) -> _Clock | None:
    """Hour and minute of a token, or None for no valid time."""
    written = token["time"] or token["isotime"] or token["hourhalf"]
    if not written:
        return None
    hour, minute = [*map(int, written.split(":")[:2]), 0][:2]
    half = token["half"] or token["half2"]
    if half and hour <= 12:
        hour = hour % 12 + (12 if half in grammar.pm else 0)
    return (hour, minute) if hour < 24 and minute < 60 else None


def resolve(stamp: Stamp, *, year: int | None = None, zone: str = "") -> tuple[datetime, bool, str] | None:
    """The moment of a stamp.

    Args:
        stamp: as read.
        year: year for one that prints none.
        zone: id of zones.tsv for one that prints none (the outlet's custom).

    Returns:
        The moment in UTC, whether only its day is known, and a note on what was assumed ("" for nothing);
        None where the year is unknown or the figures are no date.
    """
    the_year = stamp.year or year
    if the_year is None:
        return None
    try:
        if stamp.hour < 0:
            return datetime(the_year, stamp.month, stamp.day, tzinfo=UTC), True, ""
        local = datetime(the_year, stamp.month, stamp.day, stamp.hour, stamp.minute)  # noqa: DTZ001 - zone below
        info = _zone(stamp.zone or zone)
        note = "" if info else "The time stamp names no zone; it is read as UTC."
        return local.replace(tzinfo=info or UTC).astimezone(UTC), False, note
    except (ValueError, OverflowError):
        return None


@cache
def _zone(name: str) -> tzinfo | None:
    """The zone of a table id or an offset as printed («+3», «-03:30»), or None."""
    offset = _grammar().offsets.get(name, name)
    if offset in {"z", "Z"}:
        return UTC
    figures = re.fullmatch(r"([+-])\s*(\d\d?):?(\d\d)?", offset)
    if figures:
        minutes = int(figures[2]) * 60 + int(figures[3] or 0)
        return (
            timezone(timedelta(minutes=minutes if figures[1] == "+" else -minutes))
            if minutes < 1440
            else None
        )
    if "/" not in offset:
        return None
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError  # noqa: PLC0415 - rare

    try:
        return ZoneInfo(offset)
    except (ZoneInfoNotFoundError, OSError):  # a system without the tz database
        return None
