"""Inputs in an object store: a server on this machine that speaks as much of S3 as reading takes."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, unquote, urlsplit
from xml.sax.saxutils import escape

import pyarrow as pa
import pytest
from pages import BODY, TITLE, http, page, record

from khabar.reading.items import Failure, InputOptions, Item
from khabar.reading.sources import read_inputs, read_split, splits

BUCKET = "press"
OBJECTS: dict[str, bytes] = {
    "2021/a.txt": BODY.encode(),
    "2021/05/b.html": page().encode(),
    "2021/05/c.jsonl": b"".join(
        b'{"text": "%s"}\n' % BODY[:n].replace("\n", " ").encode() for n in range(60, 90)
    ),
    "2021/05/d.jsonl.zst": bytes(pa.compress(b'{"text": "%s"}\n' % BODY[:90].encode(), "zstd", asbytes=True)),
    "2021/e.warc": record(http(page(address=None).encode())),
    "2021/.hidden.txt": b"x",
    "2021/note.md": b"x",
}


class _Store(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_HEAD(self) -> None:
        self._answer(body=False)

    def do_GET(self) -> None:
        self._answer(body=True)

    def _answer(self, *, body: bool) -> None:
        parts = urlsplit(self.path)
        bucket, _, key = unquote(parts.path).lstrip("/").partition("/")
        if bucket != BUCKET:
            self._send(404, b"", body=body)
        elif not key:
            self._send(200, self._listing(parse_qs(parts.query)), body=body, media="application/xml")
        elif key not in OBJECTS:
            self._send(404, b"", body=body)
        else:
            self._object(OBJECTS[key], body=body)

    def _object(self, data: bytes, *, body: bool) -> None:
        wanted = self.headers.get("Range")
        if wanted is None:
            self._send(200, data, body=body)
            return
        first, _, last = wanted.removeprefix("bytes=").partition("-")
        end = min(int(last) + 1, len(data)) if last else len(data)
        self._send(206, data[int(first) : end], body=body, span=f"bytes {first}-{end - 1}/{len(data)}")

    def _listing(self, query: dict[str, list[str]]) -> bytes:
        prefix = query.get("prefix", [""])[0]
        delimiter = query.get("delimiter", [""])[0]
        names, folders = [], set()
        for key in sorted(OBJECTS):
            rest = key.removeprefix(prefix)
            if key.startswith(prefix) and delimiter and delimiter in rest:
                folders.add(prefix + rest.partition(delimiter)[0] + delimiter)
            elif key.startswith(prefix):
                names.append(key)
        contents = "".join(
            f"<Contents><Key>{escape(k)}</Key><Size>{len(OBJECTS[k])}</Size>"
            "<LastModified>2021-05-17T00:00:00.000Z</LastModified></Contents>"
            for k in names
        )
        prefixes = "".join(f"<CommonPrefixes><Prefix>{f}</Prefix></CommonPrefixes>" for f in sorted(folders))
        return (
            f'<?xml version="1.0"?><ListBucketResult><Name>{BUCKET}</Name><Prefix>{prefix}</Prefix>'
            f"<KeyCount>{len(names) + len(folders)}</KeyCount><IsTruncated>false</IsTruncated>"
            f"{contents}{prefixes}</ListBucketResult>"
        ).encode()

    def _send(
        self, status: int, data: bytes, *, body: bool, media: str = "binary/octet-stream", span: str = ""
    ) -> None:
        self.send_response(status)
        self.send_header("Content-Type", media)
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Last-Modified", "Mon, 17 May 2021 00:00:00 GMT")
        if span:
            self.send_header("Content-Range", span)
        self.end_headers()
        if body:
            self.wfile.write(data)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        pass


@pytest.fixture(scope="module")
def options() -> Iterator[InputOptions]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Store)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    storage = (
        ("endpoint_override", f"127.0.0.1:{server.server_address[1]}"),
        ("scheme", "http"),
        ("anonymous", "true"),
        ("region", "us-east-1"),
    )
    yield InputOptions(storage=storage)
    server.shutdown()
    server.server_close()


def test_a_folder_of_all_kinds(options: InputOptions) -> None:
    found = list(read_inputs([f"s3://{BUCKET}/2021"], options=options))
    names = list(dict.fromkeys(entry.source.removeprefix(f"s3://{BUCKET}/2021/") for entry in found))
    assert names == ["05/b.html", "05/c.jsonl", "05/d.jsonl.zst", "a.txt", "e.warc"]
    assert all(isinstance(entry, Item) for entry in found), found
    first = found[0]
    assert isinstance(first, Item)
    assert first.text == f"{TITLE}\n{BODY}"
    assert len(found) == 1 + 30 + 1 + 1 + 1


def test_patterns_and_pieces(options: InputOptions) -> None:
    whole = list(read_inputs([f"s3://{BUCKET}/2021/**/*.jsonl"], options=options))
    assert len(whole) == 30
    pieces = list(splits([f"s3://{BUCKET}/2021/0?/*.jsonl"], options, 700))
    assert len(pieces) > 3
    cut = [entry for piece in pieces for entry in read_split(piece, options)]
    assert [entry.position for entry in cut] == [entry.position for entry in whole]


@pytest.mark.parametrize("name", ["2021/none.txt", "2021/*.csv", "nothing"])
def test_what_is_not_there(options: InputOptions, name: str) -> None:
    (found,) = read_inputs([f"s3://{BUCKET}/{name}"], options=options)
    assert isinstance(found, Failure)
    assert found.kind == "missing"


@pytest.mark.parametrize(
    ("address", "storage"),
    [
        ("nosuch://bucket/a.txt", ()),
        ("s3://press/a.txt", (("no_such_option", "1"),)),
        ("hdfs://x/a", (("region", "x"),)),
    ],
)
def test_stores_and_options_that_are_none(address: str, storage: tuple[tuple[str, str], ...]) -> None:
    (found,) = read_inputs([address], options=InputOptions(storage=storage))
    assert isinstance(found, Failure)
    assert found.kind == "unreadable"
