"""Proxies and certificates, as an operator's environment has them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import httpx
import pytest

from tests.bot.command_line import GOOD, run_main
from video.network import network_problems

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("command", ["run", "check", "effects"])
@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("HTTPS_PROXY", "socks5://u:very-secret@127.0.0.1:1080", "HTTPS_PROXY is a SOCKS proxy"),
        ("all_proxy", "socks5h://127.0.0.1:1080", "ALL_PROXY is a SOCKS proxy"),
        ("ALL_PROXY", "socks4://127.0.0.1:1080", "ALL_PROXY begins with socks4://"),
        ("HTTP_PROXY", "ftp://127.0.0.1", "HTTP_PROXY begins with ftp://"),
        ("HTTPS_PROXY", "http://", "HTTPS_PROXY is no address of a proxy"),
        ("HTTPS_PROXY", "http://proxy:very-secret", "HTTPS_PROXY is no address of a proxy"),
        ("HTTPS_PROXY", "http://proxy:99999", "HTTPS_PROXY is no address of a proxy"),
        ("HTTPS_PROXY", "http://[::1", "HTTPS_PROXY is no address of a proxy"),
        ("NO_PROXY", "localhost,[::1]", "NO_PROXY can't be read"),
        ("no_proxy", "fe80::/10", "NO_PROXY can't be read"),
        ("NO_PROXY", "[::1]:8080", "NO_PROXY can't be read"),
        ("SSL_CERT_FILE", "/nowhere/ca.pem", "SSL_CERT_FILE is /nowhere/ca.pem, and there is no such file"),
        ("SSL_CERT_FILE", "/", "SSL_CERT_FILE is /, and no certificates can be read"),
        ("SSL_CERT_FILE", "/dev/null", "no certificates can be read"),
        ("SSL_CERT_DIR", "/nowhere", "SSL_CERT_DIR is /nowhere, and there is no such folder"),
    ],
)
def test_row_58_a_network_that_can_not_be_used_is_told(
    environment: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    *,
    name: str,
    value: str,
    words: str,
    command: str,
) -> None:
    """A proxy, an exception or a certificate that can't be used ends every command with 2 and a sentence."""
    for known in GOOD:
        environment.setenv(known, GOOD[known])
    if name == "SSL_CERT_DIR":
        environment.delenv("SSL_CERT_FILE", raising=False)
    environment.setenv(name, value)
    code, told = run_main(capsys, command)
    assert code == 2
    assert words in told
    assert "Traceback" not in told
    assert "very-secret" not in told


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("HTTPS_PROXY", "http://user:password@proxy.example:3128"),
        ("HTTPS_PROXY", "proxy.example:3128"),
        ("HTTPS_PROXY", ""),
        ("ALL_PROXY", "https://[::1]:3128"),
        ("NO_PROXY", "localhost,127.0.0.1,::1,.example.org,10.0.0.0/8"),
        ("NO_PROXY", "*"),
    ],
)
def test_row_58_what_httpx_can_use_is_no_mistake(environment: pytest.MonkeyPatch, name: str, value: str) -> None:
    """Usual proxies and exceptions from them are accepted, and a client can be made with them."""
    environment.setenv(name, value)
    assert network_problems() == []
    httpx.Client().close()


def test_row_58_a_backup_needs_no_network(
    environment: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A wrong proxy does not keep an operator from a backup."""
    for known in GOOD:
        environment.setenv(known, GOOD[known])
    environment.setenv("ALL_PROXY", "socks4://x")
    environment.setenv("DATABASE_PATH", str(tmp_path / "none.db"))
    code, told = run_main(capsys, "backup")
    assert (code, "There is no database" in told) == (1, True)
