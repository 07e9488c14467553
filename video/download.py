"""A finished video fetched from where the service put it, with care: the address comes from outside.

Every hop is vetted, by name and by the addresses behind the name, and the connection goes to the very address that
was vetted, so that a second lookup cannot lead elsewhere.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, BinaryIO
from urllib.request import getproxies

import httpx

from video.url_policy import check_url, host_port, is_public, resolve

if TYPE_CHECKING:
    from ssl import SSLContext

    from video.url_policy import Resolve

MAX_REDIRECTS = 3
"""Redirects that are followed at most."""
TIMEOUT_S = 300.0
"""A download in all."""

_GONE = frozenset({401, 403, 404, 410})  # what signed links answer when their time is over
_TRANSIENT = frozenset({408, 425, 429})  # beside 5xx
_HEAD = 12  # bytes that tell a video


@dataclass(frozen=True, slots=True)
class Downloaded:
    """The video is in the target. `size` in bytes."""

    size: int


@dataclass(frozen=True, slots=True)
class TooLarge:
    """It has more bytes than the limit; `size` where the server told."""

    size: int | None


@dataclass(frozen=True, slots=True)
class NotFetched:
    """There is no video, or not all of it.

    Attributes:
        detail: what happened, for the log; without the URL, which may be signed.
        expired: whether the link looks out of date: asking the service again may bring a new one.
        transient: whether the same link may work later: the server was out of reach, or had trouble of its own.
    """

    detail: str
    expired: bool = False
    transient: bool = False


DownloadOutcome = Downloaded | TooLarge | NotFetched


async def download(
    url: str,
    target: BinaryIO,
    *,
    allowed_hosts: frozenset[str],
    limit: int,
    client: httpx.AsyncClient | None = None,
    resolve: Resolve = resolve,
) -> DownloadOutcome:
    """Fetch a video into `target`, from its current position on. Unless `Downloaded`, what is in it is of no use.

    Args:
        url: as the service told it.
        target: a file open for writing.
        allowed_hosts: `host:port` of the configured service, which may be on http or in a private network.
        limit: bytes.
        client: to be used instead of one for this call.
        resolve: from a host's name to its IP addresses.

    Raises:
        OSError: the target cannot be written.
    """
    if client is not None:
        return await _Fetch(client, allowed_hosts, limit, resolve).run(url, target)
    timeout = httpx.Timeout(30, connect=10)
    # A kept connection goes by address, and two names behind one address have each a certificate of their own.
    limits = httpx.Limits(max_keepalive_connections=0)
    # Through a proxy of the operator's it is the proxy that looks the name up.
    proxied = not getproxies().keys().isdisjoint({"https", "all"})
    async with httpx.AsyncClient(verify=_tls(), timeout=timeout, limits=limits) as own:
        return await _Fetch(own, allowed_hosts, limit, resolve, pinned=not proxied).run(url, target)


@cache
def _tls() -> SSLContext:
    return httpx.create_ssl_context()  # some 20 ms of reading certificates


class _RefusedError(Exception):
    """The argument is the outcome."""

    def __init__(self, outcome: TooLarge | NotFetched) -> None:
        super().__init__(outcome)
        self.outcome = outcome


@dataclass(frozen=True, slots=True)
class _Fetch:
    client: httpx.AsyncClient
    allowed_hosts: frozenset[str]
    limit: int
    resolve: Resolve
    pinned: bool = True

    async def run(self, url: str, target: BinaryIO) -> DownloadOutcome:
        try:
            async with asyncio.timeout(TIMEOUT_S):
                for _ in range(MAX_REDIRECTS + 1):
                    next_url = await self._hop(url, target)
                    if isinstance(next_url, Downloaded):
                        return next_url
                    url = next_url
        except _RefusedError as refused:
            return refused.outcome
        except (httpx.InvalidURL, httpx.UnsupportedProtocol) as error:
            return NotFetched(f"{type(error).__name__}: {error}"[:200])
        except httpx.HTTPError as error:
            return NotFetched(f"{type(error).__name__}: {error}"[:200], transient=True)
        except TimeoutError:
            return NotFetched(f"not done within {TIMEOUT_S:.0f} s", transient=True)
        return NotFetched(f"more than {MAX_REDIRECTS} redirects")

    async def _hop(self, url: str, target: BinaryIO) -> str | Downloaded:
        request = await self._request(url)
        response = await self.client.send(request, stream=True)
        try:
            location = response.headers.get("location")
            if response.is_redirect and location:
                return str(httpx.URL(url).join(location))
            self._check_head(response)
            return await self._save(response, target)
        finally:
            await response.aclose()

    async def _request(self, url: str) -> httpx.Request:
        """A GET to the address that was vetted, whatever the name means a moment later."""
        reason = check_url(url, self.allowed_hosts)
        if reason is not None:
            raise _RefusedError(NotFetched(reason))
        parsed = httpx.URL(url)
        headers = {"Host": parsed.netloc.decode(), "Accept-Encoding": "identity", "User-Agent": "kling-effects-bot"}
        if host_port(url) in self.allowed_hosts:
            return self.client.build_request("GET", parsed, headers=headers)
        name = parsed.raw_host.decode()
        address = await self._vetted_address(name)
        return self.client.build_request(
            "GET",
            parsed.copy_with(host=address) if self.pinned else parsed,
            headers=headers,
            extensions={"sni_hostname": name},
        )

    async def _vetted_address(self, host: str) -> str:
        try:
            addresses = await self.resolve(host)
        except (OSError, UnicodeError) as error:
            transient = isinstance(error, OSError)
            raise _RefusedError(NotFetched(f"no such host: {error}"[:200], transient=transient)) from error
        if not addresses or not all(is_public(address) for address in addresses):
            raise _RefusedError(NotFetched("address inside a private network"))
        return min(addresses, key=lambda address: ":" in address)  # IPv4 first: it works in more places

    def _check_head(self, response: httpx.Response) -> None:
        if response.status_code != 200:
            status = response.status_code
            transient = status in _TRANSIENT or status >= 500
            raise _RefusedError(NotFetched(f"HTTP {status}", expired=status in _GONE, transient=transient))
        if response.headers.get("content-encoding", "identity") != "identity":
            raise _RefusedError(NotFetched("packed, though asked for as it is"))
        told = response.headers.get("content-length", "")
        if told.isdecimal() and int(told[:18]) > self.limit:
            raise _RefusedError(TooLarge(int(told[:18])))

    async def _save(self, response: httpx.Response, target: BinaryIO) -> Downloaded:
        head, size = b"", 0
        async for piece in response.aiter_raw():
            judged = size >= _HEAD
            size += len(piece)
            if size > self.limit:
                raise _RefusedError(TooLarge(None))
            if judged:
                target.write(piece)
                continue
            head += piece
            if size >= _HEAD and _is_video(head):
                target.write(head)
            elif size >= _HEAD:
                break
        if not _is_video(head):
            raise _RefusedError(NotFetched("not a video"))
        return Downloaded(size)


def _is_video(head: bytes) -> bool:
    """MP4 (ISO/IEC 14496-12: a `ftyp` box first) or WebM (EBML)."""
    return len(head) >= _HEAD and (head[4:8] == b"ftyp" or head.startswith(b"\x1a\x45\xdf\xa3"))
