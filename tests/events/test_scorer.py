"""The scorer: sums of weights, and probabilities that stay probabilities."""

import math
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khabar.events.scorer import WEIGHTS, Decision, Part, calibrated, expand, load_weights, softmax


def test_score_is_the_sum_of_known_features() -> None:
    model = Decision("x", {"a": 1.5, "b": -0.5})
    assert model.score([("", ["a", "b", "never seen"])]) == 1.0
    recurs: Part = (lambda *names: names, ("a", "b", "never seen"))
    assert model.score([recurs]) == model.score([recurs]) == 1.0, "a part whose sum is kept"
    assert expand([recurs, ("T", ["a"]), ("", ["c"])]) == ["a", "b", "never seen", "T|a", "c"]
    assert Decision("y", {"T|a": 2.0}).score([("T", ["a", "b"])]) == 2.0


def test_reasons_name_the_heaviest_of_each_part_first() -> None:
    model = Decision("x", {"a": 0.2, "b": -2.0, "c": 1.0, "T|d": 1.5})
    parts: list[Part] = [(lambda *names: names, part) for part in ("c", "ab", ("T|d",), ("never seen",))]
    assert model.reasons(parts) == "b-2.00 T|d+1.50 c+1.00"
    assert model.reasons(parts, most=1) == "b-2.00"


@given(st.lists(st.floats(-800, 800), min_size=1, max_size=9))
def test_probabilities_add_up_and_keep_the_order(scores: list[float]) -> None:
    chances = softmax(scores)
    assert math.isclose(sum(chances), 1.0)
    assert all(0 <= p <= 1 for p in chances)
    best = max(range(len(scores)), key=lambda n: scores[n])
    assert chances[best] == max(chances)


@given(st.floats(0, 1), st.floats(0.05, 5), st.floats(-5, 5))
def test_calibration_keeps_probabilities_and_their_order(p: float, slope: float, offset: float) -> None:
    assert 0.0 <= calibrated(p, slope, offset) <= 1.0
    assert calibrated(p, slope, offset) <= calibrated(min(1.0, p + 0.1), slope, offset)


def test_calibration_of_nothing_measured_changes_nothing() -> None:
    assert calibrated(0.3, 1.0, 0.0) == pytest.approx(0.3)


def test_sums_that_were_let_go_are_made_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("khabar.events.scorer._KEPT", 2)
    model = Decision("x", {str(n): float(n) for n in range(9)})
    parts: list[Part] = [(lambda *names: names, (str(n),)) for n in range(9)]
    assert [model.score([part]) for part in (*parts, *parts)] == [*map(float, range(9))] * 2


def test_no_candidates_no_probabilities() -> None:
    assert softmax([]) == []


@pytest.mark.parametrize("path", sorted(WEIGHTS.glob("*.tsv")), ids=lambda p: p.stem)
def test_weights_are_readable_sorted_and_once_each(path: Path) -> None:
    lines = [x for x in path.read_text(encoding="utf-8").splitlines() if not x.startswith("#")][1:]
    features = [x.split("\t")[0] for x in lines]
    assert features == sorted(set(features))
    assert load_weights()[path.stem].weights[features[0]] == float(lines[0].split("\t")[1])
