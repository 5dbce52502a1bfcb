"""Classes of words: like neighbours, one class; the table that ships is what the tool would write."""

from __future__ import annotations

from pathlib import Path

import numpy as np

import derive_word_classes
from khabar.events.context import WORD_CLASSES
from khabar.tables import rows


def test_words_among_like_neighbours_share_a_class() -> None:
    frames = (["قال", "{}", "اليوم"], ["زار", "{}", "مصر"], ["عاد", "{}", "أمس"])
    cities = (["في", "{}", "شمال"], ["قرب", "{}", "هجوم"], ["إلى", "{}", "جنوب"])
    told = [
        [word.format(name) for word in frame]
        for group, names in ((frames, ("الوزير", "السفير")), (cities, ("حلب", "حمص")))
        for frame in group
        for name in names
        for _ in range(derive_word_classes.LEAST)
    ]
    found = derive_word_classes.derive(told, 4)
    assert found["الوزير"] == found["السفير"]
    assert found["حلب"] == found["حمص"]
    assert found["حلب"] != found["الوزير"]


def test_rare_words_have_none() -> None:
    told = [["قال", "الوزير"]] * derive_word_classes.LEAST + [["قال", "نادر"]]
    assert "نادر" not in derive_word_classes.derive(told, 2)


def test_weights_are_pointwise_mutual_information() -> None:
    index = {"أ": 0, "ب": 1, "ج": 2}
    weighed = derive_word_classes.neighbours([["أ", "ب"], ["أ", "ب"], ["ج", "ج"]], index, 3)
    assert weighed.shape == (3, 12)
    assert np.all(weighed.data > 0), "only what occurs more often than by chance"


def test_shipped_table_is_sorted_and_each_class_is_named_by_a_member() -> None:
    held = [r["word"] for r in rows(Path(derive_word_classes.TABLE))]
    assert held == sorted(set(held))
    names = set(WORD_CLASSES.values()) - {"#"}  # of numbers, which are no words
    assert all(WORD_CLASSES[name] == name for name in names)
