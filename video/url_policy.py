"""Which addresses a service may point the bot to: public ones over HTTPS, and the service's own host.

A result's URL comes from outside. Followed blindly, it could make the bot (or Telegram) fetch what only the
operator's network should see.
"""

from __future__ import annotations

import asyncio
import re
import socket
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
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
# RFC 2606, 6761, 6762 (appendix G), 7686, 8375, 9476, and what home routers and clouds use.
_INNER = (
    *("local", "localhost", "localdomain", "internal", "intranet", "private", "lan", "home", "corp"),
    *("arpa", "test", "invalid", "onion", "alt"),
)
_SPELT_IPV4 = re.compile(r"(?<!\d)(?=(\d{1,3})([.-])(\d{1,3})\2(\d{1,3})\2(\d{1,3})(?!\d))", re.ASCII)

# Not reachable by everyone. IANA: IPv4 Special-Purpose Address Registry, with multicast (224/4).
_SPECIAL_IPV4 = tuple(
    map(
        IPv4Network,
        (
            *("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12"),
            *("192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15"),
            *("198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4"),
            "168.63.129.16/32",  # Azure: a service of the virtual machine's own host
        ),
    )
)
_INSIDE_IPV4 = tuple(
    map(IPv4Network, ("10.0.0.0/8", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.168.0.0/16"))
)
# RFC 4291: all that is global unicast today. ::/96, ::ffff:0:0/96, 64:ff9b:1::/48, fc00::/7, fe80::/10, fec0::/10
# and ff00::/8 are outside of it.
_GLOBAL_IPV6 = IPv6Network("2000::/3")
# IANA: IPv6 Special-Purpose Address Registry, as far as it lies inside 2000::/3: protocols (Teredo among them),
# documentation, 6to4.
_SPECIAL_IPV6 = tuple(map(IPv6Network, ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20")))
_NAT64 = IPv6Network("64:ff9b::/96")  # RFC 6052: how an IPv6-only network shows hosts that have IPv4 only
_ISATAP = frozenset({b"\0\0\x5e\xfe", b"\2\0\x5e\xfe"})  # RFC 5214: bytes before an IPv4 address


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
    """Whether an IP address is reachable by everyone: not private, local, reserved, multicast or one in disguise."""
    try:
        ip = ip_address(address)
    except ValueError:
        return False
    return _is_public_ipv4(ip) if isinstance(ip, IPv4Address) else _is_public_ipv6(ip)


def _is_public_ipv4(ip: IPv4Address) -> bool:
    return not any(ip in network for network in _SPECIAL_IPV4)


def _is_public_ipv6(ip: IPv6Address) -> bool:
    if ip.scope_id is not None:
        return False
    carried = IPv4Address(ip.packed[-4:])
    if ip in _NAT64:
        return _is_public_ipv4(carried)
    if ip not in _GLOBAL_IPV6 or any(ip in network for network in _SPECIAL_IPV6):
        return False
    return ip.packed[8:12] not in _ISATAP or _is_public_ipv4(carried)


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
    if any(host == name or host.endswith("." + name) for name in _INNER) or _spells_inner_address(host):
        return "address inside a private network"
    return None


def _spells_inner_address(host: str) -> bool:
    """Whether the name holds a private IPv4 address, as `10.0.0.1.nip.io` and `10-0-0-1.sslip.io` do."""
    for first, _, *others in _SPELT_IPV4.findall(host):
        numbers = [int(number) for number in (first, *others)]
        if max(numbers) <= 255 and any(IPv4Address(bytes(numbers)) in network for network in _INSIDE_IPV4):
            return True
    return False
