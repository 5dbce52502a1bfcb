"""The record of one article: the output contract (docs/record.md)."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

import msgspec

Factuality = Literal["actual", "historical", "future", "hypothetical", "negated"]


class Credit(msgspec.Struct, frozen=True, omit_defaults=False):
    """A picture credit as written."""

    agency: str | None = None
    photographer: str | None = None


class Participant(msgspec.Struct, frozen=True):
    """An actor, recipient or speaker: the words, and who they stand for.

    `text` is "" and the offsets None for a dropped subject or one resolved from elsewhere.
    """

    text: str
    code: str
    start: int | None = None
    end: int | None = None
    name: str | None = None
    entity: str | None = None


class MentionRecord(msgspec.Struct, frozen=True):
    """A mention: span, kind, and what it resolves to."""

    start: int
    end: int
    kind: str
    entity: str | None
    name: str | None
    code: str


class TimeRecord(msgspec.Struct, frozen=True):
    """An expression of time with its TIMEX3 value."""

    start: int
    end: int
    text: str
    value: str
    type: str


class StatementRecord(msgspec.Struct, frozen=True):
    """Words attributed to a speaker."""

    start: int
    end: int
    kind: Literal["direct", "indirect"]
    speaker: Participant
    text: str


class Span(msgspec.Struct, frozen=True):
    """A slice of the article's text."""

    start: int
    end: int
    text: str


class Place(msgspec.Struct, frozen=True):
    """Where an event happened; `text` is None where only the country is known."""

    text: str | None
    country: str | None
    lat: float | None = None
    lon: float | None = None
    geonameid: int | None = None


class Event(msgspec.Struct, frozen=True):
    """One coded event. `why` lists the decisions in the order they were made."""

    id: str
    type: str
    mode: str | None
    contexts: tuple[str, ...]
    quad: int
    cameo: str | None
    factuality: Factuality
    trigger: Span
    actors: tuple[Participant, ...]
    recipients: tuple[Participant, ...]
    said_by: tuple[Participant, ...]
    date: str | None
    place: Place | None
    confidence: float
    why: tuple[str, ...]


class Record(msgspec.Struct, frozen=True):
    """Everything khabar read in one article."""

    id: str
    digest: str
    khabar: str
    title: str | None
    published: datetime | None
    updated: datetime | None
    outlet: str | None
    url: str | None
    dateline: str | None
    credits: tuple[Credit, ...]
    caption: str | None
    text: str
    mentions: tuple[MentionRecord, ...]
    times: tuple[TimeRecord, ...]
    statements: tuple[StatementRecord, ...]
    events: tuple[Event, ...]
    notes: tuple[str, ...] = ()
