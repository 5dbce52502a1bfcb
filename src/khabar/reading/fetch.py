"""A polite client: it keeps to robots.txt, waits between requests to a host, takes no more than it should.

For the pages that a user's feeds link to; it follows no links of its own. One request runs at a time.
"""

from __future__ import annotations

import re
import time
import zlib
from collections.abc import Callable
from typing import Any
from urllib.parse import urljoin, urlsplit

import msgspec

from khabar.reading.addresses import AddressError, Guard
from khabar.reading.extras import need
from khabar.reading.items import InputOptions

REDIRECTS = 5
"""Followed in a row, each checked like a first address."""
ROBOTS_BYTES = 500 * 1024
"""Of a robots.txt that are read (RFC 9309, section 2.5)."""
HOSTS_KEPT = 5000
"""Hosts whose robots.txt is remembered."""
ACCEPT = "text/html,application/xhtml+xml,application/rss+xml,application/atom+xml,*/*;q=0.1"
RETRY_STATUS = frozenset({429, 503})
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
_CHUNK = 1 << 16


class FetchError(Exception):
    """What could not, or may not, be fetched.

    Attributes:
        kind: of `khabar.reading.items.FAILURES`.
    """

    def __init__(self, reason: str, kind: str = "fetch") -> None:
        super().__init__(reason)
        self.kind = kind


class Fetched(msgspec.Struct, frozen=True):
    """What came back.

    Attributes:
        url: the address it came from, after redirects.
        body: its bytes, decompressed.
        media: its type, lower case, without parameters.
        charset: its encoding as the server states it.
    """

    url: str
    body: bytes
    media: str = ""
    charset: str | None = None


class _Robots(msgspec.Struct, frozen=True):
    """The rules of a host: of a parser, or all or nothing."""

    rules: Any = None
    allowed: bool = True
    delay: float = 0.0


