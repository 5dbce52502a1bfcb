"""Groups, bodies, words of nationality, and where their country comes from."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from khabar.mentions import Mention

Find = Callable[..., list[tuple[str, Mention]]]


@pytest.mark.parametrize(
    ("text", "span", "code"),
    [
        ("أعلنت وزارة الخارجية النرويجية", "وزارة الخارجية النرويجية", "NOR GOV"),
        ("دخلت القوات الكينية القرية", "القوات الكينية", "KEN MIL"),
        ("قتل خمسة مدنيين في غانا", "خمسة مدنيين", "GHA CVL"),
        ("شارك عشرات المتظاهرين البلغار", "عشرات المتظاهرين البلغار", "BGR CVL"),
        ("اعتقلت الشرطة الدنماركية رجلا", "الشرطة الدنماركية", "DNK COP"),
    ],
)
def test_a_group_has_the_sector_of_its_noun_and_the_country_of_its_phrase(
    mentions_of: Find, text: str, span: str, code: str
) -> None:
    assert (span, code) in [(words, m.code) for words, m in mentions_of(text)]


def test_an_adjective_of_arms_is_the_army(mentions_of: Find) -> None:
    found = mentions_of("أسفرت غارة إثيوبية عن قتلى، فيما رحب بيان كيني بالهدنة")
    assert [(words, m.code, m.nisba) for words, m in found if m.nisba] == [
        ("إثيوبية", "ETH MIL", True),
        ("كيني", "KEN GOV", True),
    ]


def test_the_place_of_the_sentence_lends_its_country(mentions_of: Find) -> None:
    found = mentions_of("فرقت الشرطة متظاهرين في الإكوادور")
    assert {m.code for words, m in found if words in {"الشرطة", "متظاهرين"}} == {"ECU COP", "ECU CVL"}


def test_a_state_that_acts_is_its_government_and_a_scene_is_not(mentions_of: Find) -> None:
    found = {words: m.code for words, m in mentions_of("أدانت أوروغواي الهجوم الذي وقع في باراغواي")}
    assert found["أوروغواي"] == "URY GOV"
    assert found["باراغواي"] == "PRY"
