from __future__ import annotations

import json
import os
import pty
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import msgspec
import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

import khabar
from khabar.cli import main
from khabar.commands.output import replacing, to_json
from khabar.commands.recordfile import stream_records
from khabar.commands.summary import event_line
from khabar.commands.terminal import isolated_runs, plain
from khabar.record import Event, Participant, Place, Record, Span

NEWS = (
    "بوتين يدعو الرئيس الصيني لزيارة موسكو\n\n"
    "دعا الرئيس الروسي فلاديمير بوتين، اليوم الأربعاء، نظيره الصيني لزيارة موسكو.\n"
    'وقال بوتين: "العلاقات بين البلدين تتطور".\n'
)
HOSTILE = "\x1b]0;pwned\x07\x1b[2J\x9b31m[red]\u202e"


def run(*words: str | Path, data: bytes | None = None) -> Result:
    return CliRunner().invoke(main, [str(w) for w in words], input=data)


def write(path: Path, content: str) -> Path:
    path.write_text(content, encoding="utf-8")
    return path


def jsonl(path: Path, *values: Any) -> Path:
    return write(path, "".join(json.dumps(v, ensure_ascii=False) + "\n" for v in values))


def example(name: str = "a", text: str = NEWS) -> Record:
    """A record written by hand, so that these tests do not hang on what the coder finds."""
    start = text.index("دعا")
    event = Event(
        id="1f" * 8,
        type="AGREE",
        mode=None,
        contexts=("diplomatic",),
        quad=1,
        cameo="036",
        factuality="future",
        trigger=Span(start, start + 3, "دعا"),
        actors=(
            Participant("الرئيس الروسي", "RUS GOV", start + 4, start + 17, "فلاديمير بوتين", "rus.putin"),
        ),
        recipients=(Participant("", "CHN GOV"),),
        said_by=(Participant("الكرملين", "RUS GOV"),),
        date="2024-05-01",
        place=Place("موسكو", "RUS"),
        confidence=0.875,
        why=("trigger agree.invite «دعا» p=0.95", "actor RUS GOV (subject) p=0.92"),
    )
    other = msgspec.structs.replace(
        event, id="2e" * 8, type="CONSULT", mode="visit", said_by=(), recipients=()
    )
    return Record(
        id=name,
        digest="d",
        khabar="0.1.0+abc",
        title="عنوان",
        published=None,
        updated=None,
        outlet=None,
        url=None,
        dateline=None,
        credits=(),
        caption=None,
        text=text,
        mentions=(),
        times=(),
        statements=(),
        events=(event, other),
    )


def test_help_and_version() -> None:
    result = run("--help")
    assert result.exit_code == 0
    for name in ("code", "explain", "read", "score"):
        assert re.search(rf"^  {name}\s+\S", result.output, re.MULTILINE)
        assert run(name, "--help").exit_code == 0
    assert khabar.__version__ in run("--version").output
    assert run("nonsense").exit_code == 2


# -- read --------------------------------------------------------------------------------------------------


def test_read_for_a_person(tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt", NEWS)
    result = run("read", path, "--published", "2024-05-01", "--outlet", "صحيفة")
    assert result.exit_code == 0
    lines = result.output.splitlines()
    assert lines[0] == "title: \u2068بوتين يدعو الرئيس الصيني لزيارة موسكو\u2069"
    assert lines[1] == "published: 2024-05-01"
    assert "outlet: \u2068صحيفة\u2069" in lines
    assert "  - \u2068فلاديمير بوتين\u2069 RUS GOV: \u2068«العلاقات بين البلدين تتطور»\u2069" in lines
    assert "  - \u2068اليوم الأربعاء\u2069 = 2024-05-01" in lines
    assert "\x1b" not in result.output


def test_read_json_from_standard_input() -> None:
    result = run("read", "-", "--format", "json", data=NEWS.encode())
    record = json.loads(result.stdout)
    assert record["text"] == NEWS
    assert record["id"] == record["digest"]
    assert "relative times stay unresolved" in record["notes"][0]


def test_read_failures_and_usage(tmp_path: Path) -> None:
    good, bad = write(tmp_path / "a.txt", NEWS), write(tmp_path / "b.txt", "only English here")
    result = run("read", bad, good)
    assert result.exit_code == 1
    assert result.stderr == f"khabar: {bad}: not Arabic: it has no, or almost no, Arabic letters\n"
    assert result.stdout.startswith("title: ")
    for words in (
        ["read"],
        ["read", str(good), "--published", "أمس"],
        ["read", str(good), "--format", "xml"],
    ):
        assert run(*words).exit_code == 2


def test_hostile_article_cannot_command_the_terminal(tmp_path: Path) -> None:
    path = write(
        tmp_path / "a.txt", f"عنوان {HOSTILE} طويل\n\nقال الرئيس بوتين: «{HOSTILE} كلام». اليوم {HOSTILE}\n"
    )
    result = run("read", path)
    assert result.exit_code == 0
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066\u2067]", result.output)
    assert "[red]" in result.output  # shown, not obeyed
    assert result.output.count("\u2068") == result.output.count("\u2069")


