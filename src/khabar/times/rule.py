"""What a rule is: a small function that reads an expression at a token, with examples that run as tests."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Literal

import msgspec

if TYPE_CHECKING:
    from khabar.times.scene import Scene

TimeType = Literal["DATE", "TIME", "DURATION", "SET"]


class Found(msgspec.Struct, frozen=True, gc=False):
    """An expression that a rule read.

    Attributes:
        end: index of the token after it.
        value: TIMEX3 value; "" for an expression that is read but has no value to give (nothing is
            reported, and no other rule reads a part of it).
        type: DATE, TIME, DURATION or SET.
        start: code point offset, or -1 for the start of the first token less its proclitics.
        explicit: its year is written out, so that later dates without one may take it.
    """

    end: int
    value: str
    type: TimeType = "DATE"
    start: int = -1
    explicit: bool = False


class Reading(msgspec.Struct, frozen=True, gc=False):
    """A day or a period as read, for rules that read on from it.

    Attributes:
        value: TIMEX3 value, "" when it cannot be told.
        end: index after it.
        explicit: its year is written out.
    """

    value: str
    end: int
    explicit: bool = False


class Example(msgspec.Struct, frozen=True, gc=False):
    """Words, and what is found in them when published on Wednesday 2025-09-03 at 12:00 UTC.

    Attributes:
        text: the words.
        span: the expression, "" where nothing may be found.
        value: its value.
    """

    text: str
    span: str = ""
    value: str = ""


Reader = Callable[["Scene", int], Found | None]


class Rule(msgspec.Struct, frozen=True):
    """A rule.

    Attributes:
        id: «group.name».
        starts: kinds of mark at which it is tried.
        read: the function.
        yes: examples that it must read.
        no: words in which it must read nothing.
    """

    id: str
    starts: tuple[str, ...]
    read: Reader
    yes: tuple[Example, ...]
    no: tuple[Example, ...]


RULES: list[Rule] = []


def rule(
    name: str, *starts: str, yes: tuple[tuple[str, str, str], ...], no: tuple[str, ...] = ()
) -> Callable[[Reader], Reader]:
    """Register a function as a rule.

    Args:
        name: its id.
        starts: kinds of mark at which it is tried.
        yes: (words, expression, value) that it must read.
        no: words in which it must read nothing.

    Raises:
        ValueError: the id is taken.
    """
    if any(r.id == name for r in RULES):
        raise ValueError(f"rule {name!r} is defined twice")

    def register(read: Reader) -> Reader:
        examples = tuple(Example(*e) for e in yes)
        RULES.append(Rule(name, starts, read, examples, tuple(Example(t) for t in no)))
        return read

    return register
