"""Connections to the web that reach no private network.

A host is looked up once for each connection, every address found is checked, and the connection goes to an address that
was checked: what a name server says a moment later (DNS rebinding) changes nothing, nor does how a host is spelled.
Names in certificates and in the head of a request stay the host's.
"""

import ipaddress
import socket
import ssl
import time
from collections.abc import Iterable
from functools import cache
from typing import Any

import httpcore
import httpx
from django.conf import settings

NAT64 = ipaddress.IPv6Network("64:ff9b::/96")  # RFC 6052: IPv4 addresses as networks without IPv4 see them
Address = ipaddress.IPv4Address | ipaddress.IPv6Address


class NotFetched(OSError):  # noqa: N818 - named for what it says of the address
    """What an address leads to was not fetched; the message says why. `status` is the server's, 0 without one."""

    def __init__(self, reason: str, status: int = 0) -> None:
        super().__init__(reason)
        self.status = status


def is_public(address: Address) -> bool:
    """Whether an address belongs to the public internet, by what it stands for where it wraps another."""
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped:
            return is_public(address.ipv4_mapped)
        if address in NAT64:
            return is_public(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
        if address.sixtofour or address.teredo or address.scope_id:
            return False
    return address.is_global and not (address.is_multicast or address.is_reserved or address.is_unspecified)


def addresses_of(host: str, port: int) -> list[str]:
    """Return the addresses that a host has. Raises NotFetched where there are none, or one that is not public."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise NotFetched(f"no host is known by the name {host}") from error
    addresses = list(dict.fromkeys(str(told[4][0]) for told in found))
    if not settings.FETCH_PRIVATE:
        for one in addresses:
            if not is_public(ipaddress.ip_address(one)):
                raise NotFetched(f"{host} is at {one}, which is no address of the public internet")
    return addresses


class Timed(httpcore.NetworkStream):
    """A connection that ends at a moment, however slowly its other end goes on."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: float) -> None:
        self.stream, self.deadline = stream, deadline

    def left(self, timeout: float | None) -> float:
        """Return for how long one may wait now. Raises httpcore.PoolTimeout when the time is over."""
        left = self.deadline - time.monotonic()
        if left <= 0:
            raise httpcore.PoolTimeout("the time is over")
        return min(left, timeout) if timeout is not None else left

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self.stream.read(max_bytes, self.left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self.stream.write(buffer, self.left(timeout))

    def close(self) -> None:
        self.stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        return Timed(self.stream.start_tls(ssl_context, server_hostname, self.left(timeout)), self.deadline)

    def get_extra_info(self, info: str) -> Any:
        return self.stream.get_extra_info(info)


class Checked(httpcore.SyncBackend):
    """Connects to addresses that were checked, until a moment of the monotonic clock."""

    def __init__(self, deadline: float) -> None:
        self.deadline = deadline

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        failed: Exception = NotFetched(f"no host is known by the name {host}")
        for address in addresses_of(host, port):
            left = min(timeout or 60.0, self.deadline - time.monotonic())
            if left <= 0:
                raise httpcore.PoolTimeout("the time is over")
            try:
                stream = super().connect_tcp(address, port, left, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failed = error
                continue
            return Timed(stream, self.deadline)
        raise failed


class Transport(httpx.HTTPTransport):
    """What httpx sends requests by, over checked connections; proxies of the environment are not asked."""

    def __init__(self, deadline: float) -> None:
        super().__init__(verify=_certificates(), trust_env=False)
        self._pool = httpcore.ConnectionPool(ssl_context=_certificates(), network_backend=Checked(deadline))


@cache
def _certificates() -> ssl.SSLContext:
    return httpx.create_ssl_context(trust_env=False)
