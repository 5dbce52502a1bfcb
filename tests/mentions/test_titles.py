"""Titles with and without names."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from khabar.mentions import Mention

Find = Callable[..., list[tuple[str, Mention]]]


@pytest.mark.parametrize(
    ("text", "span", "code", "name"),
    [
        (
            "التقى وزير الخارجية المصري تامر ويصاوي الوفد",
            "وزير الخارجية المصري تامر ويصاوي",
            "EGY GOV",
            "تامر ويصاوي",
        ),
        (
            "وصل الرئيس التشيلي، ماتياس أورتيغا، أمس",
            "الرئيس التشيلي، ماتياس أورتيغا",
            "CHL GOV",
            "ماتياس أورتيغا",
        ),
        (
            "قال قائد الجيش النيجيري إيكون أوباسي إن",
            "قائد الجيش النيجيري إيكون أوباسي",
            "NGA MIL",
            "إيكون أوباسي",
        ),
        (
            "حضر خورخي مالدونادو، وزير دفاع كولومبيا، الحفل",
            "خورخي مالدونادو، وزير دفاع كولومبيا",
            "COL GOV",
            "خورخي مالدونادو",
        ),
        (
            "قالت المتحدثة باسم الشرطة الكندية، جودي تريمبلاي، إن",
            "المتحدثة باسم الشرطة الكندية، جودي تريمبلاي",
            "CAN COP",
            "جودي تريمبلاي",
        ),
        (
            "سجن وزير الداخلية الغاني السابق مامادو كوليبالي",
            "وزير الداخلية الغاني السابق مامادو كوليبالي",
            "GHA ELI",
            "مامادو كوليبالي",
        ),
    ],
)
def test_a_title_and_an_unknown_name_are_one_person(
    mentions_of: Find, text: str, span: str, code: str, name: str
) -> None:
    persons = [(words, m.code, m.name) for words, m in mentions_of(text) if m.kind == "person"]
    assert persons == [(span, code, name)]


def test_a_surname_means_the_one_named_before(mentions_of: Find) -> None:
    found = mentions_of("قال الجنرال الأسترالي كينيث مابلتون إن الخطة جاهزة.\nوأضاف مابلتون أن التنفيذ قريب.")
    last = [m for words, m in found if words == "مابلتون"]
    assert [(m.name, m.code) for m in last] == [("كينيث مابلتون", "AUS MIL")]


def test_two_nationalities_of_one_dual_are_two_persons(mentions_of: Find) -> None:
    found = mentions_of("اجتمع وزيرا خارجية النرويج وفنلندا في أوسلو")
    assert [m.code for _, m in found if m.kind in {"person", "role"}] == ["NOR GOV", "FIN GOV"]


def test_conjunction_and_preposition_stay_outside(mentions_of: Find) -> None:
    words = [words for words, _ in mentions_of("وقدم الشكر لرئيس وزراء النرويج وللرئيس الفنلندي")]
    assert words[0] == "رئيس وزراء النرويج"
    assert words[1] == "للرئيس الفنلندي"


def test_a_spokesman_is_of_whom_he_speaks_for(mentions_of: Find) -> None:
    found = mentions_of("قال متحدث باسم إيمانويل ماكرون إن الزيارة تأجلت", "2018-06-10")
    assert [(words, m.code) for words, m in found] == [("متحدث باسم إيمانويل ماكرون", "FRA GOV")]


def test_a_suspect_is_one_from_the_headline_on(mentions_of: Find) -> None:
    found = mentions_of(
        "البحث عن أولاف هانسرود في النرويج\nأدين أولاف هانسرود بتهمة السرقة عام 2016.", title=True
    )
    assert [m.code for _, m in found if m.kind == "person"] == ["NOR CRM"] * 2


def test_words_of_time_behind_a_title_are_no_name(mentions_of: Find) -> None:
    found = mentions_of("قال الرئيس الكيني آنذاك إن القرار صائب", "2018-06-10")
    assert "آنذاك" not in {m.name for _, m in found}


def test_a_town_is_nobodys_country(mentions_of: Find) -> None:
    found = mentions_of("وصل وزير الدفاع الكيني إلى بلدة في النيجر.\nوقال إن بلاده ترحب.", "2018-06-10")
    assert "بلدة" not in {words for words, _ in found}
    assert [m.code for words, m in found if words == "بلاده"] == ["KEN GOV"]


def test_somebody_of_that_name_with_another_calling_is_not_the_minister_of_the_tables(
    mentions_of: Find,
) -> None:
    found = mentions_of(
        "قتل شريف إسماعيل، العميد في الجيش، في معارك بالعراق.\nونعت الحكومة العراقية العميد.", "2018-03-14"
    )
    assert [m.entity for _, m in found if m.kind == "person"][:1] == [""]


def test_the_emir_of_a_saudi_region_is_its_governor(mentions_of: Find) -> None:
    found = mentions_of("استقبل نائب أمير منطقة الرياض الوفد", "2018-06-10")
    assert [m.code for words, m in found if words.startswith("نائب")] == ["SAU GOV"]
