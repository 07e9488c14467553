"""Which addresses a service may point the bot to: public ones over HTTPS, and the service's own host.

A result's URL comes from outside. Followed blindly, it could make the bot (or Telegram) fetch what only the
operator's network should see.
"""

from __future__ import annotations

import asyncio
import re
import socket
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import TYPE_CHECKING

import httpx

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    Resolve = Callable[[str], Awaitable[list[str]]]

MAX_URL_LENGTH = 4096
"""Characters of a URL."""

_PORTS = {"https": 443, "http": 80}
_LABEL = r"[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?"
_NAME = re.compile(rf"({_LABEL}\.)+[a-z]([a-z0-9-]{{0,61}}[a-z0-9])?")
_INNER = ("local", "localhost", "internal", "intranet", "lan", "home", "corp", "home.arpa", "test", "invalid")
_NAT64 = IPv6Network("64:ff9b::/96")  # RFC 6052: an IPv4 address in the last four bytes


def host_port(url: str) -> str:
    """`host:port` of a URL, as `allowed_hosts` wants it; `https://Example.org/x` gives `example.org:443`.

    Raises:
        ValueError: it is no http or https URL.
    """
    try:
        parsed = httpx.URL(url)
    except httpx.InvalidURL as error:
        raise ValueError(f"not a URL: {error}") from error
    host = parsed.raw_host.decode().lower()
    if parsed.scheme not in _PORTS or not host:
        raise ValueError("not an http or https URL")
    return f"{host}:{parsed.port or _PORTS[parsed.scheme]}"


def check_url(url: str, allowed_hosts: frozenset[str]) -> str | None:
    """Why this URL must not be fetched, or None. No lookup is made: names are judged as names.

    Hosts in `allowed_hosts` (`host:port`, see `host_port`) may be anything, over http too. All others must be
    public, on https, on its usual port.
    """
    if len(url) > MAX_URL_LENGTH or not url.isprintable() or re.search(r"[\s\\]", url):
        return "not a URL"
    try:
        place = host_port(url)
    except ValueError:
        return "not an http or https URL"
    parsed = httpx.URL(url)
    if parsed.userinfo:
        return "a name or password in the address"
    if place in allowed_hosts:
        return None
    if parsed.scheme != "https":
        return "not https"
    if parsed.port not in {None, 443}:
        return "an unusual port"
    return _vet_host(parsed.raw_host.decode().lower().removesuffix("."))


def is_public(address: str) -> bool:
    """Whether an IP address is reachable by everyone: not private, local, reserved or multicast."""
    try:
        ip = ip_address(address)
    except ValueError:
        return False
    return all(one.is_global and not one.is_multicast for one in (ip, *_carried(ip)))


async def resolve(host: str) -> list[str]:
    """The IP addresses of a host.

    Raises:
        OSError: there are none.
    """
    loop = asyncio.get_running_loop()
    found = await loop.getaddrinfo(host, 443, type=socket.SOCK_STREAM)
    return [str(place[0]) for *_, place in found]


def _vet_host(host: str) -> str | None:
    if ":" in host or re.fullmatch(r"[0-9.]+", host):
        return None if is_public(host) else "address inside a private network"
    if not _NAME.fullmatch(host):
        return "not a public host name"
    if any(host == name or host.endswith("." + name) for name in _INNER):
        return "address inside a private network"
    return None


def _carried(ip: IPv4Address | IPv6Address) -> list[IPv4Address]:
    """IPv4 addresses that an IPv6 address stands for."""
    if isinstance(ip, IPv4Address):
        return []
    carried = [ip.ipv4_mapped, ip.sixtofour, ip.teredo[1] if ip.teredo else None]
    if ip in _NAT64:
        carried.append(IPv4Address(ip.packed[-4:]))
    return [one for one in carried if one is not None]
