"""Floors of the mentions room: names by overlap, and the sides of events that mentions have the code of."""

from __future__ import annotations

import pytest

import measure_mentions
from khabar.rooms import Rooms
from lessons import document_of, read_gold
from quality import CORPORA

NAMES = {"person": 0.77, "place": 0.845}
COVERAGE = 0.80


@pytest.fixture(scope="module")
def rooms() -> Rooms:
    return Rooms()


def test_names_hold(rooms: Rooms) -> None:
    if not measure_mentions.NAMES.exists():
        pytest.skip(f"the corpus of names is not here: {measure_mentions.NAMES}")
    found = measure_mentions.named(rooms, measure_mentions.tagged(measure_mentions.NAMES))
    figures = {kind: counts.figures()["f1"] for kind, counts in found.items()}
    assert all(figures[kind] >= floor for kind, floor in NAMES.items()), figures


def test_coverage_holds(rooms: Rooms) -> None:
    path, _ = CORPORA["dev"]
    if not path.exists():
        pytest.skip(f"the annotated articles are not here: {path}")
    counts = measure_mentions.covered((document_of(rooms, g), g) for g in read_gold(path))
    total = counts.pop("all")
    assert sum(counts.values()) / total >= COVERAGE, counts
