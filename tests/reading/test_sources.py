from __future__ import annotations

import contextlib
import gzip
import io
import json
import os
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khabar.reading.decoding import UndecodableError, decode
from khabar.reading.sources import Failure, Item, bounded_lines, read_inputs

NEWS = (
    "وصل المبعوث الأممي إلى صنعاء، يوم الثلاثاء، في زيارة هي الأولى من نوعها بعد الهدنة.\n"
    "وقال المبعوث إن المحادثات مع الطرفين كانت جيدة."
)


def write(path: Path, content: str | bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def lines(*values: object) -> str:
    return "".join((v if isinstance(v, str) else json.dumps(v, ensure_ascii=False)) + "\n" for v in values)


def one(path: Path) -> Item | Failure:
    (found,) = read_inputs([path])
    return found


def reason(path: Path) -> str:
    found = one(path)
    assert isinstance(found, Failure)
    return found.reason


def test_text_file(tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt", NEWS)
    assert one(path) == Item(str(path), 0, NEWS, id=str(path))


def test_jsonl_fields_may_be_missing(tmp_path: Path) -> None:
    full = {
        "id": "a",
        "text": NEWS,
        "published": "2024-01-02",
        "outlet": "و",
        "title": "ع",
        "url": "u",
        "more": [1],
    }
    path = write(tmp_path / "a.jsonl", lines(full, "", {"text": NEWS, "id": 7, "title": None}))
    first, second = read_inputs([path])
    assert first == Item(str(path), 1, NEWS, "a", "ع", "2024-01-02", "و", "u", position="byte 0")
    assert isinstance(second, Item)
    assert (second.line, second.text, second.id, second.title) == (3, NEWS, "7", None)


def test_folder_is_searched_in_the_order_of_names(tmp_path: Path) -> None:
    for name in ("b/2.txt", "b/1.txt", "a.txt", "c.jsonl", "d.txt.gz", ".hidden.txt", "note.md"):
        content: bytes | str = lines({"text": NEWS}) if name.endswith("jsonl") else NEWS
        write(tmp_path / name, gzip.compress(NEWS.encode()) if name.endswith("gz") else content)
    found = [os.path.relpath(i.source, tmp_path) for i in read_inputs([tmp_path])]
    assert found == ["a.txt", "b/1.txt", "b/2.txt", "c.jsonl", "d.txt.gz"]
    assert [i.source for i in read_inputs([tmp_path / "b"], skip=tmp_path / "b" / "1.txt")] == [
        str(tmp_path / "b" / "2.txt")
    ]


def test_links_in_a_circle_end(tmp_path: Path) -> None:
    write(tmp_path / "a.txt", NEWS)
    (tmp_path / "loop").symlink_to(tmp_path, target_is_directory=True)
    assert len(list(read_inputs([tmp_path]))) == 1


@pytest.mark.parametrize(
    ("content", "count"), [(NEWS, 1), (lines({"text": NEWS}, {"text": NEWS}), 2), ("\ufeff" + NEWS, 1)]
)
def test_standard_input_is_text_or_jsonl(content: str, count: int) -> None:
    found = list(read_inputs(["-"], stdin=io.BytesIO(content.encode())))
    assert len(found) == count
    assert all(isinstance(i, Item) and i.text == NEWS and i.source == "<stdin>" for i in found)


def test_json_document_and_array(tmp_path: Path) -> None:
    assert one(write(tmp_path / "a.json", json.dumps({"text": NEWS}, indent=1))) == Item(
        str(tmp_path / "a.json"), 1, NEWS, position="element 1"
    )
    two = list(read_inputs([write(tmp_path / "b.json", json.dumps([{"text": NEWS}, 3], indent=1))]))
    assert isinstance(two[0], Item)
    assert isinstance(two[1], Failure)
    assert two[1].line == 2
    assert "it ends too early" in reason(
        write(tmp_path / "c.json", json.dumps({"text": NEWS}, indent=1)[:-20])
    )


@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "utf-16", "utf-32", "windows-1256", "iso-8859-6", "mac-arabic", "utf-16-le"],
)
def test_encodings(tmp_path: Path, encoding: str) -> None:
    found = one(write(tmp_path / "a.txt", NEWS.encode(encoding)))
    assert isinstance(found, Item)
    assert found.text == NEWS
    if encoding in {"utf-8", "utf-8-sig", "utf-16", "windows-1256", "mac-arabic"}:
        jsonl = lines({"text": NEWS}, {"text": NEWS}).encode(encoding)
        assert [i.text for i in read_inputs([write(tmp_path / "a.jsonl", jsonl)]) if isinstance(i, Item)] == [
            NEWS
        ] * 2


def test_declared_encoding_goes_before_guesses() -> None:
    declared = '<?xml version="1.0" encoding="windows-1256"?>\n' + NEWS
    assert decode(declared.encode("windows-1256")) == declared
    with pytest.raises(UndecodableError, match="iso8859-6"):
        decode(("charset=iso-8859-6\n" + NEWS + "\u067e\u0686").encode("windows-1256"))
    for trap in ("charset=unicode_escape", "encoding=utf-7", "charset=no-such", "charset=base64"):
        assert decode((trap + "\n" + NEWS).encode("windows-1256")).endswith(NEWS)


