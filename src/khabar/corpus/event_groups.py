"""One event told in several articles: records of events gathered into groups.

Records come in the order of their articles' publication. Each joins the group whose records it is most like
(`khabar.corpus.event_match`), or begins one. Only groups with a report within a week are looked at, found by
countries of their participants, so that memory and work do not grow with the archive. A record that fits two
groups joins them to one, if they fit each other too.
"""

from __future__ import annotations

import hashlib
import heapq
import itertools
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from khabar.corpus.event_match import UNKNOWN, Profile, countries, profile_of, same_place, score

WINDOW = timedelta(days=7)
"""How long after its last report a group may be reported again."""

LIVE = 30_000
"""Groups that are looked at; of more the ones reported longest ago are closed. Each takes some 8 kB."""

CANDIDATES = 150
"""Groups that a record is compared with: of more the newest."""

PROFILES = 6
"""Records of a group that a new one is compared with: the first and the latest ones."""

THRESHOLD = 0.0
"""Logarithm of the odds from which records tell one event."""

_ID_BYTES = 12

Key = tuple[Any, ...]


class EventGroup:
    """Records that tell one event.

    Attributes:
        id: hash of the id of the first record; stays as the group grows.
        best: the row of the record with the highest confidence, of these the first reported.
        first: when it was first reported.
        last: when it was last reported.
        sources: every record: article, number, id, outlet, published, how well it fitted, and its place among
            all.
        day: when it happened, as most of the records that tell a day have it.
        articles: groups of near-duplicates that the articles belong to.
    """

    def __init__(self, row: Mapping[str, Any], profile: Profile, place: int) -> None:
        self.id = hashlib.blake2b(row["id"].encode(), digest_size=_ID_BYTES).hexdigest()
        self.best = row
        self.first: datetime | None = row["published"]
        self.last: datetime | None = row["published"]
        self.sources: list[dict[str, Any]] = []
        self.articles: set[str] = set()
        self.profiles: list[Profile] = []
        self.keys: set[Key] = set()
        self._where = profile
        self._days: dict[date, int] = {}
        self.day: date | None = None
        self.add(row, profile, place, None)

    def add(self, row: Mapping[str, Any], profile: Profile, place: int, fit: float | None) -> None:
        """Take in a record, the `place`th of all."""
        if row["confidence"] > self.best["confidence"]:
            self.best = row
        self.last = row["published"]
        self.sources.append(
            {
                "place": place,
                "article": row["article"],
                "number": row["number"],
                "event": row["id"],
                "outlet": row["outlet"],
                "published": row["published"],
                "score": fit,
            }
        )
        self.articles.add(profile.article)
        if profile.day:
            self._count({profile.day: 1})
        self._keep(profile)

    def _count(self, days: Mapping[date, int]) -> None:
        """Count days that records tell; the one told most, of several the one told first, is the group's."""
        for day, number in days.items():
            self._days[day] = self._days.get(day, 0) + number
        most = max(self._days, key=lambda known: self._days[known], default=None)
        if most != self.day:
            self.day = most
            kept = [known for known in self.profiles if known.day in {None, most}]
            self.profiles = kept or self.profiles

    def _keep(self, profile: Profile) -> None:
        """Remember a profile, and the place and day that all records must agree with."""
        # the first place with a name, or else with a country: all later ones agree with it
        if (profile.place and not self._where.place) or (profile.country and not self._where.country):
            self._where = profile
        if profile.day in {None, self.day}:
            if len(self.profiles) >= PROFILES:
                del self.profiles[1]
            self.profiles.append(profile)

    def fit(self, profile: Profile) -> float | None:
        """How well a record fits: the mean over the group's, None if any of them forbids it."""
        if not same_place(self._where, profile) or not self._near(
            profile.day, [profile.day] if profile.day else ()
        ):
            return None
        return _mean(score(known, profile) for known in self.profiles)

    def likeness(self, other: EventGroup) -> float | None:
        """How well another group fits: the mean over all pairs of records that are kept."""
        if not same_place(self._where, other._where) or not self._near(other.day, other._days):
            return None
        return _mean(score(a, b) for a in self.profiles for b in other.profiles)

    def absorb(self, other: EventGroup) -> None:
        """Take in the records of another group, whose first record came later."""
        if other.best["confidence"] > self.best["confidence"]:
            self.best = other.best
        self.last = max(filter(None, (self.last, other.last)), default=None)
        # records came to both groups in their order
        merged = heapq.merge(self.sources, other.sources, key=lambda source: source["place"])
        self.sources = list(merged)
        self.articles |= other.articles
        self._count(other._days)
        for profile in other.profiles:
            self._keep(profile)

    def _near(self, day: date | None, others: Iterable[date]) -> bool:
        """Whether a day is the group's or next to it, and others do not lie farther apart than they may.

        So a group has at most three days: that of the event, and what mistakes make of it.
        """
        if day and self.day and abs((day - self.day).days) > 1:
            return False
        days = [*self._days, *others]
        return not days or (max(days) - min(days)).days <= 2


