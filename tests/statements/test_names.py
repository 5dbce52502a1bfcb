"""Names behind and before titles, and who is meant by a general noun."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from khabar.statements import Statement

FindAll = Callable[..., tuple[str, tuple[Statement, ...]]]


@pytest.mark.parametrize(
    ("text", "title", "name"),
    [
        ("وقال مدير الميناء، العميد صالح الحسيني، إن الحركة عادية.", "مدير الميناء", "صالح الحسيني"),
        ("وقال الناطق باسم بلدية الساحل خالد مراد إن الحركة عادية.", "الناطق باسم بلدية الساحل", "خالد مراد"),
        ("وقالت ناتاليا، وهي طالبة جامعية، إن الحركة عادية.", "طالبة جامعية", "ناتاليا"),
        ("قال مدير الميناء في المدينة إن الحركة عادية.", "مدير الميناء", ""),
    ],
)
def test_name_beside_a_title(find_all: FindAll, text: str, title: str, name: str) -> None:
    _, (statement,) = find_all(text, title)
    assert statement.speaker is not None
    assert statement.speaker.name == name


def test_surname_of_one_who_spoke(find_all: FindAll) -> None:
    text = "وقال مدير الميناء، العميد صالح الحسيني، إن الحركة عادية.\nوشدد الحسيني على أن العمل مستمر."
    _, (_, second) = find_all(text, "مدير الميناء")
    assert second.speaker is not None
    assert second.speaker.name == "صالح الحسيني"


def test_official_alone_is_the_one_who_spoke(find_all: FindAll) -> None:
    text = "قال سليم إن الحركة عادية.\nوأضاف المسؤول أن العمل مستمر."
    _, (_, second) = find_all(text, "سليم", "المسؤول")
    assert second.speaker is not None
    assert second.speaker.name == "سليم"


def test_time_is_no_speaker(find_all: FindAll) -> None:
    text, (statement,) = find_all("وكان سليم قد أعلن الأسبوع الماضي وقف العمل.", "سليم")
    assert text[statement.start : statement.end] == "وقف العمل"
    assert statement.speaker is not None
    assert statement.speaker.name == "سليم"


def test_one_who_warns_another_speaks(find_all: FindAll) -> None:
    _, (statement,) = find_all("ليلى تحذر سليم من أن العاصفة تقترب", "ليلى", "سليم", title=True)
    assert statement.speaker is not None
    assert statement.speaker.name == "ليلى"
