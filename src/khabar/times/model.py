"""When: what the times room hands on."""

from __future__ import annotations

from typing import Literal

import msgspec


class Time(msgspec.Struct, frozen=True, gc=False):
    """An expression of time, TIMEX3 style.

    Attributes:
        start: code point offset into the article's text, attached prepositions left out.
        end: one past the last code point.
        value: TIMEX3 value («2025-09-03», «2024-06», «PT1H», «PAST_REF», «XXXX-WXX-3»).
        type: DATE, TIME, DURATION or SET.
        sentence: index of its sentence, or -1 in a stamp.
        rule: id of the rule that read it.
        event_time: False for one that cannot date an event (a stamp, a duration, an age).
    """

    start: int
    end: int
    value: str
    type: Literal["DATE", "TIME", "DURATION", "SET"]
    sentence: int
    rule: str
    event_time: bool = True