@given(st.text())
def test_plain_text_is_one_harmless_line(text: str) -> None:
    safe = plain(text)
    assert not re.search(
        "[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\u061c\u200e\u200f\ud800-\udfff]", safe
    )
    assert plain(safe) == safe
    safe.encode()


def test_arabic_runs_among_our_words_are_set_apart() -> None:
    assert isolated_runs("slot على p=0.5 «دعا إلى»") == "slot \u2068على\u2069 p=0.5 «\u2068دعا إلى\u2069»"


@pytest.mark.parametrize(("environment", "coloured"), [({}, True), ({"NO_COLOR": "1"}, False)])
def test_colour_on_a_terminal_only(tmp_path: Path, environment: dict[str, str], *, coloured: bool) -> None:
    path = write(tmp_path / "r.json", to_json(example()).decode())
    leader, follower = pty.openpty()
    base = {k: v for k, v in os.environ.items() if k not in {"NO_COLOR", "FORCE_COLOR", "TERM"}}
    root = str(Path(khabar.__file__).parents[1])
    subprocess.run(
        [sys.executable, "-m", "khabar", "explain", str(path), "1"],
        stdout=follower,
        env={**base, "PYTHONPATH": root, "TERM": "xterm-256color", **environment},
        check=True,
    )
    os.close(follower)
    out = os.read(leader, 1 << 16).decode()
    os.close(leader)
    assert bool(re.search(r"\x1b\[[0-9;]*3[0-9]m", out)) is coloured
    assert "RUS GOV" in out


def test_event_line_has_its_parts_in_order() -> None:
    first, second = (event_line(n, e).plain for n, e in enumerate(example().events, 1))
    assert re.sub("[\u2068\u2069]", "", first) == (
        "  1. فلاديمير بوتين RUS GOV → AGREE → CHN GOV · 2024-05-01 · in موسكو RUS · future · "
        "according to الكرملين RUS GOV · دعا · 1f1f1f1f"
    )
    assert "→ CONSULT/visit → — ·" in second


# -- code --------------------------------------------------------------------------------------------------


def test_code_writes_records_in_order_and_lists_failures(tmp_path: Path) -> None:
    path = jsonl(
        tmp_path / "in.jsonl",
        {"id": "1", "text": NEWS, "published": "2024-05-01"},
        {"id": "2", "text": "no Arabic"},
        [],
        {"id": "3", "text": "\x00" + NEWS + "\u202e"},
    )
    out = tmp_path / "out.jsonl"
    result = run("code", path, tmp_path / "none.txt", "-o", out)
    assert result.exit_code == 1
    assert [r.id for r in stream_records(out)] == ["1", "3"]
    assert result.stderr.splitlines() == [
        f"khabar: {path}:2: not Arabic: it has no, or almost no, Arabic letters",
        f"khabar: {path}:3: a JSON array instead of an object",
        f"khabar: {tmp_path / 'none.txt'}: No such file or directory",
        "khabar: 3 of 5 inputs could not be coded",
    ]
    for line in out.read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        for part in (*record["times"], *record["statements"]):
            assert record["text"][part["start"] : part["end"]] == part["text"]


def test_code_to_standard_output_and_with_processes(tmp_path: Path) -> None:
    path = jsonl(tmp_path / "in.jsonl", *({"id": str(n), "text": NEWS} for n in range(20)))
    piped = run("code", path, "-o", "-")
    assert piped.exit_code == 0
    assert piped.stderr == ""
    out = tmp_path / "out.jsonl"
    assert run("code", path, "-o", out, "--processes", "2").exit_code == 0
    assert out.read_bytes() == piped.stdout_bytes
    assert [json.loads(line)["id"] for line in piped.stdout.splitlines()] == [str(n) for n in range(20)]


def test_code_of_lone_surrogates(tmp_path: Path) -> None:
    path = write(tmp_path / "in.jsonl", json.dumps({"id": "\udc00", "text": NEWS + "\ud800"}) + "\n")
    out = tmp_path / "out.jsonl"
    assert run("code", path, "-o", out).exit_code == 0
    (record,) = stream_records(out)
    assert record.text == NEWS + "\ud800"
    assert run("read", path).exit_code == 0
    assert run("explain", out).exit_code == 0


