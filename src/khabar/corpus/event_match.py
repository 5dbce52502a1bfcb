"""Whether two records of events tell one event: what forbids it, and what speaks for it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

import msgspec

from khabar.language import normalise

UNKNOWN = ""
"""Country of a participant that is not known: nobody named, or `UNK`."""

NEAR = 0.15
"""Degrees within which two named places are one: the towns of the tables lie farther apart."""

TOLD_WITHIN = timedelta(days=2)
"""How long before its report an event whose day is not told may lie, when another report tells the day."""

SIDES = 4
"""Participants of a side that are looked at; longer lists name a coalition one after the other."""

_ISO_DAY = 10
_CLITICS = re.compile("^[وف]?[بلك]?(?:ال|لل)?(?=..)")
"""What may stand before a trigger: «بالانسحاب» and «انسحاب» are one word. Roots that begin so lose a letter,
on both sides alike."""

_WORD = 4
"""Letters of a word that counts for the likeness of passages: shorter ones are mostly function words."""

WEIGHTS: dict[str, float] = {
    "base": -4.2,
    "sense same": 0.9,
    "word same": 1.5,
    "mode same": 0.2,
    "mode other": -1.1,
    "actor entity": 1.4,
    "actor code": 0.5,
    "actor person other": -0.5,
    "actor country": 0.4,
    "actor unknown": 0.6,
    "recipient entity": 1.3,
    "recipient code": 0.9,
    "recipient person other": -0.5,
    "recipient country": 0.4,
    "recipient unknown": 0.2,
    "day same": 1.0,
    "day next": 0.2,
    "day unsure": -0.1,
    "place same": 2.2,
    "place country": 1.5,
    "reprint": 1.5,
    "passage": 5.9,
    "told apart": -0.2,
}
"""What each sign adds to the logarithm of the odds that two records tell one event. «passage» is times the
share of words that the passages around the triggers have in common, «told apart» times the days between
the reports. Learnt (logistic regression, drawn towards a guess) from those judged pairs that
`tools/measure_groups.py` calls the half to learn from."""


class Side(msgspec.Struct, frozen=True, gc=False):
    """A participant as far as it is compared."""

    country: str
    sector: str
    entity: str
    person: bool


class Profile(msgspec.Struct, frozen=True, gc=False):
    """What of an event is compared.

    Attributes:
        kind: type and factuality; only events of the same are compared.
        sense: entry of the codebook that the trigger matched; "" if not known.
        word: the trigger in its key form.
        mode: PLOVER mode or "".
        actors: the acting side.
        recipients: the other.
        day: the day it happened; None when the text does not tell the day.
        date: as coded, perhaps a month or year, or "".
        reported: when the article was published.
        country: of the place, or "".
        place: name of the place in its key form, "" when only a country is known.
        at: its coordinates.
        article: group of near-duplicates that the article belongs to.
        words: of the passage around the trigger.
    """

    kind: tuple[str, str]
    sense: str
    word: str
    mode: str
    actors: tuple[Side, ...]
    recipients: tuple[Side, ...]
    day: date | None
    date: str
    reported: datetime | None
    country: str
    place: str
    at: tuple[float, float] | None
    article: str
    words: frozenset[str]


def profile_of(row: Mapping[str, Any]) -> Profile:
    """The profile of a row of `events`.

    Args:
        row: with `sense` (first line of `why`), and of its article `published`, `group_id` and a `passage`.
    """
    told = row["date"] or ""
    place = row["place"] or {}
    # a name without coordinates is that of the country itself, or of something on no map
    named = place.get("text") if place.get("lat") is not None else None
    sense = (row["sense"] or "").split()
    return Profile(
        (row["type"], row["factuality"]),
        sense[1] if len(sense) > 1 and sense[0] == "trigger" else "",
        _CLITICS.sub("", normalise(row["trigger"]["text"])),
        row["mode"] or "",
        _sides(row["actors"]),
        _sides(row["recipients"]),
        date.fromisoformat(told) if len(told) == _ISO_DAY else None,
        told,
        row["published"],
        place.get("country") or "",
        normalise(named) if named else "",
        (place["lat"], place["lon"]) if named else None,
        row["group_id"],
        frozenset(word for word in normalise(row["passage"]).split() if len(word) >= _WORD or word.isdigit()),
    )


def _sides(participants: Sequence[Mapping[str, Any]]) -> tuple[Side, ...]:
    found = []
    for given in participants[:SIDES]:
        country, _, rest = given["code"].partition(" ")
        sector = rest.partition(" ")[0]
        known = country not in {"UNK", ""}
        found.append(
            Side(
                country if known else UNKNOWN,
                sector if known else "",
                given["entity"] or "",
                given["name"] is not None,
            )
        )
    return tuple(found)


def countries(sides: Sequence[Side]) -> tuple[str, ...]:
    """The countries of a side, `UNKNOWN` for one with nobody known."""
    return tuple(dict.fromkeys(side.country for side in sides if side.country)) or (UNKNOWN,)


def score(a: Profile, b: Profile, weights: Mapping[str, float] = WEIGHTS) -> float | None:
    """Logarithm of the odds that two events are one; None where something forbids it."""
    found = signs(a, b)
    return None if found is None else sum(weights.get(name, 0.0) * value for name, value in found.items())


def signs(a: Profile, b: Profile) -> dict[str, float] | None:
    """What speaks for or against two events being one, with its measure; None where something forbids it.

    Forbidden are different types or factualities, days more than one apart, different countries or different
    named places, and participants that cannot be the same.
    """
    if a.kind != b.kind or not same_place(a, b):
        return None
    day = _day(a, b)
    actor = _likeness(a.actors, b.actors) if day else ""
    recipient = _likeness(a.recipients, b.recipients) if actor else ""
    if not recipient:
        return None
    if actor == recipient == "unknown" and (a.article, a.word) != (b.article, b.word):
        return None
    sides = {"base": 1.0, f"actor {actor}": 1.0, f"recipient {recipient}": 1.0, f"day {day}": 1.0}
    return sides | _act(a, b) | _telling(a, b)


def _act(a: Profile, b: Profile) -> dict[str, float]:
    """Signs of what was done, and where."""
    found = {}
    if a.sense == b.sense:
        found["sense same"] = 1.0
    if a.word == b.word:
        found["word same"] = 1.0
    if a.mode and b.mode:
        found["mode same" if a.mode == b.mode else "mode other"] = 1.0
    if a.country and a.country == b.country:
        found["place same" if a.place and b.place else "place country"] = 1.0
    return found


def _telling(a: Profile, b: Profile) -> dict[str, float]:
    """Signs of how it is told."""
    found = {}
    if a.article == b.article:
        found["reprint"] = 1.0
    if a.words and b.words:
        found["passage"] = len(a.words & b.words) / len(a.words | b.words)
    if a.reported and b.reported:
        found["told apart"] = abs((a.reported - b.reported).total_seconds()) / 86_400
    return found


def same_place(a: Profile, b: Profile) -> bool:
    """Whether nothing says that two events were in different places."""
    if a.country and b.country and a.country != b.country:
        return False
    if not (a.place and b.place) or a.place == b.place:
        return True
    return bool(a.at and b.at and abs(a.at[0] - b.at[0]) < NEAR and abs(a.at[1] - b.at[1]) < NEAR)


def _day(a: Profile, b: Profile) -> str:
    """How the days agree: same, next, unsure; or "" when they do not."""
    if a.day and b.day:
        apart = abs((a.day - b.day).days)
        return ("same", "next", "")[min(apart, 2)]
    if a.date and b.date:
        return "unsure" if a.date.startswith(b.date) or b.date.startswith(a.date) else ""
    if not (a.reported and b.reported):
        return "unsure" if a.article == b.article else ""
    # the day that is told against the report that tells none
    first, second = (p.day or p.reported.date() for p in (a, b) if p.reported)
    return "unsure" if abs(first - second) <= TOLD_WITHIN else ""


_RANK = ("entity", "code", "person other", "country")


def _likeness(a: Sequence[Side], b: Sequence[Side]) -> str:
    """How alike two sides are, by the two participants most alike; "" when they cannot be the same."""
    if UNKNOWN in countries(a) or UNKNOWN in countries(b):
        return "unknown"
    found = {_pair(x, y) for x in a for y in b}
    return next((name for name in _RANK if name in found), "")


def _pair(a: Side, b: Side) -> str:
    if not a.country or a.country != b.country:
        return ""
    if a.entity and a.entity == b.entity and a.sector == b.sector:
        return "entity"
    if a.sector == b.sector:
        return "person other" if a.person and b.person and a.entity != b.entity else "code"
    return "country" if not (a.sector and b.sector) else ""
