"""Direct speech: where the reporting word stands, what the marks hold, what is none."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.statements.conftest import Find


@pytest.mark.parametrize(
    "text",
    [
        'وقال سليم: "نريد السلام لأبنائنا جميعا".',
        "وقال سليم: «نريد السلام لأبنائنا جميعا».",
        'وقال سليم "نريد السلام لأبنائنا جميعا".',
        'وقال سليم في مؤتمر صحفي: "نريد السلام لأبنائنا جميعا".',
        'وقال سليم للصحفيين إن "نريد السلام لأبنائنا جميعا".',
        '"نريد السلام لأبنائنا جميعا"، قال سليم للصحفيين.',
    ],
)
def test_reporting_word_before_and_after(find: Find, text: str) -> None:
    assert find(text, "سليم") == [("سليم", "direct", "نريد السلام لأبنائنا جميعا")]


def test_one_statement_per_piece_of_broken_speech(find: Find) -> None:
    text = 'وقال سليم: "الطريق طويل وشاق جدا"، مضيفا: "لكننا سنصل في النهاية".'
    assert find(text, "سليم") == [
        ("سليم", "direct", "الطريق طويل وشاق جدا"),
        ("سليم", "direct", "لكننا سنصل في النهاية"),
    ]


def test_continued_by_a_dropped_subject(find: Find) -> None:
    text = 'وقال سليم: "الطريق طويل وشاق".\nوأضاف: "سنصل في النهاية".\nوتابع "لا شك في ذلك".'
    assert [s[0] for s in find(text, "سليم")] == ["سليم"] * 3


def test_feminine_verb_looks_past_a_man_for_its_speaker(find: Find) -> None:
    text = 'قالت ليلى إن المدارس ستفتح غدا.\nوقال سليم إن الطقس سيئ.\nوأضافت: "لا تأجيل هذه المرة".'
    assert [s[0] for s in find(text, "ليلى", "سليم")] == ["ليلى", "سليم", "ليلى"]


def test_marks_hold_most_of_the_clause(find: Find) -> None:
    text = 'وأكد سليم أن الهجوم "لن يمر من دون عقاب رادع".'
    assert find(text, "سليم") == [("سليم", "direct", "لن يمر من دون عقاب رادع")]


def test_marks_hold_little_of_the_clause(find: Find) -> None:
    text = 'وأكد سليم أن الوزارة أعدت خطة "شاملة" لإصلاح الطرق والجسور في البلاد كلها.'
    ((_, kind, said),) = find(text, "سليم")
    assert kind == "indirect"
    assert said == 'الوزارة أعدت خطة "شاملة" لإصلاح الطرق والجسور في البلاد كلها'


def test_quotation_in_a_quotation_is_no_second(find: Find) -> None:
    text = "وقال سليم: «سمعت كريم يقول ‹لن أعود إلى هنا أبدا› ثم مضى»."
    assert [s[0] for s in find(text, "سليم", "كريم")] == ["سليم"]


def test_name_between_marks_is_no_speech(find: Find) -> None:
    text = 'وقال سليم لصحيفة "نور الصباح" إن الوزارة ستبدأ العمل قريبا.'
    assert find(text, "سليم") == [("سليم", "indirect", "الوزارة ستبدأ العمل قريبا")]


def test_scare_quotes_without_speaker(find: Find) -> None:
    assert find('شهدت المدينة عملية "تطهير" واسعة في أحيائها القديمة.') == []


def test_epithet(find: Find) -> None:
    text = 'ووصف سليم القرار بأنه "خطأ فادح".'
    assert find(text, "سليم") == [("سليم", "direct", "خطأ فادح")]


def test_epithet_of_somebody(find: Find) -> None:
    text = 'وكان سليم قد وصف الحركة بأنها "عنيدة".'
    assert find(text, "سليم", "الحركة") == [("سليم", "direct", "عنيدة")]


def test_tweet(find: Find) -> None:
    text = 'وكتب سليم على تويتر: "وصلت الآن إلى العاصمة".'
    assert find(text, "سليم") == [("سليم", "direct", "وصلت الآن إلى العاصمة")]


def test_quotation_of_several_sentences(find: Find) -> None:
    text = 'وقال سليم: "وصلنا إلى القرية مساء. لم نجد أحدا من سكانها هناك. عدنا في الليل إلى المعسكر".'
    ((_, _, said),) = find(text, "سليم")
    assert said == "وصلنا إلى القرية مساء. لم نجد أحدا من سكانها هناك. عدنا في الليل إلى المعسكر"


def test_statement_in_a_paper(find: Find) -> None:
    text = 'وجاء في بيان وزارة الري: "بدأت أعمال السد اليوم".'
    assert find(text, "وزارة الري") == [("وزارة الري", "direct", "بدأت أعمال السد اليوم")]
