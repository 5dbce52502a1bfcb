"""Arithmetic of dates."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khabar.times import calendar

DAYS = st.dates(min_value=date(1950, 1, 1), max_value=date(2060, 12, 31))


@given(DAYS, st.integers(1, 7))
def test_weekday_is_near_and_on_its_side(today: date, number: int) -> None:
    for direction, first, last in ((-1, -7, -1), (0, -6, 0), (1, 1, 7), (2, 0, 6)):
        when = calendar.weekday(today, number, direction)
        assert when.isoweekday() == number
        assert first <= (when - today).days <= last


@given(DAYS, st.integers(-400, 400))
def test_months_on_and_back_cancel(when: date, by: int) -> None:
    year, month = calendar.shift_month(when.year, when.month, by)
    assert calendar.shift_month(year, month, -by) == (when.year, when.month)


@pytest.mark.parametrize(
    ("unit", "by", "value"),
    [
        ("D", -1, "2025-09-02"),
        ("W", 1, "2025-W37"),
        ("M", -9, "2024-12"),
        ("Y", -1, "2024"),
        ("DE", -1, "201"),
        ("CE", -1, "19"),
        ("Y", -9999, ""),
        ("D", 10**9, ""),
    ],
)
def test_shift(unit: str, by: int, value: str) -> None:
    assert calendar.shift(date(2025, 9, 3), unit, by) == value


@pytest.mark.parametrize(
    ("year", "when"), [(2018, date(2018, 4, 1)), (2024, date(2024, 3, 31)), (2025, date(2025, 4, 20))]
)
def test_easter(year: int, when: date) -> None:
    assert calendar.easter(year) == when


def test_hijri() -> None:
    assert calendar.from_hijri(1439, 9, 1) == date(2018, 5, 16)
    assert calendar.from_hijri(1439, 13, 1) is None
    assert calendar.from_hijri(1200, 1, 1) is None
    assert calendar.hijri_year(date(2018, 5, 16)) == 1439
    assert abs(calendar.hijri_year(date(1789, 7, 14)) - 1203) <= 1


def test_fourth_thursday() -> None:
    assert calendar.nth_weekday(2025, 11, 4, 4) == date(2025, 11, 27)


@pytest.mark.parametrize(
    ("number", "unit", "value"),
    [
        (2, "D", "P2D"),
        (None, "M", "PXM"),
        (3, "DE", "P30Y"),
        (None, "CE", "PXY"),
        (1, "TH", "PT1H"),
        (2, "N", "P2D"),
    ],
)
def test_duration(number: int | None, unit: str, value: str) -> None:
    assert calendar.duration(number, unit) == value
