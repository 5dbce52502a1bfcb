from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khabar.language.orthography import align, clean, fold

ARABIC = st.text(st.sampled_from("ابتثجحخدذرزسشصضطظعغفقكلمنهويءأإآؤئىةًٌٍَُِّْٰٕٓٔـ٣۳3 \n،.\u200f\u200c\x00ﻻﷲabZ"))


@pytest.mark.parametrize(
    ("given_text", "cleaned"),
    [
        ("مُحَمَّد", "محمد"),
        ("الأمـــــم", "الأمم"),
        ("\u200fالرئيس\u200e", "الرئيس"),
        ("الر\x00ئيس", "الرئيس"),
        ("ا\u0654مير", "أمير"),  # a combining hamza composes with its alef
        ("إ\u064eن", "إن"),
        ("ﻻ", "لا"),
        ("ﺍﻟﻘﺎﻫﺮﺓ", "القاهرة"),
        ("ﷲ", "الله"),
        ("هٰذا", "هذا"),
        ("ſ", "ſ"),  # compatibility forms of other scripts are none of ours
        ("مسؤول", "مسؤول"),
        ("على", "على"),
        ("غزة", "غزة"),
    ],
)
def test_clean_takes_away_marks_and_keeps_spelling(given_text: str, cleaned: str) -> None:
    assert clean(given_text) == cleaned


@pytest.mark.parametrize(
    ("written", "other"),
    [
        ("أحمد", "احمد"),
        ("إيران", "ايران"),
        ("آسيا", "اسيا"),
        ("موسى", "موسي"),
        ("غزة", "غزه"),
        ("رئيس", "رييس"),
        ("تهران", "تهران"),
        ("کرکوک", "كركوك"),
        ("سیستان", "سيستان"),
        ("ڤيينا", "فيينا"),
        ("٢٠٢٥", "2025"),
        ("۲۰۲۵", "2025"),
        ("١٢٫٥٪", "12.5%"),
        ("BBC", "bbc"),
    ],
)
def test_fold_makes_mixed_spellings_one(written: str, other: str) -> None:
    assert fold(written) == fold(other)


@pytest.mark.parametrize(
    ("one", "two"), [("قال", "قالا"), ("سعد", "سعيد"), ("عامر", "عمر"), ("وزراء", "وزرا")]
)
def test_fold_keeps_words_apart(one: str, two: str) -> None:
    assert fold(one) != fold(two)


def test_align_leads_back_to_the_text() -> None:
    text = "قال الرّئيسُ الأمـيركي"
    aligned = align(text)
    assert aligned.text == "قال الرييس الاميركي"
    at = aligned.text.index("الاميركي")
    start, end = aligned.span(at, at + len("الاميركي"))
    assert text[start:end] == "الأمـيركي"


def test_an_empty_slice_has_an_empty_source() -> None:
    aligned = align("سَلام")
    assert aligned.span(1, 1) == (2, 2)


@given(ARABIC)
def test_offsets_never_go_back_and_stay_inside(text: str) -> None:
    aligned = align(text)
    assert len(aligned.offsets) == len(aligned.text) + 1
    assert list(aligned.offsets) == sorted(aligned.offsets)
    assert aligned.offsets[-1] == len(text)


@given(ARABIC, st.data())
def test_the_source_of_a_slice_folds_to_the_slice(text: str, data: st.DataObject) -> None:
    aligned = align(text)
    starts = [i for i in range(len(aligned.text)) if i == 0 or aligned.offsets[i - 1] != aligned.offsets[i]]
    if not starts:
        return
    first = data.draw(st.sampled_from(starts))
    last = data.draw(st.sampled_from([s for s in [*starts, len(aligned.text)] if s > first]))
    start, end = aligned.span(first, last)
    assert align(text[start:end]).text == aligned.text[first:last]


@given(st.text())
def test_clean_and_fold_are_stable(text: str) -> None:
    cleaned = clean(text)
    assert clean(cleaned) == cleaned
    assert unicodedata.is_normalized("NFC", cleaned) or cleaned == ""
    folded = fold(cleaned)
    assert fold(folded) == folded
