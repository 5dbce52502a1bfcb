from __future__ import annotations

import gzip
import socket
import ssl
import time
import zlib
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler

import pytest
import trustme
from pages import page
from webserver import LOCAL, Site, client, dripping, serving

from khabar.reading.addresses import AddressError, Guard, is_public
from khabar.reading.fetch import Client, FetchError
from khabar.reading.items import Failure, InputOptions
from khabar.reading.sources import read_inputs


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as one:
        yield one


def failure(fetcher: Client, url: str) -> FetchError:
    with fetcher, pytest.raises(FetchError) as caught:
        fetcher.get(url)
    return caught.value


def test_a_page_with_its_name_as_host(site: Site) -> None:
    site.put("/a?b=1", page(), media="Text/HTML; charset=UTF-8")
    with client(site) as fetcher:
        found = fetcher.get(f"http://news.example.org:{site.port}/a?b=1")
    assert (found.body, found.media, found.charset) == (page().encode(), "text/html", "UTF-8")
    path, headers = site.asked[-1]
    assert (path, headers["Host"]) == ("/a?b=1", f"news.example.org:{site.port}")
    assert headers["User-Agent"].startswith("khabar")


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "127.8.9.1", "0.0.0.0", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254"),  # noqa: S104
        *("100.64.0.1", "192.0.2.1", "198.18.0.1", "224.0.0.1", "240.0.0.1", "255.255.255.255"),
        *("::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "fec0::1", "ff02::1", "2001:db8::1"),
        *("::ffff:127.0.0.1", "::ffff:10.0.0.1", "::127.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::"),
        *("2001:0:4136:e378:8000:63bf:80ff:fffe", "", "localhost"),
    ],
)
def test_addresses_that_are_not_public(address: str) -> None:
    assert not is_public(address)
    with pytest.raises(AddressError, match=r"no (public )?address"):
        Guard(lambda _host, _port: [address] if address else []).checked("news.example.org", 80)


def test_public_addresses() -> None:
    assert all(map(is_public, ("93.184.216.34", "8.8.8.8", "2606:2800:220:1::1", "64:ff9b::808:808")))
    with pytest.raises(AddressError):
        Guard(lambda _host, _port: ["8.8.8.8", "10.0.0.1"]).checked("two.example.org", 80)


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:{}/",
        "http://localhost:{}/",
        "http://2130706433:{}/",
        "http://0x7f.1:{}/",
        "http://[::ffff:127.0.0.1]:{}/",
    ],
)
def test_this_machine_is_not_reached_by_a_user(site: Site, url: str) -> None:
    site.put("/", page())
    error = failure(Client(InputOptions(delay=0)), url.format(site.port))
    assert error.kind == "address"
    assert site.asked == []
    (found,) = read_inputs([url.format(site.port)])
    assert isinstance(found, Failure)
    assert found.kind == "address"
    assert site.asked == []


@pytest.mark.parametrize(
    "url",
    [
        "ftp://e.org/a",
        "file:///etc/passwd",
        "http://",
        "//e.org",
        "http://user:pw@e.org/",
        "http://[::1",
        "http://e.org:99999/",
        "x",
    ],
)
def test_what_is_no_address_of_the_web(url: str) -> None:
    assert failure(Client(InputOptions()), url).kind == "address"


def test_redirects_are_followed_and_checked(site: Site) -> None:
    site.put("/a", b"", status=301, Location="/b")
    site.put("/b", page())
    site.put("/in", b"", status=302, Location=f"http://10.0.0.7:{site.port}/b")
    site.put("/file", b"", status=302, Location="file:///etc/passwd")
    site.put("/round", b"", status=302, Location="/round")
    base = f"http://news.example.org:{site.port}"
    with client(site) as fetcher:
        assert fetcher.get(f"{base}/a").url == f"{base}/b"

    def resolver(host: str, _port: int) -> list[str]:
        return [host] if host[0].isdigit() else [LOCAL]

    for path in ("/in", "/file"):
        fetcher = Client(InputOptions(delay=0), guard=Guard(resolver, frozenset({(LOCAL, site.port)})))
        assert failure(fetcher, base + path).kind == "address"
    assert "redirects" in str(failure(client(site), f"{base}/round"))


def test_a_name_that_changes_its_address_gains_nothing(site: Site) -> None:
    """The name is resolved at every connection, and connected to is what was checked, not the name."""
    site.put("/", page())
    asked = []

    def rebinding(host: str, _port: int) -> list[str]:
        asked.append(host)
        return ["93.184.216.34"] if len(asked) == 1 else [LOCAL]

    guard = Guard(rebinding)
    assert guard.checked("news.example.org", site.port) == "93.184.216.34"
    fetcher = Client(InputOptions(delay=0), guard=guard)
    assert failure(fetcher, f"http://news.example.org:{site.port}/").kind == "address"
    assert site.asked == []


def test_tls_is_for_the_name() -> None:
    authority = trustme.CA()
    server, trusting = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER), ssl.create_default_context()
    authority.issue_cert("news.example.org").configure_cert(server)
    authority.configure_trust(trusting)
    names: list[str | None] = []
    server.sni_callback = lambda _socket, name, _context: names.append(name)
    with serving(server) as site:
        site.put("/", page())
        with client(site, verify=trusting) as fetcher:
            assert fetcher.get(f"https://news.example.org:{site.port}/").body == page().encode()
        assert set(names) == {"news.example.org"}
        error = failure(client(site, verify=trusting), f"https://other.example.org:{site.port}/")
        assert error.kind in {"fetch", "robots"}
        assert failure(client(site), f"https://news.example.org:{site.port}/").kind in {"fetch", "robots"}
        assert site.paths == ["/"]


