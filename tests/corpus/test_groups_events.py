"""When two records tell one event, and when never."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

import pytest

from khabar.corpus.event_groups import EventGroup, EventGroups
from khabar.corpus.event_match import profile_of, score

PASSAGE = "قصف الجيش السوري سوقا في مدينة إدلب وقتل تسعة مدنيين بحسب مصادر طبية"


def side(code: str, entity: str | None = None, name: str | None = None) -> dict[str, Any]:
    return {"text": "", "code": code, "start": None, "end": None, "name": name, "entity": entity}


def place(
    text: str | None, country: str, lat: float | None = None, lon: float | None = None
) -> dict[str, Any]:
    return {"text": text, "country": country, "lat": lat, "lon": lon, "geonameid": None}


def record(article: str = "a", **changes: Any) -> dict[str, Any]:
    made: dict[str, Any] = {
        "article": article,
        "number": 1,
        "id": f"{article}-{changes.get('number', 1)}",
        "type": "ASSAULT",
        "factuality": "actual",
        "mode": None,
        "sense": "trigger assault.bombard p=0.9",
        "trigger": {"start": 0, "end": 3, "text": "قصف"},
        "actors": [side("SYR MIL")],
        "recipients": [side("SYR CVL")],
        "date": "2021-05-17",
        "place": place("إدلب", "SYR", 35.93, 36.63),
        "confidence": 0.5,
        "published": dt.datetime(2021, 5, 17, 10),  # noqa: DTZ001 - as DuckDB gives it
        "outlet": None,
        "group_id": article,
        "passage": PASSAGE,
    }
    return {**made, **changes}


def groups(records: Iterable[dict[str, Any]], **options: Any) -> list[EventGroup]:
    made = EventGroups(**options)
    done = [group for given in records for group in made.add(given)]
    return [*done, *made.rest()]


def together(a: dict[str, Any], b: dict[str, Any]) -> bool:
    return len(groups([a, b])) == 1


def test_two_reports_of_one_strike() -> None:
    (group,) = groups([record("a"), record("b", confidence=0.9), record("c", confidence=0.9)])
    assert [source["article"] for source in group.sources] == ["a", "b", "c"]
    assert group.best["article"] == "b"
    assert (group.first, group.last) == (record()["published"], record()["published"])


@pytest.mark.parametrize(
    "changes",
    [
        {"type": "COERCE"},
        {"factuality": "negated"},
        {"factuality": "hypothetical"},
        {"place": place("حلب", "SYR", 36.2, 37.16)},
        {"place": place(None, "IRQ")},
        {"date": "2021-05-19"},
        {"date": "2021-04"},
        {"actors": [side("RUS MIL")]},
        {"actors": [side("SYR REB")]},
        {"recipients": [side("SYR GOV")]},
        {"actors": [side("UNK")], "recipients": []},
    ],
)
def test_what_is_never_one_event(changes: dict[str, Any]) -> None:
    assert score(profile_of(record("a")), profile_of(record("b", **changes))) is None
    assert not together(record("a"), record("b", **changes))


@pytest.mark.parametrize(
    "changes",
    [
        {"date": "2021-05-18"},
        {"date": "2021-05"},
        {"date": None},
        {"place": None},
        {"place": place(None, "SYR")},
        {"place": place("مدينة إدلب", "SYR", 35.93, 36.64)},
        {"actors": [side("SYR")]},
        {"actors": [side("UNK")]},
        {"recipients": []},
        {"trigger": {"start": 5, "end": 9, "text": "القصف"}},
    ],
)
def test_what_may_be_one_event(changes: dict[str, Any]) -> None:
    assert together(record("a"), record("b", **changes))


def test_an_unknown_side_speaks_against() -> None:
    whole = score(profile_of(record("a")), profile_of(record("b")))
    unsure = score(profile_of(record("a")), profile_of(record("b", recipients=[side("UNK")])))
    assert whole is not None
    assert unsure is not None
    assert unsure < whole


def test_two_acts_of_the_same_sides_stay_two() -> None:
    other = record(
        "b",
        sense="trigger assault.arson p=0.7",
        trigger={"start": 0, "end": 4, "text": "أحرق"},
        place=None,
        date=None,
        passage="أحرق جنود محاصيل المزارعين قرب الحدود بعد خلاف على الري",
    )
    assert not together(record("a"), other)


def test_places_do_not_chain() -> None:
    """A report without a place does not make one event of strikes on two towns."""
    aleppo = record("c", place=place("حلب", "SYR", 36.2, 37.16))
    assert len(groups([record("a"), record("b", place=None), aleppo])) == 2


def test_days_do_not_chain() -> None:
    days = [record(name, date=f"2021-05-{day}") for name, day in (("a", 17), ("b", 18), ("c", 19))]
    assert len(groups(days)) == 2


def test_a_group_has_the_day_that_most_tell() -> None:
    """One report too early and one too late are of the same strike; two days from the most it is another."""
    days = [record(str(n), date=f"2021-05-{day}") for n, day in enumerate((18, 17, 18, 18, 19))]
    (group,) = groups(days)
    assert group.day == dt.date(2021, 5, 18)
    assert len(groups([*days, record("late", date="2021-05-20")])) == 2


def test_a_report_that_fits_two_groups_joins_them() -> None:
    first = record("a", place=None, date=None, passage="قصف الجيش السوري سوقا في مدينة إدلب")
    second = record(
        "b",
        actors=[side("UNK")],
        place=None,
        sense="trigger assault.kill p=0.8",
        trigger={"start": 0, "end": 3, "text": "قتل"},
        passage="وقتل تسعة مدنيين بحسب مصادر طبية",
    )
    assert len(groups([first, second])) == 2
    weak = EventGroups(threshold=-3.0)
    for given in (first, second, record("c")):
        assert not list(weak.add(given))
    (group,) = weak.rest()
    assert [source["article"] for source in group.sources] == ["a", "b", "c"]


def test_the_id_stays_as_the_group_grows() -> None:
    (small,) = groups([record("a")])
    (large,) = groups([record("a"), record("b", confidence=0.9)])
    assert small.id == large.id


def test_what_is_long_past_is_let_go() -> None:
    made = EventGroups()
    assert not list(made.add(record("a")))
    later = record("b", published=dt.datetime(2021, 5, 30), date="2021-05-30")  # noqa: DTZ001
    assert [group.best["article"] for group in made.add(later)] == ["a"]
    assert [group.best["article"] for group in made.rest()] == ["b"]
    undated = record("c", published=None)
    assert len(groups([record("a"), undated])) == 2


def test_no_more_groups_wait_than_allowed() -> None:
    made = EventGroups(live=5)
    towns = [record(str(n), place=place(f"بلدة {n}", "SYR", 30.0 + n, 30.0)) for n in range(20)]
    done = [group for given in towns for group in made.add(given)]
    assert len(done) == 15
    assert len(list(made.rest())) == 5
