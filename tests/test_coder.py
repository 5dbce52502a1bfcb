from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

import khabar
from khabar.coder import Coder, as_article
from khabar.commands.output import to_json
from khabar.parallel import CHUNK, CHUNKS_AHEAD
from khabar.reading import Article, read_text
from khabar.reading.sources import Failure, Item
from khabar.record import Record

NEWS = (
    "بوتين يدعو الرئيس الصيني لزيارة موسكو\n\n"
    "دعا الرئيس الروسي فلاديمير بوتين، اليوم الأربعاء، نظيره الصيني لزيارة موسكو.\n"
    'وقال بوتين: "العلاقات بين البلدين تتطور".\n'
)


class Broken(Item, frozen=True):
    """An item that cannot be read."""

    def article(self) -> Article:
        raise RuntimeError("it does\nnot work")


class Deadly(Item, frozen=True):
    """An item that takes its process with it."""

    def article(self) -> Article:
        os._exit(7)


@pytest.fixture(scope="module")
def coder() -> Coder:
    return khabar.load()


def items(count: int) -> list[Item | Failure]:
    return [Item("a.jsonl", n, NEWS, id=str(n)) for n in range(1, count + 1)]


def test_record_of_a_text(coder: Coder) -> None:
    record = coder(
        {"text": NEWS, "id": "x", "published": "2024-05-01", "outlet": "و", "url": "u", "other": 1}
    )
    assert (record.id, record.outlet, record.url) == ("x", "و", "u")
    assert record.published == datetime(2024, 5, 1, tzinfo=UTC)
    assert record.title == "بوتين يدعو الرئيس الصيني لزيارة موسكو"
    assert record.text == NEWS
    assert record.khabar == f"{khabar.__version__}+{coder.rooms.knowledge.digest[:12]}"
    assert [(t.text, t.value) for t in record.times] == [("اليوم الأربعاء", "2024-05-01")]
    (said,) = record.statements
    assert (said.text, said.kind) == ("العلاقات بين البلدين تتطور", "direct")
    assert (said.speaker.text, said.speaker.code) == ("بوتين", "RUS GOV")
    parts: list[Any] = [*record.times, *record.statements, *(e.trigger for e in record.events)]
    for part in parts:
        assert NEWS[part.start : part.end] == part.text
    for event in record.events:
        for person in (*event.actors, *event.recipients, *event.said_by):
            assert person.start is None or NEWS[person.start : person.end] == person.text


def test_all_kinds_of_input_and_the_same_result_each_time(coder: Coder) -> None:
    record = coder(NEWS)
    assert coder(read_text(NEWS)) == record == coder({"text": NEWS}) == coder(Item("s", 1, NEWS))
    assert record.id == record.digest
    with pytest.raises(ValueError, match="text"):
        as_article({"title": "ع"})
    with pytest.raises(TypeError, match="int"):
        as_article(5)  # type: ignore[arg-type]


def test_odd_characters_break_nothing(coder: Coder) -> None:
    odd = (
        "\ufeff\u202b" + NEWS.replace("بوتين", "بو\u200fتين\x00", 1) + "\x1b[31m\ud800 \U0001f600 \u2028 قال"
    )
    record = coder(odd)
    assert record.text == odd
    assert b"\\ud800" in to_json(record)
    assert coder("").events == ()
    assert coder("\ud800\udc00" * 50).events == ()


def test_stream_in_this_process(coder: Coder) -> None:
    given = [*items(2), Failure("b", 3, "bad"), Broken("c", 4, NEWS), {"no": "text"}, NEWS]
    results = list(coder.pipe(given))
    assert [type(r).__name__ for r in results] == [
        "Record",
        "Record",
        "Failure",
        "Failure",
        "Failure",
        "Record",
    ]
    assert results[2] == given[2]
    assert results[3] == Failure("c", 4, "RuntimeError: it does not work")
    assert isinstance(results[4], Failure)
    assert (results[4].source, results[4].line) == ("<articles>", 5)


def test_stream_is_lazy(coder: Coder) -> None:
    seen = []

    def articles() -> Iterator[str]:
        for n in range(100):
            seen.append(n)
            yield NEWS

    stream = coder.pipe(articles())
    next(stream)
    assert len(seen) == 1


def test_processes_keep_the_order_and_outlive_a_death(coder: Coder) -> None:
    given = items(2 * CHUNK + 3)
    given[5] = Broken("a.jsonl", 6, NEWS)
    given[CHUNK + 1] = Deadly("a.jsonl", CHUNK + 2, NEWS)
    taken = []

    def articles() -> Iterator[Item | Failure]:
        for item in given * 4:
            taken.append(item)
            yield item

    stream = coder.pipe(articles(), processes=1 + 1)
    results = [next(stream)]
    assert len(taken) <= 2 * CHUNKS_AHEAD * CHUNK
    results += [r for r, _ in zip(stream, given[1:], strict=False)]
    stream.close()  # type: ignore[attr-defined]
    expected = list(coder.pipe(i for i in given if not isinstance(i, Deadly)))
    died = results.pop(CHUNK + 1)
    assert died == Failure("a.jsonl", CHUNK + 2, "the worker process died while coding this article")
    assert results == expected
    assert isinstance(results[0], Record)


def test_import_is_light() -> None:
    code = "import sys, khabar, khabar.cli; print([m for m in sys.modules if m.startswith('khabar.')])"
    environment = {**os.environ, "PYTHONPATH": str(Path(khabar.__file__).parents[1])}
    out = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment
    )
    assert out.stdout.strip() == "['khabar.cli']"
