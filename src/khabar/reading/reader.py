"""Text and metadata to an Article."""

from __future__ import annotations

import hashlib
from datetime import UTC, date, datetime
from functools import cache, lru_cache

import msgspec

from khabar.reading import stamps
from khabar.reading.article import Article, Credit
from khabar.reading.folding import fold_key
from khabar.reading.layout import Layout, read_layout
from khabar.reading.tables import cells, rows

Published = datetime | date | str | None

UNDATED = "No publication date is known, so relative times stay unresolved."


def read_text(
    text: str,
    *,
    id: str | None = None,  # noqa: A002 - the name the record has
    title: str | None = None,
    published: Published = None,
    outlet: str | None = None,
    url: str | None = None,
    updated: Published = None,
    credits: tuple[Credit, ...] = (),  # noqa: A002 - as above
) -> Article:
    """Read the layout of a news report.

    Args:
        text: the report as it was found, kept untouched; offsets are code points into it.
        id: the caller's id; the digest of the text when missing.
        title: its headline, where known; marked in the text when it stands there.
        published: moment or day of publication; a string in ISO form, a zone may be missing (then UTC).
            What is given here goes before what the text's stamps say.
        outlet: name of the publisher; guessed from the layout when missing.
        url: where it came from.
        updated: moment or day of its last change, as `published`; the text's stamps tell it when missing.
        credits: picture credits that came with it, put before those of the text.

    Returns:
        The article. What could not be settled is told in its `notes`; nothing in the input raises.
    """
    layout = read_layout(text, title)
    notes: list[str] = []
    name, zone = _outlet(layout, outlet, url)
    moment, day_only = _given(published, notes)
    printed = _printed(layout, zone, moment, notes)
    if moment is None:
        if published_stamp := printed.get("published"):
            moment, day_only = published_stamp
        else:
            notes.append(UNDATED)
    elif (
        day_only and (stamp := printed.get("published")) and not stamp[1] and stamp[0].date() == moment.date()
    ):
        moment, day_only = stamp
    changed = _given(updated, notes)[0] or printed.get("updated", (None, False))[0]
    found_title = text[slice(*layout.title)] if layout.title else None
    return Article(
        text=text,
        id=id if id is not None else digest(text),
        blocks=tuple(layout.blocks),
        title=title or found_title,
        published=moment,
        published_date_only=day_only,
        updated=changed,
        outlet=name,
        url=url,
        dateline=layout.place,
        credits=tuple(dict.fromkeys((*credits, *layout.credits))),
        caption=text[slice(*layout.caption)] if layout.caption else None,
        notes=tuple(notes),
    )


def digest(text: str) -> str:
    """SHA-256 of the text as UTF-8, in hexadecimal; a lone surrogate counts as its three bytes."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _given(published: Published, notes: list[str]) -> tuple[datetime | None, bool]:
    """The caller's publication time in UTC, and whether only its day is given."""
    if published is None or published == "":
        return None, False
    if isinstance(published, str):
        parsed = _parse_iso(published.strip())
        if parsed is None:
            notes.append("The publication time given is no ISO 8601 time, so it is not used.")
            return None, False
        published = parsed
    if not isinstance(published, datetime):
        return datetime(published.year, published.month, published.day, tzinfo=UTC), True
    if published.tzinfo is None:
        notes.append("The publication time given names no zone; it is read as UTC.")
        return published.replace(tzinfo=UTC), False
    try:
        return published.astimezone(UTC), False
    except OverflowError:
        notes.append("The publication time given is out of range, so it is not used.")
        return None, False


def _parse_iso(value: str) -> datetime | date | None:
    for kind in (date, datetime):
        try:
            return kind.fromisoformat(value)
        except ValueError:
            continue
    return None


