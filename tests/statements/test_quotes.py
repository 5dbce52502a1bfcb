"""Marks of quotation: which belong together."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khabar.statements.quotes import pair


def inner(text: str) -> list[str]:
    return [text[q.inner_start : q.inner_end] for q in pair(text) if q.depth == 0]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('قال: "نرحب بكم".', ["نرحب بكم"]),
        ("قال: «نرحب بكم».", ["نرحب بكم"]),
        ("قال: “نرحب بكم”.", ["نرحب بكم"]),
        ("قال: ”نرحب بكم“.", ["نرحب بكم"]),
        ("قال: ‹نرحب بكم›.", ["نرحب بكم"]),
        ("قال: »نرحب بكم«.", ["نرحب بكم"]),
        ("قال: 'نرحب بكم'.", ["نرحب بكم"]),
        ('قال: " نرحب بكم ".', ["نرحب بكم"]),
        ('وصفه بـ"المخيف" ثم بـ"الغريب".', ["المخيف", "الغريب"]),
        ('و"عملية مصالحة" جديدة', ["عملية مصالحة"]),
    ],
)
def test_every_pair_of_marks(text: str, said: list[str]) -> None:
    assert inner(text) == said


def test_nested_quotation_is_within_its_outer() -> None:
    text = "قال: «هزمنا تنظيم ‹الليل› في الجبل»."
    quotes = pair(text)
    assert [(text[q.inner_start : q.inner_end], q.depth) for q in quotes] == [
        ("هزمنا تنظيم ‹الليل› في الجبل", 0),
        ("الليل", 1),
    ]


def test_unclosed_quotation_runs_to_the_end_of_its_block() -> None:
    text = 'قال: "لن نعود إلى الحرب'
    (quote,) = pair(text)
    assert text[quote.inner_start : quote.inner_end] == "لن نعود إلى الحرب"
    assert not quote.closed


def test_a_slip_does_not_swallow_the_quotations_after_it() -> None:
    text = 'قالت قناة "النور بأن "القوات انسحبت". وأضافت "لا خسائر".'
    assert inner(text) == ["القوات انسحبت", "لا خسائر"]


def test_apostrophe_is_no_quotation() -> None:
    assert inner("التقى O'Brien في دبي") == []


@given(st.text(alphabet="اب و.،\"«»“”‹›'’‘بـ", max_size=60))
def test_offsets_hold_for_any_input(text: str) -> None:
    quotes = pair(text)
    for quote in quotes:
        assert 0 <= quote.start < quote.inner_start <= quote.inner_end <= quote.end <= len(text)
    for one, other in pairwise(quotes):
        assert one.start < other.start
        assert one.end <= other.start or other.end <= one.end
        assert (other.depth > one.depth) == (other.start < one.end)


@given(st.text(max_size=40), st.text(alphabet="ابتث ", min_size=1, max_size=20).filter(str.strip))
def test_a_clean_pair_is_found_whatever_stands_before(before: str, said: str) -> None:
    before = "".join(c for c in before if c not in "\"«»“”„‟‹›〝〞＂‘’‚‛'`")
    text = f"{before} «{said.strip()}»."
    assert inner(text) == [said.strip()]
