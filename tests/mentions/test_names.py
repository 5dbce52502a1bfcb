"""Names: where they begin and end, who they are."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from khabar.mentions import Mention

Find = Callable[..., list[tuple[str, Mention]]]


def persons(found: list[tuple[str, Mention]]) -> list[tuple[str, str]]:
    return [(words, mention.name) for words, mention in found if mention.kind == "person"]


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("وقال عبد الودود الهنائي إن القافلة وصلت", "عبد الودود الهنائي"),
        ("حضر الحفل صلاح الدين بربور", "صلاح الدين بربور"),
        ("ثم تحدث وياسمين الدرملي عن التجربة", "ياسمين الدرملي"),
        ("وقال غريغوري بامبليتون إنه راض", "غريغوري بامبليتون"),
        ("أكدت الإعلامية الجزائرية سوسن الشاعر الخبر", "الإعلامية الجزائرية سوسن الشاعر"),
        ("وأعلن الملك سيباستيان الثالث القرار", "الملك سيباستيان الثالث"),
    ],
)
def test_where_a_name_begins_and_ends(mentions_of: Find, text: str, span: str) -> None:
    assert span in [words for words, _ in persons(mentions_of(text))]


def test_words_of_the_sentence_are_no_part_of_a_name(mentions_of: Find) -> None:
    found = mentions_of("قال الوزير الغاني كوفي أسانتي الأسبوع الماضي إن المدينة آمنة")
    assert persons(found) == [("الوزير الغاني كوفي أسانتي", "كوفي أسانتي")]


def test_a_list_of_names_is_as_many_persons(mentions_of: Find) -> None:
    found = mentions_of("شارك كل من محمود الزغبي وطارق الهواري وسمير الحلواني")
    assert [name for _, name in persons(found)] == ["محمود الزغبي", "طارق الهواري", "سمير الحلواني"]


def test_a_preposition_written_as_a_name_is_none(mentions_of: Find) -> None:
    assert persons(mentions_of("حصل النادي علي موافقة الاتحاد علي البرنامج")) == []


def test_a_misspelt_holder_of_an_office_is_its_holder(mentions_of: Find) -> None:
    found = mentions_of("استقبل الرئيس الروسي فلاديمير بوتن ضيفه", "2018-06-10")
    assert [(m.entity, m.name) for _, m in found if m.kind == "person"] == [("rus.putin", "فلاديمير بوتين")]


def test_the_date_decides_the_office(mentions_of: Find) -> None:
    text = "قال دونالد ترامب إن الخطة جاهزة"
    assert [m.code for _, m in mentions_of(text, "2018-05-01")] == ["USA GOV"]
    assert [m.code for _, m in mentions_of(text, "2023-05-01")] == ["USA ELI"]


def test_a_surname_spelt_otherwise_is_the_same_person(mentions_of: Find) -> None:
    found = mentions_of("قال الجنرال الأسترالي جون نيكلسبورغ إنه باق.\nوأضاف نيكولسبورغ أن القوات باقية.")
    assert {name for _, name in persons(found)} == {"جون نيكلسبورغ"}
