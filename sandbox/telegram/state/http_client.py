"""HTTP as Telegram's servers speak it: they fetch files by URL and post updates to webhooks."""

from __future__ import annotations

import ssl
from functools import cache

import httpx

from sandbox.telegram.formats.errors import URL_FAILED, bad_request
from sandbox.telegram.state.files import DOWNLOAD_LIMIT

TIMEOUT_S = 10


@cache
def _ssl_context() -> ssl.SSLContext:
    """Return the TLS settings. They are made once, since that takes tens of milliseconds."""
    return ssl.create_default_context()


def new_client() -> httpx.AsyncClient:
    """Return a client without proxies that follows redirects."""
    return httpx.AsyncClient(verify=_ssl_context(), trust_env=False, follow_redirects=True, timeout=TIMEOUT_S)


async def fetch(url: str, max_bytes: int = DOWNLOAD_LIMIT) -> bytes:
    """Fetch a file of at most `max_bytes` (Bot API: Sending files).

    Raises:
        ApiError: "failed to get HTTP URL content".
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
