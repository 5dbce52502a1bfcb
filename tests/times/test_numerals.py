"""Numbers in words: every gender and case."""

from collections.abc import Callable

import pytest

from khabar.times.line import Line
from khabar.times.numerals import cardinal, ordinal, year

Mark = Callable[[str], Line]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("ثلاثة", 3),
        ("ثماني", 8),
        ("اثنتي عشرة", 12),
        ("خمسة عشر", 15),
        ("خمس وعشرين", 25),
        ("تسعون", 90),
        ("مئة", 100),
        ("مائتين وخمسين", 250),
        ("ثلاثمئة وخمسة وستين", 365),
        ("خمسة آلاف", 5000),
        ("ألفين وثمانية عشر", 2018),
        ("ألف وتسعمئة وسبعة وستين", 1967),
        ("٤٨", 48),
        ("الـ24", 24),
    ],
)
def test_cardinal(line: Mark, text: str, number: int) -> None:
    read = line(text)
    assert cardinal(read, 0) == (number, read.size)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("الأول", 1),
        ("الثالثة", 3),
        ("الحادي عشر", 11),
        ("الثانية عشرة", 12),
        ("العشرين", 20),
        ("الحادي والعشرين", 21),
        ("الثالثة والثلاثون", 33),
    ],
)
def test_ordinal(line: Mark, text: str, number: int) -> None:
    read = line(text)
    assert ordinal(read, 0) == (number, read.size)


@pytest.mark.parametrize("text", ["خمسة أو ستة", "خمسة", "الخامس", "20155", "الوزير"])
def test_no_year(line: Mark, text: str) -> None:
    assert year(line(text), 0) is None


@pytest.mark.parametrize(("text", "number"), [("2015", 2015), ("ألفين وأحد عشر", 2011), ("١٩٦٧", 1967)])
def test_year(line: Mark, text: str, number: int) -> None:
    read = line(text)
    assert year(read, 0) == (number, read.size)