@pytest.mark.parametrize(
    "data",
    [
        NEWS.encode()[:-2],  # cut within a letter
        NEWS.encode()[:60] + b"\xff" + NEWS.encode()[60:],
        "Déjà vu à la fenêtre".encode("latin-1"),
        bytes(range(128, 256)) * 20,
        b"\xff\xfe\x27",  # half a unit of UTF-16
        b"\x89PNG\r\n\x1a\n" + bytes(range(256)),
    ],
)
def test_bytes_that_are_no_arabic_text_are_refused(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(UndecodableError):
        decode(data)
    assert "UTF" in reason(write(tmp_path / "a.txt", data))


@given(st.binary(max_size=300))
def test_any_bytes_decode_or_are_refused(data: bytes) -> None:
    with contextlib.suppress(UndecodableError):
        assert isinstance(decode(data), str)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("", "empty"),
        (" \n\u200f\x00", "empty"),
        ("The envoy arrived in Sanaa on Tuesday.", "not Arabic"),
        ("12345 67890", "not Arabic"),
        ("The envoy said في and nothing else in a long line of English words that goes on", "not Arabic"),
    ],
)
def test_texts_that_are_no_article(tmp_path: Path, content: str, words: str) -> None:
    assert words in reason(write(tmp_path / "a.txt", content))
    assert words in reason(write(tmp_path / "a.jsonl", lines({"text": content})))


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ('{"text": "وصل', "ends too early"),
        ('{"text": "وصل"', "ends too early"),
        ("وصل المبعوث", "no valid JSON"),
        ("[1, 2]", "a JSON array instead of an object"),
        ('"وصل"', "a JSON string instead of an object"),
        ("null", "a JSON null instead of an object"),
        ("17", "a JSON number instead of an object"),
        ('{"title": "وصل"}', "«text» is missing"),
        ('{"text": 5}', "«text» is number"),
        ('{"text": ["وصل"]}', "«text» is array"),
        ('{"text": null}', "«text» is null"),
        ("[" * 100_000, "nested too deep"),
        ('{"a":' * 100_000, "nested too deep"),
    ],
)
def test_bad_lines_fail_alone(tmp_path: Path, line: str, words: str) -> None:
    path = write(tmp_path / "a.jsonl", lines({"text": NEWS}, line, {"text": NEWS}))
    before, bad, after = read_inputs([path])
    assert isinstance(before, Item)
    assert isinstance(after, Item)
    assert isinstance(bad, Failure)
    assert (bad.source, bad.line) == (str(path), 2)
    assert words in bad.reason
    assert str(bad).startswith(f"{path}:2: ")


def test_missing_and_odd_files(tmp_path: Path) -> None:
    assert "No such file" in reason(tmp_path / "none.txt")
    assert "no *.txt" in reason(tmp_path)
    os.mkfifo(tmp_path / "pipe.txt")
    assert reason(tmp_path / "pipe.txt") == "not a regular file"
    assert "null" in reason(Path("a\x00b.txt"))
    assert reason(write(tmp_path / "e.jsonl", "\n\n")) == "empty file"
    assert "compressed" in reason(write(tmp_path / "x.txt.gz", gzip.compress(NEWS.encode())[:-12]))
    assert "gzip" in reason(write(tmp_path / "y.txt.gz", NEWS)).lower()


def test_a_50_mb_line_is_skipped_without_being_loaded() -> None:
    def chunks() -> Iterator[bytes]:
        yield lines({"text": NEWS}).encode() + b'{"text": "'
        for _ in range(50):
            yield b"x" * (1 << 20)
        yield b'"}\n' + lines({"text": NEWS}).encode()

    class Stream(io.RawIOBase):
        def __init__(self) -> None:
            self.rest = chunks()

        def read(self, _size: int = -1) -> bytes:
            return next(self.rest, b"")

    tracemalloc.start()
    first, long, last = read_inputs(["-"], stdin=Stream())  # type: ignore[arg-type]
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert isinstance(first, Item)
    assert isinstance(last, Item)
    assert last.line == 3
    reason = "the line is longer than the cap of 10,485,760 bytes"
    assert long == Failure("<stdin>", 2, reason, "too-long", "line 2")
    assert peak < 30 << 20


def test_text_file_above_the_cap(tmp_path: Path) -> None:
    (found,) = read_inputs([write(tmp_path / "a.txt", NEWS)], cap=50)
    assert found == Failure(str(tmp_path / "a.txt"), 0, "longer than the cap of 50 bytes", "too-long")


@given(st.lists(st.binary(max_size=12).map(lambda b: b.replace(b"\n", b"")), max_size=8), st.integers(1, 7))
def test_bounded_lines_are_the_lines(pieces: list[bytes], size: int) -> None:
    data = b"\n".join(pieces)
    chunks = [data[i : i + size] for i in range(0, len(data), size)]
    expected = data.split(b"\n")
    if expected[-1] == b"":
        expected.pop()
    found = list(bounded_lines(chunks, 8))
    assert found == [(n, line if len(line) <= 8 else None) for n, line in enumerate(expected, 1)]


def test_control_characters_and_lone_surrogates_are_kept(tmp_path: Path) -> None:
    odd = "\u202b" + NEWS + "\x00\x1b[31m\u200f\ud800"
    path = write(tmp_path / "a.jsonl", json.dumps({"text": odd}) + "\n")
    found = one(path)
    assert isinstance(found, Item)
    assert found.text == odd
    assert found.article().text == odd


def test_unparsable_publication_time_is_coded_with_a_note(tmp_path: Path) -> None:
    for value in ("أمس", 17, "2024-13-45", {"year": 2024}, True):
        found = one(write(tmp_path / "a.jsonl", lines({"text": NEWS, "published": value})))
        assert isinstance(found, Item)
        article = found.article()
        assert article.published is None
        assert "no ISO 8601" in article.notes[0]
