"""Publication times as pages write them into their code or print them, to one moment in UTC.

A page tells its time several times over, and not all tellings are equal: one has the day only, one has a
clock but no zone. The first that a page gives (in the order of trust) fixes the day; the others may lend it
what it lacks.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from email.utils import parsedate_to_datetime

import msgspec

from khabar.reading import stamps
from khabar.reading.folding import fold

YEARS = range(1900, 2101)
"""Years a publication time may lie in; figures beyond are a fault of the page."""

_SLASHES = re.compile(r"(?<=\d)\s*/\s*(?=\d)")
_RFC_2822 = re.compile(r"(?:[A-Za-z]{3},\s*)?\d{1,2} [A-Za-z]{3} \d{4} \d\d:\d\d")
_EPOCH = re.compile(r"\d{10}(?:\d{3})?")
_ZONE_GAP = re.compile(r"\s+(?=[+-]\d\d:?\d\d$)")
_LONGEST = 200


class Moment(msgspec.Struct, frozen=True):
    """A time as a page tells it.

    Attributes:
        local: date and clock as written.
        zone: minutes east of UTC; None for none written.
        clock: whether a clock is written, beyond the day.
        kind: what a label says of it: «published», «updated» or "".
    """

    local: datetime
    zone: int | None = None
    clock: bool = True
    kind: str = ""

    @property
    def midnight(self) -> bool:
        """Whether the clock says 00:00, as systems write that know the day only."""
        return self.clock and not (self.local.hour or self.local.minute or self.local.second)


def read(value: str) -> tuple[Moment, ...]:
    """The times of a string: ISO 8601 and its kin, RFC 2822, seconds since 1970, or a printed stamp."""
    text = value.strip()[:_LONGEST]
    if not text:
        return ()
    found = _iso(text) or _rfc(text) or _epoch(text)
    return (found,) if found else printed(text)


def printed(text: str) -> tuple[Moment, ...]:
    """The times that a line prints as a newsroom's stamp, none for another line."""
    line = _SLASHES.sub("/", fold(text)).strip()
    moments = []
    for stamp in stamps.parse_line(line) or ():
        moment = _of_stamp(stamp)
        if moment is not None:
            moments.append(moment)
    return tuple(moments)


def _of_stamp(stamp: stamps.Stamp) -> Moment | None:
    if not stamp.year:
        return None
    kind = stamp.kind if stamp.kind in ("published", "updated") else ""
    try:
        if stamp.hour < 0:
            local = datetime(stamp.year, stamp.month, stamp.day)  # noqa: DTZ001 - the clock as written
            return _sound(Moment(local, clock=False, kind=kind))
        local = datetime(stamp.year, stamp.month, stamp.day, stamp.hour, stamp.minute)  # noqa: DTZ001
    except ValueError:
        return None
    zone = None
    if stamp.zone:
        resolved = stamps.resolve(stamp)
        if resolved is not None and not resolved[2]:
            zone = round((local - resolved[0].replace(tzinfo=None)).total_seconds() / 60)
    return _sound(Moment(local, zone, kind=kind))


def _iso(text: str) -> Moment | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        pass
    else:
        return _sound(Moment(datetime(day.year, day.month, day.day), clock=False))  # noqa: DTZ001
    try:
        return _of(datetime.fromisoformat(_ZONE_GAP.sub("", text)))
    except ValueError:
        return None


def _rfc(text: str) -> Moment | None:
    if _RFC_2822.match(text) is None:
        return None
    try:
        return _of(parsedate_to_datetime(text))
    except (ValueError, TypeError):
        return None


def _epoch(text: str) -> Moment | None:
    if _EPOCH.fullmatch(text) is None:
        return None
    return _of(datetime.fromtimestamp(int(text[:10]), UTC))


def _of(value: datetime) -> Moment | None:
    offset = value.utcoffset()
    zone = round(offset.total_seconds() / 60) if offset is not None else None
    return _sound(Moment(value.replace(tzinfo=None), zone))


def _sound(moment: Moment) -> Moment | None:
    return moment if moment.local.year in YEARS else None


def settle(tellings: Iterable[Moment], zone: str = "") -> str | None:
    """One time out of all a page tells, in the order of trust.

    Args:
        tellings: the times, the most trusted first.
        zone: id of `tables/zones.tsv` that the outlet's clocks mean where none is written.

    Returns:
        ISO 8601: in UTC where the zone is known, without a zone where it is not, the day alone where no
        telling has a clock; None for no telling.
    """
    known = list(tellings)
    if not known:
        return None
    best = known[0]
    if not best.clock or best.midnight:
        same_day = (m for m in known if m.clock and not m.midnight and m.local.date() == best.local.date())
        best = next(same_day, best)
    if not best.clock:
        return best.local.date().isoformat()
    if best.zone is None:
        best = _with_zone(best, known, zone)
    if best.zone is None:
        return best.local.isoformat(timespec="seconds")
    moment = best.local - timedelta(minutes=best.zone)
    return moment.isoformat(timespec="seconds") + "Z"


def _with_zone(best: Moment, known: list[Moment], zone: str) -> Moment:
    """The time with the zone of a telling that shows the same clock, else with the outlet's."""
    for other in known:
        if other.zone is not None and _same_clock(best.local, other.local):
            return msgspec.structs.replace(best, zone=other.zone)
    if zone:
        at = best.local
        stamp = stamps.Stamp("", at.year, at.month, at.day, at.hour, at.minute, zone)
        resolved = stamps.resolve(stamp)
        if resolved is not None and not resolved[2]:
            offset = at.replace(second=0, microsecond=0) - resolved[0].replace(tzinfo=None)
            return msgspec.structs.replace(best, zone=round(offset.total_seconds() / 60))
    return best


def _same_clock(one: datetime, other: datetime) -> bool:
    return abs(one - other) < timedelta(minutes=1)


def before(one: str, other: str) -> bool:
    """Whether a settled time is not after another; days count from their first moment."""
    return _comparable(one) <= _comparable(other)


def _comparable(value: str) -> datetime:
    moment = datetime.fromisoformat(value)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
