"""What the rest of the article says: a first reading of every event votes on the sides of the others.

An article tells its main event again and again, now with its actor named, now without. Each event is first
read alone; then each is read again with the others' first readings at hand.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import msgspec

from khabar.events.arguments import Role
from khabar.events.scorer import Part

#: Probability by code, for one role of one event.
Chances = dict[str, float]
_STEPS = ((0.05, "nought"), (0.3, "few"), (0.6, "some"), (0.9, "most"))


class Reading(msgspec.Struct, frozen=True):
    """The first reading of an event: its type and lemma, and who may be on its sides."""

    type: str
    lemma: str
    actor: Chances
    recipient: Chances

    def side(self, role: Role) -> Chances:
        """The chances of one role."""
        return self.actor if role == "actor" else self.recipient


class Votes:
    """The first readings of an article's events, summed."""

    __slots__ = ("_all", "_by_type", "_size")

    def __init__(self, readings: list[Reading]) -> None:
        self._by_type: dict[tuple[Role, str], dict[str, float]] = defaultdict(lambda: defaultdict(float))
        self._all: dict[Role, dict[str, float]] = {
            "actor": defaultdict(float),
            "recipient": defaultdict(float),
        }
        self._size: dict[str, int] = defaultdict(int)
        for r in readings:
            self._size[r.type] += 1
            self._size[""] += 1
            for role in ("actor", "recipient"):
                for code, p in r.side(role).items():
                    self._by_type[role, r.type][code] += p
                    self._all[role][code] += p

    def features(self, role: Role, kind: str, code: str, own: Reading | None) -> Part:
        """How the other events vote for a code in a role of an event of this type; `own` is left out."""
        other: Role = "recipient" if role == "actor" else "actor"
        mine = 1 if own is not None and own.type == kind else 0
        size = self._size[kind] - mine
        votes = turned = total = ""
        if size > 0:
            mine_p, theirs_p = (
                (own.side(role).get(code, 0.0), own.side(other).get(code, 0.0)) if mine and own else (0, 0)
            )
            votes = _step((self._by_type[role, kind].get(code, 0.0) - mine_p) / size)
            turned = _step((self._by_type[other, kind].get(code, 0.0) - theirs_p) / size)
        every = self._size[""] - (1 if own is not None else 0)
        if every > 0:
            total = _step(
                (self._all[role].get(code, 0.0) - (own.side(role).get(code, 0.0) if own else 0.0)) / every
            )
        return _names, (kind, votes, turned, total, min(size, 3))


def _names(kind: str, votes: str, turned: str, total: str, size: int) -> Sequence[str]:
    f = []
    if votes:
        f += [f"votes={votes}", f"votes={votes}|{kind}", f"votes={votes}|{size}", f"turned={turned}"]
    if total:
        f.append(f"all-votes={total}")
    return f


def _step(share: float) -> str:
    for top, name in _STEPS:
        if share < top:
            return name
    return "all"
