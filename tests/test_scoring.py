from __future__ import annotations

import copy
import json
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from khabar.scoring import ScoreError, bare_name, check_texts, codes_of, load_records, pair, score, share

SHARED = Path(__file__).parents[2] / "shared"
TOOL = SHARED / "tools" / "score.py"


def event(kind: str, at: int, actor: str | None, recipient: str | None, **more: Any) -> dict[str, Any]:
    return {
        "type": kind,
        "mode": None,
        "factuality": "actual",
        "trigger": {"start": at, "end": at + 4},
        "actors": [{"code": actor}] if actor else [],
        "recipients": [{"code": recipient}] if recipient else [],
        "said_by": [],
        "date": None,
        "place": None,
        **more,
    }


def record(*events: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"id": "a", "events": list(events), "statements": [], "times": [], **more}


def test_events_are_sets_of_type_actor_recipient() -> None:
    gold = record(event("AGREE", 0, "RUS GOV", "CHN GOV"), event("AGREE", 50, "RUS GOV", "CHN GOV"))
    found = record(event("AGREE", 90, "RUS GOV", "CHN GOV"), event("AGREE", 95, "RUS GOV", None))
    figures = score({"a": gold}, {"a": found})
    assert figures["event"] == {"precision": 0.5, "recall": 1.0, "f1": 0.667, "gold": 1, "predicted": 2}
    assert figures["trigger"]["f1"] == 0.0
    assert figures["mode"] == {"accuracy": 0.0, "of": 0}


def test_compound_sides_expand_and_negated_events_are_left_out() -> None:
    signed = event("SUPPORT", 0, "EGY GOV", None)
    signed["actors"].append({"code": "SAU GOV MIL LEG"})
    denied = event("ASSAULT", 9, "ISR MIL", "SYR GOV", factuality="negated")
    assert codes_of([signed, denied], 2) == {("SUPPORT", "EGY GOV", "---"), ("SUPPORT", "SAU GOV", "---")}
    assert codes_of([signed, denied], 1) == {("SUPPORT", "EGY", "---"), ("SUPPORT", "SAU", "---")}


def test_a_gold_record_without_prediction_is_missed() -> None:
    figures = score({"a": record(event("AGREE", 0, "RUS GOV", None))}, {"b": record()})
    assert figures["event"]["recall"] == 0.0
    assert figures["trigger"]["gold"] == 1


def test_attributes_of_matched_events() -> None:
    gold = event("AGREE", 0, "RUS GOV", None, date="2024-05-01", said_by=[{"code": "RUS GOV"}])
    found = event(
        "AGREE", 2, None, None, date="2024-05-01T10:00", said_by=[{"code": "RUS MIL"}], mode="visit"
    )
    figures = score({"a": record(gold)}, {"a": record(found)})
    assert {k: figures[k]["accuracy"] for k in ("mode", "factuality", "said_by", "date", "place")} == {
        "mode": 0.0,
        "factuality": 1.0,
        "said_by": 1.0,
        "date": 1.0,
        "place": 1.0,
    }


def test_statements_need_span_and_speaker() -> None:
    def said(start: int, end: int, **speaker: str) -> dict[str, Any]:
        return {"start": start, "end": end, "speaker": {"code": "RUS GOV", **speaker}}

    gold = {"a": record(statements=[said(0, 100, name="فلاديمير بوتين")])}
    assert score(gold, {"a": record(statements=[said(0, 60, name="بوتين")])})["statement"]["f1"] == 1.0
    assert score(gold, {"a": record(statements=[said(0, 40, name="بوتين")])})["statement"]["f1"] == 0.0
    assert score(gold, {"a": record(statements=[said(0, 100)])})["statement"]["f1"] == 0.0


def test_share_pair_and_names() -> None:
    assert share({"start": 0, "end": 4}, {"start": 2, "end": 6}) == pytest.approx(1 / 3)
    assert share({"start": 0, "end": 0}, {"start": 0, "end": 0}) == 0.0
    assert pair([1, 2], [2, 1], lambda g, p: g == p) == [(2, 2), (1, 1)]
    assert bare_name("أَحمد  أبو-الغيط") == "احمد ابو الغيط"


def test_files(tmp_path: Path) -> None:
    (tmp_path / "one.json").write_text(json.dumps([record(), record() | {"id": "b"}], indent=1))
    (tmp_path / "two.jsonl").write_text(json.dumps(record() | {"id": "c"}) + "\n\n")
    assert list(load_records(tmp_path)) == ["a", "b", "c"]
    (tmp_path / "bad.jsonl").write_text('{"id": "a"}\n{"id": \n')
    with pytest.raises(ScoreError, match=r"bad\.jsonl:2"):
        load_records(tmp_path / "bad.jsonl")
    with pytest.raises(ScoreError, match="differs"):
        check_texts({"a": {"text": "م"}}, {"a": {"text": "ن"}})


@pytest.mark.skipif(not TOOL.exists(), reason="the shared folder is not there")
def test_figures_are_those_of_the_shared_tool(tmp_path: Path) -> None:
    """Gold articles against copies of them with fields dropped, moved and swapped."""
    gold = load_records(SHARED / "gold" / "train.jsonl")
    chance = random.Random(7)  # noqa: S311
    found = {i: _perturbed(copy.deepcopy(r), chance) for i, r in gold.items() if chance.random() > 0.05}
    path = tmp_path / "found.jsonl"
    path.write_text("".join(json.dumps(r) + "\n" for r in found.values()))
    command = [sys.executable, str(TOOL), str(SHARED / "gold" / "train.jsonl"), str(path), "--json"]
    theirs = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    assert score(gold, load_records(path)) == theirs
    assert 0.2 < theirs["event"]["f1"] < 0.95


def _perturbed(article: dict[str, Any], chance: random.Random) -> dict[str, Any]:
    for key in ("events", "statements", "times"):
        article[key] = [item for item in article[key] if chance.random() > 0.1]
        for item in article[key]:
            span = item["trigger"] if key == "events" else item
            if chance.random() < 0.2:
                span["start"] += chance.randint(-5, 5)
                span["end"] = max(span["start"] + 1, span["end"] + chance.randint(-30, 30))
    for item in article["events"]:
        if chance.random() < 0.1:
            item["actors"], item["recipients"] = item["recipients"], item["actors"]
        for field, values in (
            ("type", ("AGREE", "CONSULT")),
            ("mode", (None, "visit")),
            ("factuality", ("actual", "negated", "future")),
            ("said_by", ([], [{"code": "RUS GOV"}])),
            ("date", (None, "2018-05-08")),
            ("place", (None, {"country": "RUS"})),
        ):
            if chance.random() < 0.1:
                item[field] = chance.choice(values)
    for item in article["statements"]:
        if chance.random() < 0.1:
            item["speaker"].pop("name", None)
    return article
