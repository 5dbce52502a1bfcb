"""What is in quarantine comes out of it once it can be coded, and stays there until then."""

from __future__ import annotations

from pathlib import Path

from archives import article, lines, pack, rows, run

import khabar

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
    deadly = (
        "    import khabar.coder\n"
        "    code = khabar.coder.Coder.__call__\n"
        "    def deadly(self, given):\n"
        "        if given.id == 'a37': os._exit(9)\n"
        "        return code(self, given)\n"
        "    khabar.coder.Coder.__call__ = deadly\n"
    )
    source = pack(tmp_path / "in.jsonl.gz", [article(n) for n in range(60)])
    ds = tmp_path / "ds"
    told = run(*words(source, ds), code=1, environment=worker_with(mine, deadly))
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


def test_a_source_that_kills_its_reader(tmp_path: Path) -> None:
    """What was read before is kept, the rest of the piece is told, and other pieces are coded."""
    mine = tmp_path / "site"
    mine.mkdir()
    deadly = (
        "    import khabar.corpus.work as work\n"
        "    read = work.read_split\n"
        "    def deadly(split, options):\n"
        "        for entry in read(split, options):\n"
        "            if getattr(entry, 'id', None) == 'a7': os._exit(9)\n"
        "            yield entry\n"
        "    work.read_split = deadly\n"
    )
    bad = pack(tmp_path / "bad.jsonl", [article(n) for n in range(10)])
    good = tmp_path / "good"
    good.mkdir()
    for n in range(10, 20):
        (good / f"{n}.txt").write_text(article(n)["text"], encoding="utf-8")
    ds = tmp_path / "ds"
    told = run(*words(bad, ds), good, "--batch", "1", code=1, environment=worker_with(mine, deadly))
    assert "17 coded, 0 known before, 1 to quarantine" in told
    (row,) = rows(ds, "SELECT source, reason FROM quarantine")
    assert row == {"source": str(bad), "reason": "the worker process died reading on from here"}
    assert "3 coded" in run("retry", ds)
    assert rows(ds, HELD) == [{"good": 20, "bad": 0}]


def words(source: Path, dataset: Path) -> list[object]:
    return ["code", source, "-o", dataset, "--processes", "2", "--batch", "0.05"]


def worker_with(folder: Path, deed: str) -> dict[str, str]:
    """The environment of a run in whose workers something is done at the start."""
    (folder / "sitecustomize.py").write_text(
        f"import os, sys\nif any('udf_worker' in word for word in sys.orig_argv):\n{deed}"
    )
    return {"PYTHONPATH": f"{folder}:{Path(khabar.__file__).parents[1]}"}
