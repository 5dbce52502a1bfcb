"""The tools that fill the documentation: blocks, tables of figures, kinds of error."""

from __future__ import annotations

from typing import Any

import pytest

from errors import side_kind
from khabar.scoring import score
from quality import SLACK, floors, key_figures, table
from readme import block, with_block

PAGE = "before\n\n<!-- figures -->\nold\n<!-- /figures -->\n\nafter\n"


def test_only_the_block_changes() -> None:
    page = with_block(PAGE, "figures", "new\n\nlines\n")
    assert page == "before\n\n<!-- figures -->\n\nnew\n\nlines\n\n<!-- /figures -->\n\nafter\n"
    assert block(page, "figures") == "new\n\nlines"
    assert with_block(page, "figures", "new\n\nlines") == page


@pytest.mark.parametrize("page", ["nothing", PAGE + PAGE])
def test_a_block_is_there_once(page: str) -> None:
    with pytest.raises(ValueError, match="figures"):
        with_block(page, "figures", "x")


def test_figures_become_tables_and_floors() -> None:
    event = {
        "type": "AID",
        "factuality": "actual",
        "trigger": {"start": 0, "end": 4},
        "actors": [{"code": "FRA GOV"}],
        "recipients": [],
    }
    gold = {"a": {"events": [event, {**event, "type": "REQUEST"}]}}
    figures = score(gold, {"a": {"events": [event]}})
    assert key_figures(figures)["trigger"] == pytest.approx(0.667)
    assert "| trigger: word and type | 1.00 | 0.50 | **0.67** | 2 | – | 0.67 | 2 |" in table(figures, figures)
    assert f"trigger = {0.667 - SLACK:.3f}" in floors({"dev": figures})


@pytest.mark.parametrize(
    ("gold", "predicted", "candidates", "kind"),
    [
        (["FRA GOV"], ["FRA GOV"], [], "right"),
        ([], ["FRA GOV"], [], "too much"),
        (["FRA GOV"], [], ["", "FRA GOV"], "missing"),
        (["FRA GOV"], [], ["", "MLI GOV"], "no mention"),
        (["FRA GOV"], ["FRA GOV", "MLI GOV"], [], "too many"),
        (["FRA GOV", "MLI GOV"], ["FRA GOV"], [], "too few"),
        (["FRA GOV الجيش"], ["FRA MIL الجيش"], [], "wrong code"),
        (["FRA COP"], ["FRA GOV باريس"], [], "implied"),
        (["FRA COP الشرطة"], ["MLI GOV باماكو"], ["FRA COP"], "other"),
        (["FRA COP الشرطة"], ["MLI GOV باماكو"], ["MLI GOV"], "no mention"),
    ],
)
def test_kinds_of_error_of_a_side(
    gold: list[str], predicted: list[str], candidates: list[str], kind: str
) -> None:
    def people(given: list[str]) -> list[dict[str, Any]]:
        parts = [each.split() for each in given]
        return [{"code": " ".join(p[:2]), "text": " ".join(p[2:])} for p in parts]

    assert side_kind(people(gold), people(predicted), candidates) == kind
