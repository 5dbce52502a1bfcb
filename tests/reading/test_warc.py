from __future__ import annotations

import gzip
import io
import tracemalloc
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pages import ADDRESS, BODY, TITLE, http, json_ld, page, record

from khabar.reading.items import Failure, InputOptions, Item
from khabar.reading.sources import read_again, read_inputs, read_split, splits

OPTIONS = InputOptions()


def html(number: int = 0) -> bytes:
    head = json_ld(headline=TITLE, datePublished=f"2021-05-17T06:{number % 60:02}:00Z")
    return page(head=head, address=None).replace("قسم رقم", f"قسم {number} رقم").encode()


def archive(count: int = 6) -> list[bytes]:
    """Records as a news crawl has them: about the crawl, requests, pages, and what is no page."""
    records = [
        record(b"software: crawler/1.0\r\n", kind="warcinfo", url=""),
        record(b"GET / HTTP/1.1\r\nHost: e.org\r\n\r\n", kind="request"),
        record(http(b"\x89PNG", media="image/png")),
        record(http(html(), status="404 Not Found")),
        record(http(b"", status="301 Moved", more="Location: /x\r\n")),
        record(http(b"{}", media="application/json")),
        record(http(b"%PDF"), more="WARC-Identified-Payload-Type: application/pdf\r\n"),
    ]
    records += [record(http(html(n)), url=f"https://news.example.org/{n}") for n in range(count)]
    return records


def members(records: list[bytes]) -> bytes:
    return b"".join(gzip.compress(each, mtime=0) for each in records)


def read(path: Path) -> list[Item | Failure]:
    return list(read_inputs([path]))


def urls(found: list[Item | Failure]) -> list[str | None]:
    assert all(isinstance(entry, Item) for entry in found), found
    return [entry.url for entry in found if isinstance(entry, Item)]


@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz", "one.warc.gz", "a.warc.zst"])
def test_pages_of_a_crawl(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    plain = b"".join(archive())
    if name == "a.warc.gz":
        path.write_bytes(members(archive()))
    elif name == "one.warc.gz":
        path.write_bytes(gzip.compress(plain))
    elif name.endswith(".zst"):
        path.write_bytes(pa.compress(plain, "zstd", asbytes=True))
    else:
        path.write_bytes(plain)
    found = read(path)
    assert urls(found) == [f"https://news.example.org/{n}" for n in range(6)]
    item = found[3]
    assert isinstance(item, Item)
    assert item.text == f"{TITLE}\n{BODY}"
    assert item.published == "2021-05-17T06:03:00Z"
    assert item.outlet == "news.example.org"
    positions = [entry.position for entry in found]
    assert len(set(positions)) == 6
    assert all(position.startswith("record ") for position in positions)
    assert urls(list(read_inputs(["-"], stdin=io.BytesIO(path.read_bytes())))) == urls(found)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=20, deadline=None)