def _mean(values: Iterable[float | None]) -> float | None:
    total = 0.0
    number = 0
    for value in values:
        if value is None:
            return None
        total += value
        number += 1
    return total / number


class EventGroups:
    """Gathers records, given in the order of their articles' publication.

    Args:
        window: how long a group waits for another report.
        live: how many groups do.
        threshold: from which score a record joins.
    """

    def __init__(self, window: timedelta = WINDOW, live: int = LIVE, threshold: float = THRESHOLD) -> None:
        self._window = window
        self._cap = live
        self._threshold = threshold
        self._number = 0
        self._live: OrderedDict[str, EventGroup] = OrderedDict()
        self._index: dict[Key, dict[str, EventGroup]] = {}

    def add(self, row: Mapping[str, Any]) -> Iterator[EventGroup]:
        """Take in a record; gives groups that nothing can join any more.

        Args:
            row: as of `khabar.corpus.event_match.profile_of`.
        """
        yield from self._closed(row["published"])
        self._number += 1
        profile = profile_of(row)
        fits = self._fits(profile)
        if fits:
            group, fit = fits[0]
            group.add(row, profile, self._number, fit)
            self._live.move_to_end(group.id)
        else:
            group = EventGroup(row, profile, self._number)
            # two events of one word and type have one id: the second one's group gets another
            while group.id in self._live:
                group.id = hashlib.blake2b(group.id.encode(), digest_size=_ID_BYTES).hexdigest()
            self._live[group.id] = group
        self._enter(group, _kept_under(profile))
        for other, _ in fits[1:]:
            group = self._joined(group, other)

    def _enter(self, group: EventGroup, keys: Iterable[Key]) -> None:
        for key in keys:
            self._index.setdefault(key, {})[group.id] = group
            group.keys.add(key)

    def _joined(self, a: EventGroup, b: EventGroup) -> EventGroup:
        """Make one of two groups that a record fits both of, if they fit each other."""
        likeness = a.likeness(b)
        if likeness is None or likeness < self._threshold:
            return a
        first, second = (a, b) if a.sources[0]["place"] < b.sources[0]["place"] else (b, a)
        self._forget(second)
        first.absorb(second)
        self._enter(first, second.keys)
        self._live.move_to_end(first.id)
        return first

    def rest(self) -> Iterator[EventGroup]:
        """The groups that are left at the end."""
        while self._live:
            yield self._close()

    def _fits(self, profile: Profile) -> list[tuple[EventGroup, float]]:
        """The groups that a record fits, the best first, of equals the oldest."""
        found: dict[str, tuple[EventGroup, float]] = {}
        seen: set[str] = set()
        for key in _looked_for_under(profile):
            some = self._index.get(key, {})
            for name in itertools.islice(reversed(some), CANDIDATES):
                if name not in seen:
                    seen.add(name)
                    fit = some[name].fit(profile)
                    if fit is not None and fit >= self._threshold:
                        found[name] = (some[name], fit)
        return sorted(found.values(), key=lambda pair: (-pair[1], pair[0].sources[0]["place"]))

    def _closed(self, now: datetime | None) -> Iterator[EventGroup]:
        while self._live:
            last = next(iter(self._live.values())).last
            late = (last is None) != (now is None) or (
                last is not None and now is not None and now - last > self._window
            )
            if not late and len(self._live) < self._cap:
                return
            yield self._close()

    def _close(self) -> EventGroup:
        group = next(iter(self._live.values()))
        self._forget(group)
        return group

    def _forget(self, group: EventGroup) -> None:
        del self._live[group.id]
        for key in group.keys:
            some = self._index[key]
            del some[group.id]
            if not some:
                del self._index[key]


def _dyads(profile: Profile) -> Iterator[tuple[str, str]]:
    return itertools.product(countries(profile.actors), countries(profile.recipients))


def _kept_under(profile: Profile) -> Iterator[Key]:
    """Where a record can be found by records that may tell the same event."""
    kind = profile.kind
    yield (*kind, "text", profile.article, profile.word)
    for actor, recipient in _dyads(profile):
        if UNKNOWN not in {actor, recipient}:
            yield (*kind, "both", actor, recipient)
        if actor != UNKNOWN:
            yield (*kind, "actor", actor)
        if recipient != UNKNOWN:
            yield (*kind, "recipient", recipient)
        if actor != UNKNOWN and recipient == UNKNOWN:
            yield (*kind, "actor alone", actor)
        if actor == UNKNOWN and recipient != UNKNOWN:
            yield (*kind, "recipient alone", recipient)


def _looked_for_under(profile: Profile) -> Iterator[Key]:
    """Where the records may be that tell the same event: all that share a participant who is known."""
    kind = profile.kind
    yield (*kind, "text", profile.article, profile.word)
    for actor, recipient in _dyads(profile):
        if UNKNOWN not in {actor, recipient}:
            yield (*kind, "both", actor, recipient)
            yield (*kind, "actor alone", actor)
            yield (*kind, "recipient alone", recipient)
        elif actor != UNKNOWN:
            yield (*kind, "actor", actor)
        elif recipient != UNKNOWN:
            yield (*kind, "recipient", recipient)
