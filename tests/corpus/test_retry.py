"""What is in quarantine comes out of it once it can be coded, and stays there until then."""

from __future__ import annotations

from pathlib import Path

from archives import article, lines, pack, rows, run

HELD = "SELECT (SELECT count(*) FROM articles) AS good, (SELECT count(*) FROM quarantine) AS bad"


def test_what_stays_bad_stays_in_quarantine(made: Path, tmp_path: Path) -> None:
    source = tmp_path / "in.jsonl"
    source.write_bytes(lines([article(1)]) + b'{"text": 3}\n' + lines([{"text": "English"}]))
    ds = tmp_path / "ds"
    run("code", source, "-o", ds, code=1)
    before = rows(ds, "SELECT * FROM quarantine ORDER BY line")
    source.unlink()
    told = run("retry", ds, code=1)
    assert "0 coded" in told
    assert rows(ds, HELD) == [{"good": 1, "bad": 2}]
    after = rows(ds, "SELECT * FROM quarantine ORDER BY line")
    places = ("source", "position", "line", "kind")
    assert [[r[p] for p in places] for r in after] == [[r[p] for p in places] for r in before]


def test_a_source_that_came_back(tmp_path: Path) -> None:
    late = tmp_path / "late.jsonl.gz"
    ds = tmp_path / "ds"
    run("code", pack(tmp_path / "in.jsonl", [article(1)]), late, "-o", ds, code=1)
    assert rows(ds, HELD) == [{"good": 1, "bad": 1}]
    pack(late, [article(n) for n in range(4)])
    assert "3 coded, 1 known" in run("retry", ds)
    assert rows(ds, HELD) == [{"good": 4, "bad": 0}]
    assert "0 coded" in run("retry", ds)


def test_a_damaged_file_that_was_repaired(tmp_path: Path) -> None:
    source = pack(tmp_path / "in.jsonl.gz", [article(n) for n in range(300)])
    whole = source.read_bytes()
    source.write_bytes(whole[: len(whole) // 2])
    ds = tmp_path / "ds"
    told = run("code", source, "-o", ds, "--processes", "2", code=1)
    assert "1 to quarantine" in told
    (held,) = rows(ds, HELD)
    assert 0 < held["good"] < 300
    source.write_bytes(whole)
    run("retry", ds)
    assert rows(ds, HELD) == [{"good": 300, "bad": 0}]
    assert rows(ds, "SELECT count(DISTINCT id) AS n FROM articles") == [{"n": 300}]


def test_an_article_that_killed_its_worker(tmp_path: Path) -> None:
    """It goes to quarantine alone, with its text, and comes out when coding it no longer kills."""
    mine = tmp_path / "site"
    mine.mkdir()
    # a worker that dies without a word of one article, as of a fault in a library
    (mine / "sitecustomize.py").write_text(
        "import os, sys\n"
        "if any('udf_worker' in word for word in sys.orig_argv):\n"
        "    import khabar.coder\n"
        "    code = khabar.coder.Coder.__call__\n"
        "    def deadly(self, given):\n"
        "        if given.id == 'a37': os._exit(9)\n"
        "        return code(self, given)\n"
        "    khabar.coder.Coder.__call__ = deadly\n"
    )
    import khabar  # noqa: PLC0415

    root = str(Path(khabar.__file__).parents[1])
    source = pack(tmp_path / "in.jsonl.gz", [article(n) for n in range(60)])
    ds = tmp_path / "ds"
    told = run(
        "code",
        source,
        "-o",
        ds,
        "--processes",
        "2",
        "--batch",
        "0.05",
        code=1,
        environment={"PYTHONPATH": f"{mine}:{root}"},
    )
    assert "59 coded, 0 known before, 1 to quarantine" in told
    (row,) = rows(ds, "SELECT kind, reason, form FROM quarantine")
    assert row == {
        "kind": "coding",
        "reason": "the worker process died while coding this article",
        "form": "item",
    }
    source.unlink()
    assert "1 coded" in run("retry", ds)
    assert rows(ds, HELD) == [{"good": 60, "bad": 0}]
