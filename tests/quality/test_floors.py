"""Floors under every figure on the annotated articles; see floors.toml."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

import pytest

import khabar
import quality
from khabar.coder import Coder
from khabar.scoring import ATTRIBUTES, FIGURES

FLOORS: dict[str, dict[str, float]] = tomllib.loads(
    Path(__file__).with_name("floors.toml").read_text(encoding="utf-8")
)


@pytest.fixture(scope="module")
def coder() -> Coder:
    return khabar.load()


@cache
def measured(coder: Coder, corpus: str) -> dict[str, float]:
    return quality.key_figures(quality.measure(coder, corpus))


def test_every_figure_has_a_floor() -> None:
    assert FLOORS.keys() == quality.CORPORA.keys()
    assert all(floors.keys() == {*FIGURES, *ATTRIBUTES} for floors in FLOORS.values())


@pytest.mark.parametrize(("corpus", "figure"), [(c, f) for c, floors in FLOORS.items() for f in floors])
def test_figure_holds(coder: Coder, corpus: str, figure: str) -> None:
    path, _ = quality.CORPORA[corpus]
    if not path.exists():
        pytest.skip(f"the annotated articles are not here: {path}")
    value = measured(coder, corpus)[figure]
    assert value >= FLOORS[corpus][figure], f"{figure} on {corpus} is {value}"
