"""Forms of nouns and nisbas: what grammar makes of a citation form."""

from __future__ import annotations

import pytest

from khabar.knowledge.inflect import nisba, noun


def nisba_forms(ms: str, *plurals: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for form in nisba(ms, plurals):
        found.setdefault(form.text, form.tag)
    return found


@pytest.mark.parametrize(
    ("form", "tag"),
    [
        ("روسي", "ms"),
        ("الروسي", "ms"),
        ("روسية", "fs"),
        ("الروسية", "fs"),
        ("روسيان", "md"),
        ("الروسيتان", "fd"),
        ("روسيتين", "fd"),
        ("روسيون", "mp"),
        ("الروسيين", "mp"),
        ("روسيات", "fp"),
        ("الروس", "mp"),
        ("روس", "mp"),
    ],
)
def test_nisba(form: str, tag: str) -> None:
    assert nisba_forms("روسي", "روس")[form] == tag


def test_nisba_of_two_words_agrees_in_both() -> None:
    forms = nisba_forms("كوري شمالي")
    assert forms["الكورية الشمالية"] == "fs"
    assert forms["كوريين شماليين"] == "mp"
    assert "الكوري شمالي" not in forms


def test_nisba_behind_a_word_that_stays() -> None:
    forms = nisba_forms("جنوب أفريقي")
    assert forms["جنوب أفريقية"] == "fs"
    assert forms["الجنوب أفريقي"] == "ms"
    assert "جنوبة أفريقية" not in forms


def noun_forms(**cells: str) -> set[tuple[str, str, str]]:
    tails = tuple(cells.pop("tail", "").split("|")) if cells.get("tail") else ()
    return {(form.text, form.tag, form.pronoun) for form in noun(**cells, tails=tails)}  # type: ignore[arg-type]


def test_noun_with_article_case_dual_and_pronouns() -> None:
    forms = noun_forms(ms="رئيس", fs="رئيسة", mp="رؤساء")
    assert {
        ("رئيس", "ms", ""),
        ("الرئيس", "ms", ""),
        ("رئيسا", "ms", ""),
        ("الرئيسان", "md", ""),
        ("رئيسين", "md", ""),
        ("رئيسة", "fs", ""),
        ("رئيستها", "fs", "ها"),
        ("رؤساء", "mp", ""),
        ("رؤسائهم", "mp", "هم"),
    } <= forms
    assert ("رؤساءا", "mp", "") not in forms


def test_sound_plural_loses_its_nun_before_a_genitive() -> None:
    forms = noun_forms(mp="مسلحون")
    assert {("مسلحين", "mp", ""), ("مسلحو", "mp", ""), ("مسلحي", "mp", ""), ("المسلحون", "mp", "")} <= forms
    assert ("المسلحو", "mp", "") not in forms


def test_genitive_behind_a_title() -> None:
    forms = noun_forms(ms="وزير", mp="وزراء", tail="الخارجية|خارجية")
    assert {
        ("وزير الخارجية", "ms", ""),
        ("وزير خارجية", "ms", ""),
        ("وزيرا خارجية", "md", ""),
        ("وزيري الخارجية", "md", ""),
        ("وزراء الخارجية", "mp", ""),
        ("وزير خارجيتها", "ms", "ها"),
    } <= forms
    assert not any(text.startswith(("الوزير خارجية", "وزيره الخارجية")) for text, _, _ in forms)


def test_adjective_behind_a_noun_agrees() -> None:
    forms = noun_forms(ms="مسؤول", fs="مسؤولة", mp="مسؤولون", tail="+أمني")
    assert {
        ("مسؤول أمني", "ms", ""),
        ("المسؤول الأمني", "ms", ""),
        ("مسؤولا أمنيا", "ms", ""),
        ("مسؤولة أمنية", "fs", ""),
        ("مسؤولون أمنيون", "mp", ""),
        ("المسؤولين الأمنيين", "mp", ""),
    } <= forms


def test_plural_of_things_with_its_adjective() -> None:
    forms = noun_forms(fp="قوات", tail="+مسلحة")
    assert {
        ("قوات مسلحة", "fp", ""),
        ("القوات المسلحة", "fp", ""),
        ("قواتها المسلحة", "fp", "ها"),
    } <= forms