def test_robots(site: Site) -> None:
    site.put("/robots.txt", "User-agent: *\nDisallow: /private*\nAllow: /private/open$\n", media="text/plain")
    for path in ("/a", "/private/b", "/private/open"):
        site.put(path, page())
    base = f"http://news.example.org:{site.port}"
    with client(site) as fetcher:
        fetcher.get(f"{base}/a")
        fetcher.get(f"{base}/private/open")
        with pytest.raises(FetchError) as caught:
            fetcher.get(f"{base}/private/b")
    assert caught.value.kind == "robots"
    assert [path for path, _ in site.asked] == ["/robots.txt", "/a", "/private/open"]


@pytest.mark.parametrize(("status", "allowed"), [(404, True), (403, True), (500, False), (429, False)])
def test_robots_that_cannot_be_had(site: Site, status: int, allowed: bool) -> None:
    site.put("/robots.txt", b"", status=status)
    site.put("/a", page())
    if allowed:
        with client(site) as fetcher:
            assert fetcher.get(f"http://news.example.org:{site.port}/a").body
    else:
        assert failure(client(site), f"http://news.example.org:{site.port}/a").kind == "robots"
        assert site.paths == []


def test_waits_between_requests_to_a_host() -> None:
    slept: list[float] = []
    now = [100.0]

    def sleep(seconds: float) -> None:
        slept.append(seconds)
        now[0] += seconds

    with serving() as one, serving() as other:
        one.put("/robots.txt", "User-agent: *\nCrawl-delay: 7\n")
        for site in (one, other):
            site.put("/a", page())
        guard = Guard(lambda _h, _p: [LOCAL], frozenset({(LOCAL, one.port), (LOCAL, other.port)}))
        with Client(InputOptions(delay=3), guard=guard, sleep=sleep, clock=lambda: now[0]) as fetcher:
            fetcher.get(f"http://one.example.org:{one.port}/a")  # after its robots.txt
            assert slept == [7]
            fetcher.get(f"http://two.example.org:{other.port}/a")
            assert slept == [7, 3]
            fetcher.get(f"http://one.example.org:{one.port}/a")
            assert slept[2:] == [4]
            fetcher.get(f"http://one.example.org:{one.port}/a")
            assert slept[3:] == [7]


def test_a_host_that_wants_too_much_patience_is_let_be(site: Site) -> None:
    site.put("/robots.txt", "User-agent: *\nCrawl-delay: 3600\n")
    site.put("/a", page())
    assert failure(client(site), f"http://news.example.org:{site.port}/a").kind == "robots"


def test_asked_to_come_again_later(site: Site) -> None:
    site.put("/a", b"", status=503, Retry_After="0")
    error = failure(client(site), f"http://news.example.org:{site.port}/a")
    assert "503" in str(error)
    assert site.paths == ["/a", "/a"]


def test_a_long_answer_is_not_taken(site: Site) -> None:
    url = f"http://news.example.org:{site.port}/a"
    site.put("/a", b"x" * 200_000)
    assert failure(client(site, cap=100_000), url).kind == "too-long"

    def endless(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(b"HTTP/1.0 200 OK\r\n\r\n")
        while True:
            handler.wfile.write(b"x" * 65536)

    site.answers["/a"] = endless
    assert failure(client(site, cap=100_000), url).kind == "too-long"


@pytest.mark.parametrize("coding", ["gzip", "deflate"])
def test_compressed_answers_are_stopped_at_the_cap(site: Site, coding: str) -> None:
    url = f"http://news.example.org:{site.port}/a"
    pack = gzip.compress if coding == "gzip" else zlib.compress
    site.put("/a", pack(page().encode()), Content_Encoding=coding)
    with client(site) as fetcher:
        assert fetcher.get(url).body == page().encode()
    site.put("/a", pack(bytes(50 << 20)), Content_Encoding=coding)
    assert failure(client(site), url).kind == "too-long"
    site.put("/a", pack(page().encode())[:-20], Content_Encoding=coding)
    assert failure(client(site), url).kind == "truncated"
    site.put("/a", b"x", Content_Encoding="br")
    assert failure(client(site), url).kind == "fetch"


def test_a_server_that_drips_is_left_at_the_deadline(site: Site) -> None:
    site.put("/robots.txt", "")
    site.answers["/a"] = dripping(8)
    begun = time.monotonic()
    error = failure(client(site, timeout=0.6), f"http://news.example.org:{site.port}/a")
    assert time.monotonic() - begun < 3
    assert "within 0.6 s" in str(error)


def nonsense(handler: BaseHTTPRequestHandler) -> None:
    handler.wfile.write(b"no such thing as HTTP\r\n\r\n")


def test_a_server_that_says_nothing_or_nonsense() -> None:
    with socket.create_server((LOCAL, 0)) as silent:
        port = silent.getsockname()[1]
        guard = Guard(lambda _h, _p: [LOCAL], frozenset({(LOCAL, port)}))
        fetcher = Client(InputOptions(delay=0, timeout=0.3), guard=guard)
        assert failure(fetcher, f"http://news.example.org:{port}/").kind == "robots"
    with serving() as site:
        site.answers["/a"] = nonsense
        assert failure(client(site), f"http://news.example.org:{site.port}/a").kind == "fetch"
        site.put("/b", b"", status=410)
        assert "410" in str(failure(client(site), f"http://news.example.org:{site.port}/b"))