def _printed(
    layout: Layout, zone: str, given: datetime | None, notes: list[str]
) -> dict[str, tuple[datetime, bool]]:
    """Publication and update as the text prints them: labelled stamps first, then by position."""
    base = given.year if given else layout.crawl.year if layout.crawl else None
    found: dict[str, tuple[datetime, bool]] = {}
    assumed: list[str] = []
    loose: list[tuple[datetime, bool]] = []
    for stamp in layout.stamps:
        resolved = stamps.resolve(stamp, year=base, zone=zone)
        if resolved is None:
            if not stamp.year:
                notes.append("A date stamp prints no year and none is known, so it is not used.")
            continue
        moment, day_only, note = resolved
        assumed.append(note)
        if stamp.kind in ("published", "updated"):
            found.setdefault(stamp.kind, (moment, day_only))
        else:
            loose.append((moment, day_only))
    if loose and "published" not in found:
        found["published"] = loose.pop(0)
    if loose and "updated" not in found and loose[0][0] > found["published"][0]:
        found["updated"] = loose[0]
    if "published" not in found:
        _fall_back(layout, zone, given, found, notes)
    notes.extend(sorted({note for note in assumed if note}))
    return found


def _fall_back(
    layout: Layout,
    zone: str,
    given: datetime | None,
    found: dict[str, tuple[datetime, bool]],
    notes: list[str],
) -> None:
    """Without a publication stamp: the dateline's date, the crawl date, the update, in this order."""
    for stamp, note in (
        *((s, "The publication date is the dateline's.") for s in layout.dateline_stamps[:1]),
        *(
            [(layout.crawl, "The publication date is the date on the headline's line.")]
            if layout.crawl
            else []
        ),
    ):
        resolved = stamps.resolve(stamp, zone=zone)
        if resolved is not None:
            found["published"] = resolved[:2]
            if given is None:
                notes.append(note)
            return
    if "updated" in found and given is None:
        found["published"] = found["updated"]
        notes.append("The publication date is the update's, the only one the text prints.")


class _Outlet(msgspec.Struct, frozen=True):
    """A row of outlets.tsv."""

    name: str
    zone: str
    names: frozenset[str]
    signs: tuple[frozenset[str], ...]
    hosts: tuple[str, ...]


@cache
def _outlets() -> tuple[_Outlet, ...]:
    return tuple(
        _Outlet(
            row["name"],
            row["zone"],
            frozenset(fold_key(n) for n in [row["name"], *cells(row["names"])]),
            tuple(frozenset(alternative.split("+")) for alternative in cells(row["signs"])),
            tuple(cells(row["hosts"])),
        )
        for row in rows("outlets")
    )


def _outlet(layout: Layout, given: str | None, url: str | None) -> tuple[str | None, str]:
    """The outlet's name (as given, else by address or layout) and the zone its stamps mean."""
    found = _named(given) if given else None
    if found is None and url:
        found = _at(url.split("://")[-1].split("?")[0].lower())
    if found is None:
        signs = {*layout.signs, *(f"source:{s}" for s in layout.sources)}
        if any(stamp.dotted and stamp.zone == "utc" for stamp in layout.stamps):
            signs.add("stamp:gmt-dotted")
        if signs:
            found = next((o for o in _outlets() if any(s <= signs for s in o.signs)), None)
    return given or (found.name if found else None), found.zone if found else ""


def outlet_at(url: str) -> tuple[str | None, str]:
    """The outlet of an address by tables/outlets.tsv: its name and the zone of its stamps, or (None, "")."""
    found = _at(url.rsplit("://", maxsplit=1)[-1].split("?", maxsplit=1)[0].lower())
    return (found.name, found.zone) if found else (None, "")


@lru_cache(maxsize=1024)
def _named(name: str) -> _Outlet | None:
    key = fold_key(name)
    return next((outlet for outlet in _outlets() if key in outlet.names), None)


def _at(address: str) -> _Outlet | None:
    """The outlet of an address without scheme: «arabic.example.com/world/1»."""
    server, _, path = address.partition("/")
    for outlet in _outlets():
        for host in outlet.hosts:
            name, _, start = host.partition("/")
            if (server == name or server.endswith("." + name)) and path.startswith(start):
                return outlet
    return None
