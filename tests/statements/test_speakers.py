"""Who says it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from khabar.statements import Statement

if TYPE_CHECKING:
    from tests.statements.conftest import Find

FindAll = Callable[..., tuple[str, tuple[Statement, ...]]]


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("قال سليم إن الجسر جاهز.", "سليم"),
        ("سليم قال إن الجسر جاهز.", "سليم"),
        ("لكن سليم أكد أن الجسر جاهز.", "سليم"),
        ("وكان سليم قد أعلن أن الجسر جاهز.", "سليم"),
        ("وقالت ليلى بعد لقائها سليم إن الجسر جاهز.", "ليلى"),
        ("وكتب سليم الذي زار المدينة أن الجسر جاهز.", "سليم"),
        ("استقبل كريم سليم الذي قال إن الجسر جاهز.", "سليم"),
        ("أعلنت الحكومة على لسان ليلى أن الجسر جاهز.", "ليلى"),
        ("قالت صحيفة النيل، نقلا عن سليم، إن الجسر جاهز.", "سليم"),
        ("وزار سليم الميناء وقال إن الجسر جاهز.", "سليم"),
        ("انتقدت ليلى سليم، مؤكدة أن الجسر جاهز.", "ليلى"),
        ("وبعد تأكيد سليم أن الجسر جاهز.", "سليم"),
        ("وقال بيان لوزارة النقل إن الجسر جاهز.", "وزارة النقل"),
        ("وقال سليم في رده على تعليقات كريم إن الجسر جاهز.", "سليم"),
    ],
)
def test_speaker_in_the_sentence(find: Find, text: str, who: str) -> None:
    names = ("سليم", "كريم", "ليلى", "الحكومة", "صحيفة النيل", "وزارة النقل")
    assert [s[0] for s in find(text, *names) if s[2].endswith("الجسر جاهز")] == [who]


def test_name_after_a_title_of_its_own(find: Find) -> None:
    text = "وقال المتحدث باسم الوزارة، العقيد سليم، إن الطريق مغلق."
    assert find(text, "المتحدث باسم الوزارة", "سليم") == [("سليم", "indirect", "الطريق مغلق")]


def test_speaker_that_nobody_knows_is_not_the_last_one(find_all: FindAll) -> None:
    text, (first, second) = find_all("قال سليم إن الطريق مغلق.\nوقالت زينهم إن الطريق مفتوح.", "سليم")
    assert first.speaker is not None
    assert second.speaker is not None
    assert first.speaker.name == "سليم"
    assert (second.speaker.code, second.speaker.name) == ("UNK CVL", "زينهم")
    assert text[second.speaker.start : second.speaker.end] == "زينهم"


def test_name_that_nobody_knows_before_its_title(find_all: FindAll) -> None:
    _, (statement,) = find_all("وقال زينهم، مدير المستشفى، إن الحالات مستقرة.", "مدير المستشفى")
    assert statement.speaker is not None
    assert (statement.speaker.name, statement.speaker.code) == ("زينهم", "XXX GOV")


def test_surname_of_somebody_named_before(find: Find) -> None:
    text = "وصل كريم إلى المدينة.\nوقال كريم إن الطريق طويل."
    assert [s[0] for s in find(text, "كريم")] == ["كريم"]


def test_voices_without_a_name(find_all: FindAll) -> None:
    _, (statement,) = find_all("ويقول خبراء إن الموسم سيكون جافا.")
    assert statement.speaker is not None
    assert statement.speaker.code == "UNK EDU"


def test_statement_issued_stands_for_its_issuer(find: Find) -> None:
    text = "قالت الشرطة في بيان إن الطريق مغلق.\nوزار سليم المدينة.\nوأضاف البيان أن الحركة ستعود مساء."
    assert [s[0] for s in find(text, "الشرطة", "سليم")] == ["الشرطة", "الشرطة"]


def test_short_form_of_an_institution(find: Find) -> None:
    text = "أعلن المرصد الوطني للزلازل أن الهزة خفيفة.\nوقال المرصد إن الأضرار محدودة."
    assert [s[0] for s in find(text, "المرصد الوطني للزلازل")] == ["المرصد الوطني للزلازل"] * 2


def test_a_sentence_about_somebody_changes_whom_the_verb_means(find: Find) -> None:
    text = "قال سليم إن الطريق مغلق.\nووصل كريم إلى العاصمة مساء.\nوأكد أن المحادثات مفيدة."
    assert [s[0] for s in find(text, "سليم", "كريم")] == ["سليم", "كريم"]


def test_a_word_that_continues_keeps_the_speaker(find: Find) -> None:
    text = "قال سليم إن الطريق مغلق.\nووصل كريم إلى العاصمة مساء.\nوأضاف أن المحادثات مفيدة."
    assert [s[0] for s in find(text, "سليم", "كريم")] == ["سليم", "سليم"]


WORDS = (
    "قال", "سليم", "إن", "أن", "وأضاف", ":", '"', "نعم", "،", ".", "أعلن", "انتهاء", "الحرب", "بحسب", "ليلى",
    "على", "حد", "قوله", "نقلت", "عن", "في", "بيان", "«", "»", "\n", "(", ")", "مؤكدا", "لم", "وصف", "بأنه",
)  # fmt: skip


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.lists(st.sampled_from(WORDS), max_size=40))
def test_any_words_give_slices_in_order(find_all: FindAll, words: list[str]) -> None:
    text, found = find_all(" ".join(words), "سليم", "ليلى")
    assert list(found) == sorted(found, key=lambda s: (s.start, -s.end))
    for statement in found:
        assert 0 <= statement.start < statement.end <= len(text)
        assert text[statement.start : statement.end].strip() == text[statement.start : statement.end]
        assert statement.cue == (-1, -1) or 0 <= statement.cue[0] < statement.cue[1] <= len(text)
