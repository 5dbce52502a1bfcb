"""Inputs in pieces: whatever the size of the pieces, the articles are the same."""

from __future__ import annotations

import gzip
import json
import os
import tracemalloc
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from pages import BODY, TITLE, page

from khabar.reading.extras import MissingExtraError
from khabar.reading.items import Failure, InputOptions, Item, Split
from khabar.reading.sources import read_again, read_inputs, read_split, splits

OPTIONS = InputOptions()


def lines(count: int) -> str:
    return "".join(
        json.dumps({"id": n, "text": BODY[: 40 + 13 * n]}, ensure_ascii=False) + "\n" for n in range(count)
    )


def of(pieces: list[Split], options: InputOptions = OPTIONS) -> list[Item | Failure]:
    return [entry for piece in pieces for entry in read_split(piece, options)]


def key(entry: Item | Failure) -> tuple[str, str, str]:
    return entry.source, entry.position, entry.text if isinstance(entry, Item) else entry.kind


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(
    size=st.integers(1, 4000),
    texts=st.lists(st.sampled_from([BODY, BODY[:50], "", "\n", "{", "x" * 500]), min_size=1, max_size=12),
    ending=st.sampled_from(["\n", "", "\r\n"]),
    mark=st.sampled_from([b"", b"\xef\xbb\xbf"]),
)
@example(size=1, texts=[BODY], ending="\n", mark=b"\xef\xbb\xbf")
@example(size=1, texts=["\n", BODY], ending="", mark=b"\xef\xbb\xbf")
def test_jsonl_in_any_pieces(tmp_path: Path, size: int, texts: list[str], ending: str, mark: bytes) -> None:
    path = tmp_path / "a.jsonl"
    body = [t if t in {"\n", "{"} else json.dumps({"text": t}, ensure_ascii=False) for t in texts]
    path.write_bytes(mark + ("\n".join(body) + ending).encode())
    options = InputOptions(cap=1000)
    whole = list(read_inputs([path], options=options))
    pieces = list(splits([str(path)], options, size))
    if len(pieces) > 1:  # of a file without a line only the whole is empty
        whole = [
            entry for entry in whole if not (isinstance(entry, Failure) and entry.reason == "empty file")
        ]
    assert list(map(key, of(pieces, options))) == list(map(key, whole))
    assert len(pieces) == max(1, -(-path.stat().st_size // size))


def test_position_is_where_the_line_begins(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(lines(5) + "{bad\n", encoding="utf-8")
    data = path.read_bytes()
    for entry in read_inputs([path]):
        at = int(entry.position.removeprefix("byte "))
        assert at == 0 or data[at - 1 : at] == b"\n"
        assert (entry.line, data[at : at + 1]) == (data.count(b"\n", 0, at) + 1, b"{")


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32"])
def test_wide_characters_are_not_cut(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(lines(9).encode(encoding))
    pieces = list(splits([str(path)], OPTIONS, 100))
    assert len(pieces) == 1
    assert len(of(pieces)) == 9


@pytest.mark.parametrize("suffix", [".gz", ".zst"])
def test_compressed_files(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"a.jsonl{suffix}"
    data = lines(20).encode()
    pack = gzip.compress if suffix == ".gz" else (lambda d: bytes(pa.compress(d, "zstd", asbytes=True)))
    path.write_bytes(pack(data) + pack(data))  # as parts that were put one behind the other
    pieces = list(splits([str(path)], OPTIONS, 100))
    assert len(pieces) == 1
    found = of(pieces)
    assert [entry.position for entry in found] == [f"line {n}" for n in range(1, 41)]
    path.write_bytes(pack(data)[:-9])
    cut = of(pieces)
    assert isinstance(cut[-1], Failure)
    assert cut[-1].kind == "compression"
    path.write_bytes(b"no such thing at all")
    (none,) = of(pieces)
    assert isinstance(none, Failure)
    assert none.kind == "compression"


def test_a_bomb_of_compression_takes_little_memory(tmp_path: Path) -> None:
    for suffix in (".gz", ".zst"):
        path = tmp_path / f"a.jsonl{suffix}"
        bomb = bytes(200 << 20)
        data = gzip.compress(bomb, 1) if suffix == ".gz" else pa.compress(bomb, "zstd", asbytes=True)
        path.write_bytes(data)
        del bomb
        tracemalloc.start()
        (found,) = read_inputs([path])
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert isinstance(found, Failure)
        assert found.kind == "too-long"
        assert peak < 40 << 20


def test_small_files_go_together_in_order(tmp_path: Path) -> None:
    for n in range(30):
        (tmp_path / f"{n:02}.html").write_text(page(), encoding="utf-8")
    for n in range(5):
        (tmp_path / f"x{n}.txt").write_text(BODY, encoding="utf-8")
    (tmp_path / "big.jsonl").write_text(lines(300), encoding="utf-8")
    size = (tmp_path / "00.html").stat().st_size
    pieces = list(splits([str(tmp_path)], OPTIONS, size * 10))
    assert [len(piece.files) for piece in pieces if piece.kind == "html"] == [10, 10, 10]
    assert [len(piece.files) for piece in pieces if piece.kind == "text"] == [5]
    assert len([piece for piece in pieces if piece.kind == "jsonl"]) > 1
    whole = list(read_inputs([tmp_path]))
    assert list(map(key, of(pieces))) == list(map(key, whole))
    assert pieces == list(splits([str(tmp_path)], OPTIONS, size * 10))


def test_what_is_not_there_is_told_in_its_place(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(BODY, encoding="utf-8")
    inputs = [str(tmp_path / name) for name in ("none.jsonl", "a.txt", "no*.txt", "a.txt")]
    kinds = [
        entry.kind if isinstance(entry, Failure) else "item" for entry in of(list(splits(inputs, OPTIONS, 9)))
    ]
    assert kinds == ["missing", "item", "missing", "item"]


def test_patterns(tmp_path: Path) -> None:
    for name in ("a/1.txt", "a/2.txt", "b/c/3.txt", "b/4.md", "[x].txt"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(BODY, encoding="utf-8")

    def names(pattern: str, **given: str) -> list[str]:
        found = read_inputs([tmp_path / pattern], options=InputOptions(**given))  # type: ignore[arg-type]
        return [os.path.relpath(entry.source, tmp_path) for entry in found]

    assert names("a/*.txt") == ["a/1.txt", "a/2.txt"]
    assert names("**/*.txt") == ["[x].txt", "a/1.txt", "a/2.txt", "b/c/3.txt"]
    assert names("a/[2].txt") == ["a/2.txt"]
    assert names("[x].txt") == ["[x].txt"]
    assert names("**/*", skip=str(tmp_path / "a" / "1.txt"))[1:] == ["a/2.txt", "b/4.md", "b/c/3.txt"]
    assert [e.source for e in read_inputs([f"file://{tmp_path}/a/1.txt"])] == [str(tmp_path / "a" / "1.txt")]


def test_forced_format(tmp_path: Path) -> None:
    (tmp_path / "a.dat").write_text(lines(3), encoding="utf-8")
    (tmp_path / "b.txt").write_text(page(), encoding="utf-8")
    assert len(list(read_inputs([tmp_path / "a.dat"], options=InputOptions(format="jsonl")))) == 3
    (item,) = read_inputs([tmp_path / "b.txt"], options=InputOptions(format="html"))
    assert isinstance(item, Item)
    assert item.title == TITLE


def test_failures_can_be_tried_again(tmp_path: Path) -> None:
    cases = {
        "a.jsonl": b'{"text": "abc"}\n',
        "b.txt": b"abc",
        "c.json": b'{"text": ',
        "d.xml": b"<nothing/>",
    }
    for name, data in cases.items():
        path = tmp_path / name
        path.write_bytes(data)
        (failure,) = read_inputs([path])
        assert isinstance(failure, Failure)
        assert (failure.payload or b"").strip() == data.strip()
        (again,) = read_again(failure, OPTIONS)
        assert again == failure


def test_a_missing_library_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(page(), encoding="utf-8")
    monkeypatch.setitem(__import__("sys").modules, "lxml.etree", None)
    with pytest.raises(
        MissingExtraError, match=r"reading HTML pages needs lxml: pip install 'khabar\[archive\]'"
    ):
        list(read_inputs([tmp_path / "a.html"]))
