"""A run killed again and again loses nothing, does nothing twice, and ends as one that was never killed."""

from __future__ import annotations

import gzip
import os
import random
import signal
import time
from pathlib import Path

import pytest
from archives import article, contents, lines, pack, rows, run, start

GOOD = 4950
KILLS = 3
LONG = 50 << 20
BATCH = ("--batch", "0.25")


def poison(n: int) -> bytes:
    """A line that is no article: of each kind some."""
    kinds = (
        b'{"id": "x%d", "text": "\xd8\xd9\xff\xfe\xc0 \x81\x8d"}\n',
        b'{"id": "x%d", "text": ""}\n',
        b'{"id": "x%d", "text": "nothing Arabic in it"}\n',
        b'{"id": "x%d", "text": "\\u062e\\u0628\n',
        b'{"id": "x%d", "text": ' + b"[" * 100_000 + b"\n",
    )
    return kinds[n % len(kinds)] % n


def archive(folder: Path) -> list[Path]:
    """5,000 inputs in several files; of each hundred one is bad."""
    good = [article(n) for n in range(GOOD)]
    cut = gzip.compress(lines(good[4000:4400]), mtime=0)
    # the last member of this archive is cut off: all before it is good
    spoilt = folder / "cut.jsonl.gz"
    spoilt.write_bytes(cut + gzip.compress(lines([{"id": "lost", "text": "خبر " * 500}]), mtime=0)[:30])
    main = folder / "main.jsonl.gz"
    with gzip.open(main, "wb", compresslevel=1) as out:
        for n, one in enumerate(good[:4000]):
            out.write(lines([one]))
            if n % 88 == 50:
                out.write(poison(n // 88))
    plain = folder / "plain.jsonl"
    with plain.open("wb") as file:
        file.write(lines(good[4400:]))
    long = folder / "long.jsonl.gz"
    with gzip.open(long, "wb", compresslevel=1) as out:
        out.write(b'{"id": "long", "text": "' + "خبر ".encode() * (LONG // 7) + b'"}\n')
    empty = folder / "empty.jsonl"
    empty.touch()
    bomb = folder / "bomb.json"
    bomb.write_bytes(b'{"text": ' * 200_000)
    broken = folder / "broken.txt"
    broken.write_bytes(b"\xff\xfe\xd8")
    return [main, spoilt, plain, long, empty, bomb, broken]


BAD = 45 + 5


@pytest.mark.parametrize("processes", [2])
def test_killed_three_times(tmp_path: Path, processes: int) -> None:
    inputs = archive(tmp_path)
    ds = tmp_path / "killed"
    words = ("code", *inputs, "-o", ds, "--processes", processes, *BATCH)
    chance = random.SystemRandom()
    kills = 0
    while kills < KILLS:
        with start(*words) as process:
            time.sleep(chance.uniform(1.5, 7))
            alive = process.poll() is None
            os.killpg(process.pid, signal.SIGKILL) if alive else None
            process.communicate()
        assert alive, "the run was over before it was killed"
        kills += 1
        if (ds / "khabar.json").exists():
            # what a reader sees between the runs is whole
            held = rows(ds, "SELECT count(*) AS n, count(DISTINCT id) AS d FROM articles")
            assert held[0]["n"] == held[0]["d"] < GOOD
    told = run(*words, code=1)
    assert f"holds {GOOD:,} articles, {BAD} inputs in quarantine" in told
    ids = [row["id"] for row in rows(ds, "SELECT id FROM articles")]
    assert sorted(ids) == sorted(f"a{n}" for n in range(GOOD))
    bad = rows(ds, "SELECT source, line, position, kind, reason FROM quarantine")
    assert len({(row["source"], row["line"], row["position"]) for row in bad}) == len(bad) == BAD
    assert all(row["kind"] and row["reason"] for row in bad)
    orphans = "SELECT count(*) AS n FROM events WHERE article NOT IN (SELECT article FROM articles)"
    assert rows(ds, orphans) == [{"n": 0}]
    assert not [path for path in (ds / "_work").iterdir() if path.name != "lock"]
    run("code", *inputs, "-o", tmp_path / "whole", *BATCH, code=1)
    assert contents(ds) == contents(tmp_path / "whole")


def test_the_workers_of_a_killed_run_go_too(tmp_path: Path) -> None:
    """Killed alone, without its group, a run leaves no worker behind."""
    source = pack(tmp_path / "in.jsonl.gz", [article(n) for n in range(3000)])
    with start("code", source, "-o", tmp_path / "ds", "--processes", "2") as process:
        deadline = time.monotonic() + 60
        while not list((tmp_path / "ds").glob("_work/pieces/*/*.piece")):
            assert time.monotonic() < deadline
            time.sleep(0.1)
        group = process.pid
        process.kill()
        process.communicate()
    while time.monotonic() < deadline:
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return
        time.sleep(0.2)
    pytest.fail("workers live on")
