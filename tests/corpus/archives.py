"""Archives made for the tests, and runs of khabar over them in processes of their own."""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import khabar

LIMIT = 300
"""Seconds that a run may take."""

PLACES = ("موسكو", "بيروت", "القاهرة", "تونس", "عمان", "بغداد", "دمشق")
ACTS = (
    "زار الرئيس الروسي {place} والتقى نظيره الصيني في اليوم {n}.",
    "دعا وزير الخارجية المصري إلى اجتماع في {place} رقم {n}.",
    "تظاهر {n} محتجا في {place} ضد الحكومة.",
    "قصف الجيش مواقع قرب {place} وقتل {n} مدنيا.",
)


def article(n: int, **changes: Any) -> dict[str, Any]:
    """A short report, no two alike."""
    act = ACTS[n % len(ACTS)].format(place=PLACES[n % len(PLACES)], n=n)
    text = f"خبر رقم {n}\n\n{act}\nوقال المتحدث: «نتابع ما يجري في {PLACES[(n + 3) % len(PLACES)]}».\n"
    made = {"id": f"a{n}", "text": text, "published": f"2021-{n % 12 + 1:02}-{n % 28 + 1:02}"}
    return {**made, **changes}


def lines(articles: Iterable[dict[str, Any]]) -> bytes:
    return b"".join(json.dumps(a, ensure_ascii=False).encode() + b"\n" for a in articles)


def pack(path: Path, articles: Iterable[dict[str, Any]]) -> Path:
    """A file of articles: JSONL, compressed where its name says so."""
    data = lines(articles)
    path.write_bytes(gzip.compress(data, mtime=0) if path.suffix == ".gz" else data)
    return path


def start(*words: object, **options: Any) -> subprocess.Popen[bytes]:
    """Khabar in a process group of its own."""
    root = str(Path(khabar.__file__).parents[1])
    environment = {**os.environ, "PYTHONPATH": root, **options.pop("environment", {})}
    return subprocess.Popen(
        [sys.executable, "-m", "khabar", *map(str, words)],
        env=environment,
        start_new_session=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        **options,
    )


def run(*words: object, code: int = 0, **options: Any) -> str:
    """Khabar to its end; gives what it printed on both streams."""
    with start(*words, **options) as process:
        out, err = process.communicate(timeout=LIMIT)
    told = out.decode() + err.decode()
    assert process.returncode == code, told
    return told


def contents(dataset: Path) -> dict[str, bytes]:
    """All files of a dataset but those of a run."""
    return {
        path.relative_to(dataset).as_posix(): path.read_bytes()
        for path in sorted(dataset.rglob("*"))
        if path.is_file() and "_work" not in path.parts
    }


def rows(dataset: Path, sql: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in run("query", dataset, sql, "--format", "json").splitlines()]
