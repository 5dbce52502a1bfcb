"""Connections of the fetching client: to checked addresses only, and never beyond a deadline.

httpcore asks its backend for a connection by the name in the address and goes on with that name for the
`Host` header and TLS (server name, certificate); so here is where the name is resolved, checked and connected
to.
"""

from __future__ import annotations

import ssl
import time
from collections.abc import Iterable
from typing import Any

import httpcore
import httpx

from khabar.reading.addresses import Guard

_SHORTEST = 0.001
"""Seconds: no time left is asked for as this, as 0 would mean not to wait at all."""


class Deadline:
    """The moment by which all of a request has to be done."""

    def __init__(self) -> None:
        self._at = float("inf")

    def start(self, seconds: float) -> None:
        """Begin a request."""
        self._at = time.monotonic() + seconds

    def left(self, timeout: float | None) -> float:
        """Seconds that one step may take.

        Raises:
            httpcore.ReadTimeout: there is none left.
        """
        left = self._at - time.monotonic()
        if left <= 0:
            raise httpcore.ReadTimeout("it takes too long")
        return max(_SHORTEST, left if timeout is None else min(timeout, left))


class _Stream(httpcore.NetworkStream):
    """A connection whose every step is bounded by the deadline of the request, not only by its own."""

    def __init__(self, inner: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._inner = inner
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._inner.read(max_bytes, self._deadline.left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._inner.write(buffer, self._deadline.left(timeout))

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        secured = self._inner.start_tls(ssl_context, server_hostname, self._deadline.left(timeout))
        return _Stream(secured, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)


class Backend(httpcore.NetworkBackend):
    """Connects to the addresses that a guard lets pass."""

    def __init__(self, guard: Guard, deadline: Deadline) -> None:
        self._guard = guard
        self._deadline = deadline
        self._inner = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """Connect to the address that the name stands for now.

        Raises:
            khabar.reading.addresses.AddressError: it is none to connect to.
        """
        address = self._guard.checked(host, port)
        left = self._deadline.left(timeout)
        stream = self._inner.connect_tcp(address, port, left, local_address, socket_options)
        return _Stream(stream, self._deadline)

    def connect_unix_socket(
        self, path: str, timeout: float | None = None, socket_options: Iterable[Any] | None = None
    ) -> httpcore.NetworkStream:
        """Never: a press archive is on no socket file."""
        raise httpcore.ConnectError("no socket files")


class _Body(httpx.SyncByteStream):
    def __init__(self, stream: Any) -> None:
        self._stream = stream

    def __iter__(self) -> Any:
        yield from self._stream

    def close(self) -> None:
        self._stream.close()


class Transport(httpx.BaseTransport):
    """httpx's transport over a pool with our backend; httpx's own takes none."""

    def __init__(self, guard: Guard, deadline: Deadline, verify: ssl.SSLContext) -> None:
        self._pool = httpcore.ConnectionPool(
            ssl_context=verify,
            network_backend=Backend(guard, deadline),
            max_connections=8,
            max_keepalive_connections=4,
            keepalive_expiry=30,
            retries=0,
        )

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request and take the head of its answer."""
        url = request.url
        response = self._pool.handle_request(
            httpcore.Request(
                method=request.method,
                url=httpcore.URL(
                    scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path
                ),
                headers=request.headers.raw,
                content=request.stream,
                extensions=request.extensions,
            )
        )
        return httpx.Response(
            status_code=response.status,
            headers=response.headers,
            stream=_Body(response.stream),
            extensions=response.extensions,
        )

    def close(self) -> None:
        """Let go of the connections."""
        self._pool.close()
