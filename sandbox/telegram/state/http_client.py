"""Files that the bot names by URL: Telegram fetches them itself."""

from __future__ import annotations

import ssl
from functools import cache

import httpx

from sandbox.telegram.formats.errors import URL_FAILED, bad_request
from sandbox.telegram.state.files import DOWNLOAD_LIMIT

TIMEOUT_S = 10


@cache
def _ssl_context() -> ssl.SSLContext:
    """Make the TLS settings once: it takes tens of milliseconds."""
    return ssl.create_default_context()


def new_client() -> httpx.AsyncClient:
    """Make a client as Telegram's servers have it: no proxies, redirects followed."""
    return httpx.AsyncClient(verify=_ssl_context(), trust_env=False, follow_redirects=True, timeout=TIMEOUT_S)


async def fetch(url: str, max_bytes: int = DOWNLOAD_LIMIT) -> bytes:
    """Fetch a file of at most `limit` bytes (Bot API: Sending files).

    Raises:
        RefusalError: "failed to get HTTP URL content".
    """
    try:
        async with new_client() as http, http.stream("GET", url) as response:
            if response.status_code != 200:
                raise bad_request(URL_FAILED)
            data = bytearray()
            async for chunk in response.aiter_bytes():
                data += chunk
                if len(data) > max_bytes:
                    raise bad_request(URL_FAILED)
            return bytes(data)
    except (httpx.HTTPError, httpx.InvalidURL):
        raise bad_request(URL_FAILED) from None
