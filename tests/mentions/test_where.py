"""Places, and words that look like them or like something else."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from khabar.mentions import Mention

Found = list[tuple[str, Mention]]


@pytest.mark.parametrize(
    ("text", "place", "country"),
    [
        ("زار الوفد غزة أمس.", "غزة", "PSE"),
        ("قصفت طائرات إسرائيلية غزة فجرا.", "غزة", "PSE"),
        ("ولد في مكة وتعلم هناك.", "مكة", "SAU"),
        ("وصلت السفينة إلى جدة.", "جدة", "SAU"),
        ("عاد الوزير إلى الإسكندرية.", "الإسكندرية", "EGY"),
        ("اندلعت معارك في تيغراي.", "تيغراي", "ETH"),
        ("وصل إلى طابا مساء.", "طابا", "EGY"),
    ],
)
def test_place_is_found(mentions_of: Callable[..., Found], text: str, place: str, country: str) -> None:
    found = [(words, m.country) for words, m in mentions_of(text) if m.kind == "place"]
    assert (place, country) in found


@pytest.mark.parametrize(
    "text",
    [
        "ظهر في صور نشرت أمس.",
        "قال إن من كان هناك غادر.",
        "تحدث عن الجديدة من القرارات.",
    ],
)
def test_common_word_is_no_place(mentions_of: Callable[..., Found], text: str) -> None:
    assert not [words for words, m in mentions_of(text) if m.kind == "place"]


def test_adjective_of_a_faith_is_no_city(mentions_of: Callable[..., Found]) -> None:
    assert not [w for w, m in mentions_of("احتفلت الطائفة الإسماعيلية أمس.") if m.kind == "place"]
