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
        "https://ec2-3-5-140-2.compute.amazonaws.com/x.mp4",
        "https://v0-1-2-3.cdn.example/x.mp4",
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
        "https://[fec0::1]/x.mp4",
        "https://[::8.8.8.8]/x.mp4",
        "https://[::ffff:8.8.8.8]/x.mp4",
        "https://[64:ff9b:1::808:808]/x.mp4",
        "https://[2606:4700::1111%25eth0]/x.mp4",
        "https://[v1.fe]/x.mp4",
        "https://0x7f000001/x.mp4",
        "https://0x8.0x8.0x8.0x8/x.mp4",
        "https://127.0.0.0x1/x.mp4",
        "https://017700000001/x.mp4",
        "https://8.8.8.010/x.mp4",
        "https://8.8/x.mp4",
        "https://0/x.mp4",
        "https://127。0。0。1/x.mp4",
        "https://１２７.0.0.1/x.mp4",
        "https://①②⑦.0.0.1/x.mp4",
        "https://%31%32%37.0.0.1/x.mp4",
        "https://127.0.0.1.nip.io/x.mp4",
        "https://1.10.0.0.1.nip.io/x.mp4",
        "https://a.192-168-0-1.sslip.io/x.mp4",
        "https://hidden.onion/x.mp4",
        "https://1.0.0.127.in-addr.arpa/x.mp4",
        "https://localhost.localdomain/x.mp4",
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
        "192.88.99.1",
        "198.18.0.1",
        "203.0.113.7",
        "240.0.0.1",
        "168.63.129.16",
        "010.8.8.8",
        "0x8.8.8.8",
        "134744072",
        "fec0::1",
        "feff::1",
        "fc00::1",
        "100::1",
        "::10.0.0.1",
        "::8.8.8.8",
        "::ffff:8.8.8.8",
        "::ffff:0:127.0.0.1",
        "64:ff9b::10.0.0.1",
        "64:ff9b::169.254.169.254",
        "64:ff9b:1::808:808",
        "64:ff9b:1:ffff::1",
        "2001::1",
        "2001:0:808:808::f7f7:f7f7",
        "2001:db8::1",
        "2002:a00:1::1",
        "2002:808:808::1",
        "2001:470:1f::5efe:10.0.0.1",
        "2001:470:1f::200:5efe:127.0.0.1",
        "2606:4700::1111%eth0",
        "3fff::1",
        "5f00::1",
        "4000::1",
        "e000::1",
    ],
)
def test_row_60_not_public(address: str) -> None:
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
