"""What is learned: finds that are no words said, and who speaks where grammar leaves it open."""

from __future__ import annotations

from pathlib import Path

import pytest

from khabar.statements import judge
from khabar.statements.judge import Judge, load
from khabar.statements.speakers import NOBODY
from khabar.tables import TableError


def test_keeps_by_the_sum_of_weights() -> None:
    judge = Judge({"keep": {"find": 0.5, "by=things": -1.0}})
    assert judge.keeps(["find", "never seen"], 0, 9)
    assert not judge.keeps(["find", "by=things"], 0, 9)


def test_without_weights_the_rules_have_their_way() -> None:
    judge = Judge({})
    assert judge.keeps(["by=things"], 0, 9)
    assert judge.weigh([(NOBODY, ["a"]), (NOBODY, ["b"])]) == 0


def test_the_rules_own_choice_wins_what_is_even() -> None:
    judge = Judge({"speaker": {"a": 1.0, "b": 1.0, "c": 2.0}})
    assert judge.weigh([(NOBODY, ["a"]), (NOBODY, ["b"])]) == 0
    assert judge.weigh([(NOBODY, ["a"]), (NOBODY, ["c"])]) == 1


def test_shipped_weights_are_there() -> None:
    assert {path.stem for path in judge.WEIGHTS.glob("*.tsv")} == {"keep", "speaker"}
    assert load().keeps(["find"], 0, 9), "a find of which nothing speaks against it is kept"


def test_damaged_weights_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "keep.tsv").write_text("feature\tweight\nno weight here\n", encoding="utf-8")
    monkeypatch.setattr(judge, "WEIGHTS", tmp_path)
    load.cache_clear()
    try:
        with pytest.raises(TableError, match=r"keep\.tsv"):
            load()
    finally:
        load.cache_clear()
