"""A small web server on this machine for the tests of fetching, and a client that is let through to it."""

from __future__ import annotations

import contextlib
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from khabar.reading.addresses import Guard
from khabar.reading.fetch import Client
from khabar.reading.items import InputOptions

Answer = tuple[int, dict[str, str], bytes]
LOCAL = "127.0.0.1"


class Site:
    """What a server answers by path, and what it was asked.

    Attributes:
        answers: an answer by path, or what makes one; others are 404.
        asked: paths with their headers, in order.
        port: of this machine.
    """

    def __init__(self) -> None:
        self.answers: dict[str, Answer | Callable[[BaseHTTPRequestHandler], None]] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.port = 0

    def put(
        self,
        path: str,
        body: bytes | str,
        media: str = "text/html; charset=utf-8",
        status: int = 200,
        **headers: str,
    ) -> None:
        """Set an answer."""
        data = body.encode() if isinstance(body, str) else body
        more = {name.replace("_", "-"): value for name, value in headers.items()}
        self.answers[path] = (status, {"Content-Type": media, **more}, data)

    @property
    def paths(self) -> list[str]:
        """What was asked for, less robots.txt."""
        return [path for path, _ in self.asked if path != "/robots.txt"]


@contextlib.contextmanager
def serving(tls: ssl.SSLContext | None = None) -> Iterator[Site]:
    """Serve a site on a free port of this machine."""
    site = Site()

    class Handler(BaseHTTPRequestHandler):
        timeout = 10

        def do_GET(self) -> None:
            site.asked.append((self.path, dict(self.headers)))
            answer = site.answers.get(self.path, (404, {}, b""))
            if callable(answer):
                with contextlib.suppress(OSError):
                    answer(self)
                return
            status, headers, body = answer
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            with contextlib.suppress(OSError):
                self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name it has there
            pass

    server = ThreadingHTTPServer((LOCAL, 0), Handler)
    server.daemon_threads = True
    site.port = server.server_address[1]
    if tls is not None:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def dripping(seconds: float) -> Callable[[BaseHTTPRequestHandler], None]:
    """An answer that comes a byte at a time."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", "1000")
        handler.end_headers()
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            handler.wfile.write(b"x")
            handler.wfile.flush()
            time.sleep(0.05)

    return answer


def client(*sites: Site, verify: object = None, delay: float = 0.0, **given: object) -> Client:
    """A client for which every name is this machine, and that may reach these sites there."""
    guard = Guard(lambda _host, _port: [LOCAL], frozenset((LOCAL, site.port) for site in sites))
    options = InputOptions(delay=delay, **given)  # type: ignore[arg-type]
    return Client(options, guard=guard, verify=verify)
