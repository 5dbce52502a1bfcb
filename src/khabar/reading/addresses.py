"""Which addresses are fetched: public ones only, whatever their name, and whoever answers for it.

A name is resolved once, all it stands for is checked, and the connection goes to the checked address: a name
that resolves to something else a moment later gains nothing.
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable

Resolver = Callable[[str, int], list[str]]
Address = ipaddress.IPv4Address | ipaddress.IPv6Address

_NAT64 = ipaddress.ip_network("64:ff9b::/96")
"""RFC 6052: an IPv4 address in the last 32 bits."""
_SHARED = ipaddress.ip_network("100.64.0.0/10")
"""RFC 6598: addresses behind a carrier's translation."""


class AddressError(OSError):
    """An address that is not fetched, or a name that stands for none."""


def resolve(host: str, port: int) -> list[str]:
    """The addresses of a name, by the system's resolver.

    Raises:
        OSError: it has none.
    """
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def is_public(text: str) -> bool:
    """Whether an address is one of the public internet.

    Private, loopback, link-local, shared, multicast, reserved and unspecified ones are not, nor is an IPv6
    address that carries such an IPv4 one (mapped, compatible, 6to4, Teredo, NAT64).
    """
    try:
        address = ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return False
    carried = _within(address)
    if address in _NAT64:
        return all(map(_is_public, carried))
    return _is_public(address) and all(map(_is_public, carried))


def _is_public(address: Address) -> bool:
    return address.is_global and not (
        address.is_private
        or address.is_loopback
        or address.is_link_local
        or address.is_multicast
        or address.is_reserved
        or address.is_unspecified
        or (isinstance(address, ipaddress.IPv4Address) and address in _SHARED)
        or (isinstance(address, ipaddress.IPv6Address) and address.is_site_local)
    )


def _within(address: Address) -> list[Address]:
    """IPv4 addresses that an IPv6 one carries."""
    if isinstance(address, ipaddress.IPv4Address):
        return []
    carried: list[Address] = [a for a in (address.ipv4_mapped, address.sixtofour) if a is not None]
    if address.teredo is not None:
        carried.extend(address.teredo)
    last = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    if address in _NAT64 or int(address) >> 32 == 0:
        carried.append(last)
    return carried


class Guard:
    """Resolves names and lets public addresses pass.

    Args:
        resolver: what stands for `resolve`; tests give names to local servers by it.
        allowed: addresses with ports that pass although they are not public. There is no option for it: it is
            there for tests that run a server on this machine.
    """

    def __init__(
        self, resolver: Resolver = resolve, allowed: frozenset[tuple[str, int]] = frozenset()
    ) -> None:
        self._resolver = resolver
        self._allowed = allowed

    def checked(self, host: str, port: int) -> str:
        """The address to connect to for a name.

        Raises:
            AddressError: one of its addresses is not public, or it has none.
        """
        try:
            found = self._resolver(host, port)
        except (OSError, UnicodeError) as error:
            raise AddressError(f"the name {host} stands for no address") from error
        if not found:
            raise AddressError(f"the name {host} stands for no address")
        for address in found:
            if not is_public(address) and (address, port) not in self._allowed:
                raise AddressError(f"{host} is {address}, which is no public address")
        return found[0]
