"""A Ray that the test starts on this machine makes the same dataset as the native runner."""

from __future__ import annotations

from pathlib import Path

import pytest
from archives import article, contents, pack, run

pytest.importorskip("ray")


def test_ray_makes_the_same_dataset(tmp_path: Path) -> None:
    good = [article(n) for n in range(60)]
    source = pack(tmp_path / "in.jsonl.gz", [*good[:30], {"id": "bad", "text": "English"}, *good[30:]])
    more = pack(tmp_path / "more.jsonl", [article(n) for n in range(50, 80)])
    words = ("code", source, more, "--processes", "2", "--batch", "0.01")
    home = {"HOME": str(tmp_path)}  # Ray leaves a token there
    told = run(*words, "-o", tmp_path / "ray", "--runner", "ray", code=1, environment=home)
    assert "80 coded, 10 known before, 1 to quarantine" in told
    run(*words, "-o", tmp_path / "native", code=1)
    assert contents(tmp_path / "ray") == contents(tmp_path / "native")


def test_no_ray_at_that_address(tmp_path: Path) -> None:
    source = pack(tmp_path / "in.jsonl.gz", [article(1)])
    told = run("code", source, "-o", tmp_path / "ds", "--runner", "ray", "--address", "127.0.0.1:1", code=1)
    assert "no Ray at 127.0.0.1:1" in told