@given(size=st.integers(300, 9000))
def test_any_cut_gives_the_same_articles(tmp_path: Path, size: int) -> None:
    path = tmp_path / "a.warc.gz"
    path.write_bytes(members(archive()))
    whole = read(path)
    pieces = list(splits([str(path)], OPTIONS, size))
    assert len(pieces) == -(-path.stat().st_size // size)
    assert [entry for piece in pieces for entry in read_split(piece, OPTIONS)] == whole


def test_one_member_is_not_cut(tmp_path: Path) -> None:
    path = tmp_path / "a.warc.gz"
    path.write_bytes(gzip.compress(b"".join(archive(400)), 0))
    assert len(list(splits([str(path)], OPTIONS, 1000))) == 1


@pytest.mark.parametrize(
    ("body", "more"),
    [
        (gzip.compress(html()), "Content-Encoding: gzip\r\n"),
        (b"%x\r\n%s\r\n0\r\n\r\n" % (len(html()), html()), "Transfer-Encoding: chunked\r\n"),
        (html(), "X-Crawl-Content-Encoding: gzip\r\nX-Crawl-Transfer-Encoding: chunked\r\n"),
        (html(), "Content-Encoding: gzip\r\n"),  # as some crawlers leave it
    ],
)
def test_bodies_as_they_came_over_the_wire(tmp_path: Path, body: bytes, more: str) -> None:
    path = tmp_path / "a.warc"
    path.write_bytes(record(http(body, more=more)))
    assert urls(read(path)) == [ADDRESS]


def test_encoding_that_the_server_states(tmp_path: Path) -> None:
    data = html().decode().replace("utf-8", "x").encode("windows-1256")
    path = tmp_path / "a.warc"
    path.write_bytes(record(http(data, media="text/html; charset=windows-1256")))
    (item,) = read(path)
    assert isinstance(item, Item)
    assert item.text.endswith(BODY)


def test_what_the_crawler_cut_fails_and_can_be_tried_again(tmp_path: Path) -> None:
    path = tmp_path / "a.warc.gz"
    path.write_bytes(members([record(http(html()), more="WARC-Truncated: length\r\n"), record(http(html()))]))
    failure, item = read(path)
    assert isinstance(failure, Failure)
    assert (failure.kind, failure.form, failure.position) == ("truncated", "warc", "record 0")
    assert isinstance(item, Item)
    (again,) = read_again(failure, OPTIONS)
    assert isinstance(again, Item)
    assert (again.url, again.position, again.source) == (ADDRESS, "record 0", str(path))


@pytest.mark.parametrize("cut", [60, 400, 1500])
@pytest.mark.parametrize("packed", [True, False])
def test_a_file_that_ends_too_early(tmp_path: Path, cut: int, packed: bool) -> None:
    path = tmp_path / ("a.warc.gz" if packed else "a.warc")
    data = members(archive(3)) if packed else b"".join(archive(3))
    last = len(members(archive(3)[-1:]) if packed else archive(3)[-1])
    path.write_bytes(data[: len(data) - min(cut, last - 20)])
    found = read(path)
    assert urls(found[:2]) == ["https://news.example.org/0", "https://news.example.org/1"]
    assert len(found) == 3
    assert isinstance(found[2], Failure)
    assert found[2].kind in {"truncated", "warc"}


def test_behind_a_damaged_record_the_next_is_found(tmp_path: Path) -> None:
    records = [gzip.compress(each, mtime=0) for each in archive(4)]
    damaged = bytearray(records[-3])
    damaged[len(damaged) // 2 : len(damaged) // 2 + 40] = b"\x00" * 40
    records[-3] = bytes(damaged)
    path = tmp_path / "a.warc.gz"
    path.write_bytes(b"".join(records))
    found = read(path)
    kinds = [entry.kind if isinstance(entry, Failure) else entry.url for entry in found]
    assert kinds[0] == "https://news.example.org/0"
    assert kinds[-2:] == ["https://news.example.org/2", "https://news.example.org/3"]
    assert kinds[1] in {"warc", "truncated"}
    assert len(kinds) == 4


def test_what_is_no_warc(tmp_path: Path) -> None:
    for name, data in (
        ("a.warc", b"no such thing\r\n" * 9),
        ("b.warc.gz", gzip.compress(b"text" * 9)),
        ("c.warc.gz", b""),
    ):
        path = tmp_path / name
        path.write_bytes(data)
        found = read(path)
        assert [entry.kind for entry in found if isinstance(entry, Failure)] == ["warc"], (name, found)


def test_a_huge_record_is_passed_over_in_little_memory(tmp_path: Path) -> None:
    huge = record(http(b"<html>" + b"x" * (60 << 20)))
    path = tmp_path / "a.warc.gz"
    path.write_bytes(members([huge, record(http(html()))]))
    read(path)  # what libraries need once
    tracemalloc.start()
    failure, item = read(path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert isinstance(failure, Failure)
    assert failure.kind == "too-long"
    assert isinstance(item, Item)
    assert peak < 20 << 20


def test_foreign_pages_are_told_without_their_bytes(tmp_path: Path) -> None:
    path = tmp_path / "a.warc"
    path.write_bytes(record(http(b"<html><body><p>The envoy arrived on Monday.</p></body></html>")))
    (found,) = read(path)
    assert isinstance(found, Failure)
    assert (found.kind, found.payload) == ("not-arabic", None)