def test_code_again_over_its_own_folder(tmp_path: Path) -> None:
    write(tmp_path / "a.txt", NEWS)
    out = tmp_path / "out.jsonl"
    assert run("code", tmp_path, "-o", out).exit_code == 0
    first = out.read_bytes()
    assert run("code", tmp_path, "-o", out).exit_code == 0
    assert out.read_bytes() == first
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.txt", "out.jsonl"]


def test_code_usage(tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt", NEWS)
    usages: list[list[str | Path]] = [
        ["code", path],
        ["code", "-o", tmp_path / "o"],
        ["code", path, "-o", path],
        ["code", path, "-o", tmp_path],
        ["code", path, "-o", tmp_path / "no" / "o.jsonl"],
        ["code", path, "-o", tmp_path / "o", "--processes", "0"],
    ]
    for words in usages:
        assert run(*words).exit_code == 2


def test_output_is_whole_or_not_there(tmp_path: Path) -> None:
    target = write(tmp_path / "out.jsonl", "old")

    def interrupted() -> None:
        with replacing(str(target)) as file:
            file.write(b"half")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert target.read_text() == "old"
    with replacing(str(target)) as file:
        file.write(b"new")
        assert target.read_text() == "old"
    assert target.read_text() == "new"
    assert [p.name for p in tmp_path.iterdir()] == ["out.jsonl"]


# -- explain -----------------------------------------------------------------------------------------------


def test_explain_shows_words_and_reasons(tmp_path: Path) -> None:
    path = write(tmp_path / "r.jsonl", to_json(example()).decode() + "\n")
    result = run("explain", path, "1")
    assert result.exit_code == 0
    text = re.sub("[\u2068\u2069]", "", result.output)
    assert (
        "sentence: [دعا] الرئيس الروسي فلاديمير بوتين، اليوم الأربعاء، نظيره الصيني لزيارة موسكو.\n" in text
    )
    assert "actor: الرئيس الروسي RUS GOV فلاديمير بوتين rus.putin [43:56]\n" in text
    assert "recipient: (not in the words) CHN GOV\n" in text
    assert "  1. trigger agree.invite «دعا» p=0.95\n  2. actor RUS GOV (subject) p=0.92\n" in text
    assert "confidence: 0.88" in text
    for words in ("1f1f", "1f" * 8):
        assert run("explain", path, words).output == result.output
    assert run("explain", path).output.count("→ AGREE →") == 1


def test_explain_chooses_among_articles(tmp_path: Path) -> None:
    two = [example("a"), example("b")]
    for path, content in (
        (tmp_path / "r.jsonl", b"".join(to_json(r) + b"\n" for r in two)),
        (tmp_path / "r.json", msgspec.json.format(to_json(two), indent=1)),
    ):
        path.write_bytes(content)
        assert run("explain", path, "1", "--id", "b").exit_code == 0
        for words, status, message in (
            (["1"], 1, "--id"),
            (["1f1f"], 1, "several events"),
            (["9" * 6], 1, "no event"),
            (["1", "--id", "c"], 1, "no article"),
            ([], 2, "2 articles"),
        ):
            result = run("explain", path, *words)
            assert result.exit_code == status
            assert message in result.stderr


@pytest.mark.parametrize("content", ["", "[]", "{}", "وصل", '{"id": "a"', "[" * 100_000])
def test_explain_of_no_records(tmp_path: Path, content: str) -> None:
    result = run("explain", write(tmp_path / "r.json", content), "1")
    assert result.exit_code == 1
    assert result.stderr.startswith("Error: ")


# -- score -------------------------------------------------------------------------------------------------


def test_score_prints_figures(tmp_path: Path) -> None:
    gold = write(tmp_path / "gold.jsonl", to_json(example()).decode())
    result = run("score", gold, gold)
    assert result.exit_code == 0
    assert result.output.splitlines()[:2] == [
        "1 articles, 1 predicted",
        "trigger     precision 1.0  recall 1.0  f1 1.0  gold 2  predicted 2",
    ]
    assert json.loads(run("score", gold, gold, "--json").output)["dyad"]["f1"] == 1.0


def test_score_errors(tmp_path: Path) -> None:
    gold = write(tmp_path / "gold.jsonl", to_json(example()).decode())
    other = write(tmp_path / "other.jsonl", to_json(example(text=NEWS + " ")).decode())
    bad = jsonl(tmp_path / "bad.jsonl", {"id": "a", "events": [{"type": "AGREE"}]})
    for words, status in (((gold, other), 1), ((gold, bad), 1), ((gold, tmp_path / "no"), 2), ((gold,), 2)):
        assert run("score", *words).exit_code == status
    assert "lacks" in run("score", gold, bad).stderr
