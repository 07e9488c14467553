"""Which addresses the bot, or Telegram on its behalf, may be pointed to."""

from __future__ import annotations

import pytest

from video.url_policy import check_url, host_port, is_public

LOCAL = frozenset({"127.0.0.1:8080", "videos.lan:443"})


@pytest.mark.parametrize(
    "url",
    [
        "https://cdn.aimlapi.com/eagle/files/koala/x_output.mp4",
        "https://cdn.aimlapi.com:443/kangaroo/x.mp4?cacheKey=a&ksTime=6996fedd",
        "https://v1-fdl.kechuangai.com/x.mp4",
        "https://bücher.example/x.mp4",
        "https://xn--e1afmkfd.xn--p1ai/x.mp4",
        "https://8.8.8.8/x.mp4",
        "https://[2606:4700::1111]/x.mp4",
        "http://127.0.0.1:8080/files/x.mp4",
        "https://videos.lan/x.mp4",
    ],
)
def test_followed(url: str) -> None:
    """Public addresses over HTTPS are followed, and the configured service's own host as it is."""
    assert check_url(url, LOCAL) is None


@pytest.mark.parametrize(
    "url",
    [
        "",
        "x.mp4",
        "file:///etc/passwd",
        "ftp://cdn.aimlapi.com/x.mp4",
        "javascript:alert(1)",
        "data:video/mp4;base64,AAAA",
        "https://",
        "https://[::1",
        "https://cdn.aimlapi.com/x y.mp4",
        "https://cdn.aimlapi.com\\@127.0.0.1/x.mp4",
        "https://cdn.aimlapi.com/\nx.mp4",
        "https://cdn.aimlapi.com/" + "x" * 5000,
        "http://cdn.aimlapi.com/x.mp4",
        "https://cdn.aimlapi.com:8443/x.mp4",
        "https://someone@cdn.aimlapi.com/x.mp4",
        "https://someone:secret@cdn.aimlapi.com/x.mp4",
        "http://someone@127.0.0.1:8080/x.mp4",
        "http://127.0.0.1:8081/x.mp4",
        "https://127.0.0.1/x.mp4",
        "https://127.1/x.mp4",
        "https://2130706433/x.mp4",
        "https://0x7f.0.0.1/x.mp4",
        "https://0177.0.0.1/x.mp4",
        "https://10.0.0.5/x.mp4",
        "https://192.168.1.1/x.mp4",
        "https://169.254.169.254/latest/meta-data",
        "https://100.64.0.1/x.mp4",
        "https://0.0.0.0/x.mp4",
        "https://224.0.0.1/x.mp4",
        "https://[::1]/x.mp4",
        "https://[::ffff:127.0.0.1]/x.mp4",
        "https://[fd00::1]/x.mp4",
        "https://[fe80::1]/x.mp4",
        "https://localhost/x.mp4",
        "https://LOCALHOST./x.mp4",
        "https://db.localhost/x.mp4",
        "https://printer.local/x.mp4",
        "https://metadata.google.internal/x.mp4",
        "https://intranet/x.mp4",
        "https://-bad-.example/x.mp4",
    ],
)
def test_refused(url: str) -> None:
    """Whatever is private, unencrypted, disguised or no address at all is not followed."""
    assert check_url(url, LOCAL) is not None


@pytest.mark.parametrize("address", ["8.8.8.8", "2606:4700::1111", "64:ff9b::808:808"])
def test_public(address: str) -> None:
    """Addresses that everyone can reach are public."""
    assert is_public(address)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.0.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",  # noqa: S104 - an address to judge, not to listen on
        "224.0.0.1",
        "255.255.255.255",
        "::1",
        "::",
        "fe80::1",
        "fe80::1%eth0",
        "fd00::1",
        "ff02::1",
        "::ffff:10.0.0.1",
        "64:ff9b::7f00:1",
        "2002:7f00:1::",
        "localhost",
        "",
    ],
)
def test_not_public(address: str) -> None:
    """Private, local and multicast addresses are not public, also inside an IPv6 one."""
    assert not is_public(address)


def test_host_and_port() -> None:
    """An operator's URL gives the host that results may come from."""
    assert host_port("https://API.aimlapi.com/v2") == "api.aimlapi.com:443"
    assert host_port("http://127.0.0.1:8081") == "127.0.0.1:8081"
    assert host_port("http://localhost") == "localhost:80"


@pytest.mark.parametrize("url", ["", "api.aimlapi.com", "ftp://x", "https://", "https://[::1"])
def test_no_host_and_port(url: str) -> None:
    """What is no web address has no host."""
    with pytest.raises(ValueError, match="URL"):
        host_port(url)
