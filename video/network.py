"""What the environment says of proxies and certificates, judged before the first client is made.

httpx reads these variables, for the bot's own requests and for python-telegram-bot's, and raises what no operator
understands.
"""

from __future__ import annotations

import os
import ssl
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.request import getproxies

import httpx

if TYPE_CHECKING:
    from collections.abc import Iterator

_SOCKS = frozenset({"socks5", "socks5h"})


def network_problems() -> list[str]:
    """Return what is wrong with the proxies and certificates, each in a sentence without a password."""
    problems = [*_certificate_problems(), *_proxy_problems()]
    return problems or [*_client_problems()]


def _certificate_problems() -> Iterator[str]:
    file, folder = os.environ.get("SSL_CERT_FILE"), os.environ.get("SSL_CERT_DIR")
    if file:
        try:
            ssl.create_default_context(cafile=file)
        except FileNotFoundError:
            yield f"SSL_CERT_FILE is {file}, and there is no such file. Correct it, or leave it out."
        except (OSError, ssl.SSLError):
            yield f"SSL_CERT_FILE is {file}, and no certificates can be read from there. It must be a file in PEM."
    elif folder and not Path(folder).is_dir():
        yield f"SSL_CERT_DIR is {folder}, and there is no such folder. Correct it, or leave it out."


def _proxy_problems() -> Iterator[str]:
    proxies = getproxies()
    if "*" in map(str.strip, proxies.get("no", "").split(",")):
        return
    for scheme in ("http", "https", "all"):
        problem = _proxy_problem(proxies.get(scheme, ""))
        if problem:
            yield f"{scheme.upper()}_PROXY {problem}"


def _proxy_problem(value: str) -> str | None:
    """Return why a proxy can't be used, or None. The value may hold a password, and is not quoted."""
    if not value:
        return None
    unreadable = "is no address of a proxy. It should look like http://proxy.example.org:3128."
    try:
        url = httpx.URL(value if "://" in value else f"http://{value}")
    except httpx.InvalidURL:
        return unreadable
    if not url.host or not 0 < (url.port or 1) < 65536:
        return unreadable
    if url.scheme in _SOCKS and not find_spec("socksio"):
        return "is a SOCKS proxy, which needs the package socksio. Install it, or use an http:// proxy."
    if url.scheme not in _SOCKS | {"http", "https"}:
        return f"begins with {url.scheme}://, which the bot does not speak. Use an http:// proxy."
    return None


def _client_problems() -> Iterator[str]:
    """Make a client as the bot will, and yield what it doesn't accept beyond what was judged."""
    try:
        httpx.Client().close()
    except httpx.InvalidURL:
        yield (
            "NO_PROXY can't be read. It should be names and addresses with commas between; "
            "write IPv6 addresses like ::1, without brackets, ports and ranges."
        )
    except Exception as error:  # noqa: BLE001 -- httpx says nowhere what it raises for which variable
        yield f"The variables for proxies or certificates can't be used: {type(error).__name__}."
