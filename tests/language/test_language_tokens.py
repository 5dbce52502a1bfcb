from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khabar.language import Analyzer, load_lexicon, normalise
from khabar.language.tokens import kind_of, spans


def cut(text: str) -> list[str]:
    return [text[start:end] for start, end in spans(text)]


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("وصل الوزير أمس.", ["وصل", "الوزير", "أمس", "."]),
        ("#نواز_شريف يعود", ["نواز", "شريف", "يعود"]),
        ("كتب @moon_news أمس", ["كتب", "@moon_news", "أمس"]),
        ("انظر https://example.org/a?b=1، ثم", ["انظر", "https://example.org/a?b=1", "،", "ثم"]),
        ("www.example.org.", ["www.example.org", "."]),
        ("08:17 GMT 03.09.2025", ["08:17", "GMT", "03.09.2025"]),
        ("1,500 رجل", ["1,500", "رجل"]),
        ("١٢٫٥ في المئة", ["١٢٫٥", "في", "المئة"]),
        ("50% و٪٢٠", ["50%", "و", "٪٢٠"]),
        ("عام 2018.", ["عام", "2018", "."]),
        ("في 2025-09-03 و3/9/2025", ["في", "2025-09-03", "و", "3/9/2025"]),
        ("بيونغ-يانغ", ["بيونغ", "يانغ"]),
        ("صاروخ إس-400", ["صاروخ", "إس", "400"]),
        ("طائرة F-16", ["طائرة", "F-16"]),
        ("(أ.ف.ب)", ["(", "أ", "ف", "ب", ")"]),
        ("مهلا... ثم", ["مهلا", "...", "ثم"]),
        ("ثم…", ["ثم", "…"]),
        ("«نعم»؟!", ["«", "نعم", "»", "؟", "!"]),
        ("القاهرة ـ خبر", ["القاهرة", "ـ", "خبر"]),
        ("بـ500 رجل", ["بـ", "500", "رجل"]),
        ("موسكو - خبر", ["موسكو", "-", "خبر"]),
        ("الرئيسُ\u200f قال", ["الرئيسُ", "قال"]),
        ("_ # \u064e \u200b", ["#"]),
        ("", []),
    ],
)
def test_tokens(text: str, tokens: list[str]) -> None:
    assert cut(text) == tokens


@pytest.mark.parametrize(
    ("token", "kind"),
    [
        ("قال", "word"),
        ("ﻻ", "word"),
        ("12.5", "number"),
        ("%50", "number"),
        ("Reuters", "latin"),
        ("@abc", "latin"),
        ("كييف", "word"),
        ("Москва", "latin"),
        ("،", "punct"),
        ("...", "punct"),
        ("ﷺ", "punct"),
    ],
)
def test_kinds(token: str, kind: str) -> None:
    assert kind_of(token) == kind


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("الرئيس  السيسيّ", "الرييس السيسي"),
        ("بيونغ-يانغ", "بيونغ يانغ"),
        ("#بيونغ_يانغ", "بيونغ يانغ"),
        ("أ.ف.ب", "ا ف ب"),
        ("أ ف ب", "ا ف ب"),
        ("١٬٥٠٠", "1,500"),
        ("“نعم”", '" نعم "'),
        ("نعم,لا?", "نعم ، لا ؟"),
    ],
)
def test_key_forms(text: str, key: str) -> None:
    assert normalise(text) == key


@given(st.text(alphabet=st.sampled_from('ابلأ_#-.,:/%٪٣3 \nَّـ\u200f\u200b\x00«»"aZ@')))
def test_tokens_cover_what_can_be_read(text: str) -> None:
    places = list(spans(text))
    assert all(start < end for start, end in places)
    assert all(a[1] <= b[0] for a, b in itertools.pairwise(places))
    covered = {at for start, end in places for at in range(start, end)}
    assert all(at in covered for at, char in enumerate(text) if char in 'ابلأ3٣aZ@«»"')


@given(st.text())
def test_any_text_can_be_normalised(text: str) -> None:
    key = normalise(text)
    assert key == key.strip()
    assert "  " not in key


def test_a_word_knows_its_spelling_and_its_key() -> None:
    word = Analyzer(load_lexicon()).word("الأمـيركيّ")
    assert (word.text, word.norm, word.kind, word.article) == ("الأميركي", "الاميركي", "word", True)
    assert word.keys[0].form == "الاميركي"


def test_words_are_shared_between_places() -> None:
    analyzer = Analyzer(load_lexicon())
    assert analyzer.word("القمة") is analyzer.word("القمة")
