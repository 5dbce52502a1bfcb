"""Foreign names that newsrooms spell otherwise than the tables."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from khabar.knowledge import load
from khabar.mentions import Mention
from khabar.mentions.spellings import Spellings, key_of, skeleton

Find = Callable[..., list[tuple[str, Mention]]]


@pytest.mark.parametrize(
    ("one", "other"),
    [("ماكين", "مكين"), ("زاخاروفا", "زخاروفا"), ("غيتس", "جيتس"), ("ترودو", "ترودوو")],
)
def test_vowels_and_letters_of_one_sound_make_no_difference(one: str, other: str) -> None:
    assert skeleton(one) == skeleton(other)


def test_short_names_tell_too_little() -> None:
    assert key_of("لي مو") is None
    assert key_of("زخاروفا") is None


def test_a_name_finds_the_persons_with_its_consonants() -> None:
    assert Spellings(load().entities).like("جون مكين") == ("usa.mccain",)


def test_who_is_spelt_otherwise_is_the_person_of_the_tables_under_his_surname_too(mentions_of: Find) -> None:
    found = mentions_of(
        "قال السيناتور الأميركي جون مكين إن القرار خاطئ.\nوأضاف مكين أنه يرفضه.", "2018-03-01"
    )
    assert [m.entity for _, m in found if m.kind == "person"] == ["usa.mccain"] * 2


def test_consonants_of_somebody_of_another_country_prove_nothing(mentions_of: Find) -> None:
    found = mentions_of("قال المهندس النمساوي ديمتري بسكوف إن الجسر آمن", "2018-03-01")
    assert [m.entity for _, m in found if m.kind == "person"] == [""]
