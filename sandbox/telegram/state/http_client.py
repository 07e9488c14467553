"""Files that the bot names by URL: Telegram fetches them itself."""

from __future__ import annotations

import ssl
from functools import cache

import httpx

from sandbox.telegram.formats.errors import URL_FAILED, bad_request
from sandbox.telegram.state.files import DOWNLOAD_LIMIT

SECONDS = 10


@cache
def _trust() -> ssl.SSLContext:
    """Make the TLS settings once: it takes tens of milliseconds."""
    return ssl.create_default_context()


def client() -> httpx.AsyncClient:
    """Make a client as Telegram's servers have it: no proxies, redirects followed."""
    return httpx.AsyncClient(verify=_trust(), trust_env=False, follow_redirects=True, timeout=SECONDS)


async def fetch(url: str, limit: int = DOWNLOAD_LIMIT) -> bytes:
    """Fetch a file of at most `limit` bytes (Bot API: Sending files).

    Raises:
        RefusalError: "failed to get HTTP URL content".
    """
    try:
        async with client() as http, http.stream("GET", url) as response:
            if response.status_code != 200:
                raise bad_request(URL_FAILED)
            data = bytearray()
            async for chunk in response.aiter_bytes():
                data += chunk
                if len(data) > limit:
                    raise bad_request(URL_FAILED)
            return bytes(data)
    except (httpx.HTTPError, httpx.InvalidURL):
        raise bad_request(URL_FAILED) from None