class Client:
    """Fetches pages politely.

    Args:
        options: `user_agent`, `delay`, `timeout`, `cap` and `robots_cap` are used.
        guard: which addresses it connects to.
        verify: TLS context; that of httpx, with the certificates it trusts, when None.
        sleep: waits some seconds.
        clock: seconds of a clock that never goes back.

    Raises:
        khabar.reading.extras.MissingExtraError: httpx or protego is not installed.
    """

    def __init__(
        self,
        options: InputOptions,
        *,
        guard: Guard | None = None,
        verify: Any = None,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._httpx = need("httpx", "fetching")
        self._httpcore = need("httpcore", "fetching")
        self._protego = need("protego", "fetching").Protego
        network = need("khabar.reading.network", "fetching")
        self._options = options
        self._deadline = network.Deadline()
        transport = network.Transport(
            guard or Guard(), self._deadline, verify or self._httpx.create_ssl_context()
        )
        self._client = self._httpx.Client(
            transport=transport,
            follow_redirects=False,
            trust_env=False,
            timeout=options.timeout,
            headers={
                "User-Agent": options.user_agent,
                "Accept": ACCEPT,
                "Accept-Language": "ar,*;q=0.5",
                "Accept-Encoding": "gzip, deflate",
            },
        )
        self._sleep = sleep
        self._clock = clock
        self._robots: dict[str, _Robots] = {}
        self._last: dict[str, float] = {}

    def __enter__(self) -> Client:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the connections."""
        self._client.close()

    def get(self, url: str) -> Fetched:
        """Fetch an address.

        Raises:
            FetchError: it is none to fetch, its site forbids it, or it did not come.
        """
        for _ in range(REDIRECTS + 1):
            self._checked(url)
            robots = self._robots_of(url)
            self._permit(robots, url)
            answer = self._request(url, robots.delay, self._options.cap)
            if isinstance(answer, Fetched):
                return answer
            url = answer
        raise FetchError(f"more than {REDIRECTS} redirects")

    def _checked(self, url: str) -> None:
        """See that an address is one of the web.

        Raises:
            FetchError: it is not.
        """
        try:
            parts = urlsplit(url)
            port = parts.port
        except ValueError as error:
            raise FetchError(f"no address: {error}", "address") from error
        if parts.scheme not in {"http", "https"} or not parts.hostname or port == 0:
            raise FetchError("no address of the web", "address")
        if parts.username or parts.password:
            raise FetchError("an address with a user's name", "address")

    def _permit(self, robots: _Robots, url: str) -> None:
        allowed = robots.allowed
        if robots.rules is not None:
            allowed = robots.rules.can_fetch(url, self._options.user_agent)
        if not allowed:
            raise FetchError("robots.txt of the site forbids it", "robots")
        if robots.delay > self._options.robots_cap:
            raise FetchError(f"robots.txt asks for {robots.delay:g} seconds between requests", "robots")

    def _robots_of(self, url: str) -> _Robots:
        """The rules of an address's host, fetched once (RFC 9309)."""
        parts = urlsplit(url)
        origin = f"{parts.scheme}://{parts.netloc}"
        if origin not in self._robots:
            if len(self._robots) >= HOSTS_KEPT:
                self._robots.pop(next(iter(self._robots)))
            self._robots[origin] = self._fetched_robots(f"{origin}/robots.txt")
        return self._robots[origin]

    def _fetched_robots(self, url: str) -> _Robots:
        try:
            for _ in range(REDIRECTS + 1):
                self._checked(url)
                answer = self._request(url, 0.0, ROBOTS_BYTES, cut=True)
                if isinstance(answer, Fetched):
                    rules = self._protego.parse(answer.body.decode("utf-8", "replace"))
                    delay = rules.crawl_delay(self._options.user_agent)
                    return _Robots(rules, delay=float(delay or 0))
                url = answer
        except _StatusError as error:
            # no such file: no rules (2.3.1.3); a server in trouble: no permission (2.3.1.4)
            return _Robots(allowed=400 <= error.status < 500 and error.status not in RETRY_STATUS)
        except FetchError as error:
            if error.kind == "address":
                raise
            return _Robots(allowed=False)
        return _Robots()

    def _wait(self, url: str, delay: float) -> None:
        host = urlsplit(url).hostname or ""
        pause = max(self._options.delay, delay)
        if host in self._last:
            left = self._last[host] + pause - self._clock()
            if left > 0:
                self._sleep(left)
        if len(self._last) >= HOSTS_KEPT:
            self._last.pop(next(iter(self._last)))
        self._last.pop(host, None)
        self._last[host] = self._clock()

    def _request(self, url: str, delay: float, cap: int, *, cut: bool = False) -> Fetched | str:
        """One request, once more when the server asks for patience: what came back, or where it points to."""
        for attempt in (1, 2):
            self._wait(url, delay)
            try:
                return self._once(url, cap, cut=cut)
            except _StatusError as error:
                if attempt == 2 or error.status not in RETRY_STATUS or not error.after >= 0:
                    raise
                if error.after > self._options.robots_cap:
                    raise
                self._sleep(error.after)
        raise FetchError("no answer")

    def _once(self, url: str, cap: int, *, cut: bool) -> Fetched | str:
        self._deadline.start(self._options.timeout)
        failures = (
            self._httpx.HTTPError,
            self._httpx.InvalidURL,
            self._httpx.StreamError,
            self._httpcore.NetworkError,
            self._httpcore.ProtocolError,
            self._httpcore.TimeoutException,
            self._httpcore.UnsupportedProtocol,
            OSError,
            ValueError,
        )
        try:
            with self._client.stream("GET", url) as response:
                status = response.status_code
                if status in {301, 302, 303, 307, 308} and "location" in response.headers:
                    return urljoin(url, str(response.headers["location"]))
                if status != 200:
                    raise _StatusError(status, response.headers.get("retry-after", ""))
                kind = response.headers.get("content-type", "")
                charset = _CHARSET.search(kind)
                return Fetched(
                    url,
                    self._body(response, cap, cut=cut),
                    kind.partition(";")[0].strip().lower(),
                    charset[1] if charset else None,
                )
        except AddressError as error:
            raise FetchError(str(error), "address") from error
        except failures as error:
            timed = isinstance(error, (self._httpcore.TimeoutException, self._httpx.TimeoutException))
            reason = f"no answer within {self._options.timeout:g} s" if timed else str(error)
            raise FetchError(" ".join(reason.split())[:200] or type(error).__name__) from error

    def _body(self, response: Any, cap: int, *, cut: bool) -> bytes:
        """The body, decompressed in steps: a small one that unfolds to gigabytes is stopped at the cap."""
        coding = response.headers.get("content-encoding", "").strip().lower()
        if coding not in {"", "identity", "gzip", "x-gzip", "deflate"}:
            raise FetchError(f"sent as {coding[:40]}, which was not asked for")
        declared = response.headers.get("content-length", "")
        if declared.isdigit() and int(declared) > cap and not cut:
            raise FetchError(f"longer than the cap of {cap:,} bytes", "too-long")
        decoder = None
        held = bytearray()
        for chunk in response.iter_raw(_CHUNK):
            data = chunk
            if coding not in {"", "identity"}:
                decoder = decoder or _decoder(coding, chunk)
                data = decoder.decompress(chunk, cap + 1 - len(held))
            held += data
            if len(held) > cap:
                if cut:
                    return bytes(held[:cap])
                raise FetchError(f"longer than the cap of {cap:,} bytes", "too-long")
        if decoder is not None and not decoder.eof:
            raise FetchError("the compressed answer ends too early", "truncated")
        return bytes(held)


def _decoder(coding: str, head: bytes) -> Any:
    """A decompressor; servers that say «deflate» send it with or without the head that belongs to it."""
    if coding == "deflate" and (not head or head[0] & 0x0F != 8):
        return zlib.decompressobj(-15)
    return zlib.decompressobj(47)


class _StatusError(FetchError):
    """An answer that is no success."""

    def __init__(self, status: int, after: str) -> None:
        super().__init__(f"the server answers {status}")
        self.status = status
        self.after = float(after) if after.isdigit() else -1.0


def client(options: InputOptions) -> Client:
    """The client that inputs are fetched with."""
    return Client(options)
