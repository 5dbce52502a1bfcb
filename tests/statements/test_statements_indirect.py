"""Indirect speech: clauses, noun phrases, sources, headlines, headings."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.statements.conftest import Find


@pytest.mark.parametrize(
    "report",
    [
        "قال سليم إن",
        "قال سليم، الخميس، إن",
        "وأكد سليم أن",
        "أوضح سليم في بيان أن",
        "وأشار سليم إلى أن",
        "ولفت سليم إلى أن",
        "وشدد سليم على أن",
        "وحذر سليم من أن",
        "واعترف سليم بأن",
        "ورأى سليم أن",
        "ويعتبر سليم أن",
        "وزعم سليم أن",
        "وكان سليم قد أعلن أن",
        "لكن سليم قال إن",
    ],
)
def test_clause_after_a_reporting_word(find: Find, report: str) -> None:
    text = f"{report} الجسر الجديد سيفتح أمام السيارات."
    assert find(text, "سليم") == [("سليم", "indirect", "الجسر الجديد سيفتح أمام السيارات")]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("أعلن سليم انتهاء الأعمال في الميناء.", "انتهاء الأعمال في الميناء"),
        ("أعلن سليم، مساء الأحد، انتهاء الأعمال في الميناء.", "انتهاء الأعمال في الميناء"),
        ("كشف سليم عن انتهاء الأعمال في الميناء.", "انتهاء الأعمال في الميناء"),
        ("حذر سليم من انهيار السوق.", "انهيار السوق"),
        ("نفى سليم وقوع الحادث.", "وقوع الحادث"),
        ("شدد سليم على ضرورة التعاون بين البلدين.", "ضرورة التعاون بين البلدين"),
        ("أعلن سليم مسؤوليته عن الخطأ.", "مسؤوليته عن الخطأ"),
    ],
)
def test_noun_phrase(find: Find, text: str, said: str) -> None:
    assert find(text, "سليم") == [("سليم", "indirect", said)]


@pytest.mark.parametrize(
    "text",
    [
        "اتهم سليم كريم بالكذب.",
        "طالب سليم بوقف القتال.",
        "دعا سليم إلى وقف القتال.",
        "لم يعلن سليم أن الميناء سيغلق.",
        "يذكر أن الميناء افتتح قبل سنوات.",
        "ويشار إلى أن الميناء افتتح قبل سنوات.",
        "جرت المحادثات بين سليم وكريم.",
        "سافر سليم عبر الحدود إلى القرية.",
    ],
)
def test_no_statement(find: Find, text: str) -> None:
    assert find(text, "سليم", "كريم") == []


@pytest.mark.parametrize(
    "word", ["مضيفا أن", "مشيرا إلى أن", "لافتا إلى أن", "مؤكدا أن", "موضحا أن", "قائلا إن"]
)
def test_participle_continues_its_speaker(find: Find, word: str) -> None:
    text = f"وقال سليم إن الميناء جاهز، {word} السفن ستصل غدا."
    assert find(text, "سليم") == [
        ("سليم", "indirect", "الميناء جاهز"),
        ("سليم", "indirect", "السفن ستصل غدا"),
    ]


def test_participle_after_another_act(find: Find) -> None:
    text = "وتوعد سليم بالرد، مؤكدا أن الجريمة لن تنسى."
    assert find(text, "سليم") == [("سليم", "indirect", "الجريمة لن تنسى")]


@pytest.mark.parametrize(
    "tail",
    ["، وذلك بعد يوم من المحادثات", "، في إشارة إلى كريم", "، بحسب وكالة النيل", "، وفق ما نقلت وكالة النيل"],
)
def test_clause_ends_before_the_reporters_own(find: Find, tail: str) -> None:
    text = f"وقال سليم إن الاتفاق سيوقع غدا{tail}."
    assert find(text, "سليم", "كريم", "وكالة النيل") == [("سليم", "indirect", "الاتفاق سيوقع غدا")]


def test_official_speaks_not_the_agency(find: Find) -> None:
    text = "ونقلت وكالة النيل عن مسؤول في الميناء قوله إن السفينة غرقت."
    assert find(text, "وكالة النيل", "مسؤول في الميناء") == [("مسؤول في الميناء", "indirect", "السفينة غرقت")]


def test_agency_speaks_for_itself(find: Find) -> None:
    text = "وذكرت وكالة النيل أن السفينة غرقت."
    assert find(text, "وكالة النيل") == [("وكالة النيل", "indirect", "السفينة غرقت")]


def test_source_before(find: Find) -> None:
    for opener in ("وبحسب وزارة الري، فإن", "ووفقا لوزارة الري فإن", "ووفق وزارة الري،"):
        ((who, kind, said),) = find(f"{opener} السد يعمل بكامل طاقته.", "وزارة الري")
        assert (who, kind, said) == ("وزارة الري", "indirect", "السد يعمل بكامل طاقته")


def test_source_after(find: Find) -> None:
    for closer in (
        "بحسب الشرطة",
        "وفق ما أعلنت الشرطة",
        "وفقا للشرطة",
        "كما أعلنت الشرطة",
        "حسبما ذكرت الشرطة",
    ):
        text = f"قُتل شخصان في حادث على الطريق الساحلي، {closer}."
        name = "لشرطة" if "للشرطة" in text else "الشرطة"
        ((_, kind, said),) = find(text, name)
        assert (kind, said) == ("indirect", "قُتل شخصان في حادث على الطريق الساحلي")


def test_headline_with_colon(find: Find) -> None:
    text = "سليم: الميناء سيفتح قريبا\nافتتح الميناء."
    assert find(text, "سليم", title=True) == [("سليم", "indirect", "الميناء سيفتح قريبا")]


def test_headline_with_verb(find: Find) -> None:
    text = "سليم يعلن افتتاح الميناء الجديد\nافتتح الميناء."
    assert find(text, "سليم", title=True) == [("سليم", "indirect", "افتتاح الميناء الجديد")]


def test_section_of_a_speaker(find: Find) -> None:
    text = "تصريحات سليم\nقال إن الطريق طويل.\nالعمل بدأ منذ سنوات في كل المدن.\n"
    text += "لن ننسى من ساعدنا في هذه المحنة."
    found = find(text, "سليم")
    assert [s[2] for s in found] == [
        "الطريق طويل",
        "العمل بدأ منذ سنوات في كل المدن",
        "لن ننسى من ساعدنا في هذه المحنة",
    ]
    assert {s[0] for s in found} == {"سليم"}


def test_nested_report_of_another(find: Find) -> None:
    text = "وأعلنت الشرطة أن الشاهد كريم قال إنه رأى السيارة تسرع."
    assert ("كريم", "indirect", "رأى السيارة تسرع") in find(text, "الشرطة", "كريم")


def test_relative_clause_tells_what_somebody_called_it(find: Find) -> None:
    text = "انتقد سليم الخطة التي قال إنها تضر بالمزارعين."
    assert find(text, "سليم") == [("سليم", "indirect", "تضر بالمزارعين")]


def test_every_statement_is_a_slice_with_its_cue(find_all) -> None:  # type: ignore[no-untyped-def]
    text, (statement,) = find_all("وقال سليم إن الميناء جاهز.", "سليم")
    assert text[statement.cue[0] : statement.cue[1]] == "وقال"
    assert statement.verb == "قال"
    assert text[statement.speaker_start : statement.speaker_end] == "سليم"
    assert statement.rule == "verb:قال:that:subject"
