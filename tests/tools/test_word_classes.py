"""Classes of words: like neighbours, one class; the table that ships is what the tool would write."""

from __future__ import annotations

from pathlib import Path

import numpy as np

import derive_word_classes
from khabar.events.context import WORD_CLASSES
from khabar.tables import rows


def test_words_among_like_neighbours_look_alike() -> None:
    told = [["قال", name, "اليوم"] for name in ("الوزير", "السفير")] * 3 + [["في", "حلب", "شمال"]] * 3
    index = {w: n for n, w in enumerate(dict.fromkeys(word for words in told for word in words))}
    rows_of = derive_word_classes.neighbours(told, index, len(index)).toarray()
    minister, ambassador, aleppo = (rows_of[index[w]] for w in ("الوزير", "السفير", "حلب"))
    assert np.allclose(minister, ambassador)
    assert minister @ aleppo == 0


def test_a_class_is_named_by_its_most_frequent_word() -> None:
    told = [["قال", "الوزير", "اليوم"]] * 20 + [["قال", "السفير", "اليوم"]] * 10
    found = derive_word_classes.derive(told, 1)
    assert set(found.values()) == {"قال"}


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
