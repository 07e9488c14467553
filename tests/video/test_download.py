"""Finished videos fetched over real HTTP, from servers that keep the rules and from others."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from io import BytesIO
from typing import TYPE_CHECKING

import httpx
import pytest
from starlette.applications import Starlette
from starlette.responses import RedirectResponse, Response, StreamingResponse
from starlette.routing import Route

from sandbox.http.server import Server
from video.download import Downloaded, NotFetched, TooLarge, download
from video.url_policy import host_port

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from starlette.requests import Request

    from video.download import DownloadOutcome

MP4 = b"\0\0\0\x20ftypisom\0\0\x02\0isomiso2avc1mp41" + bytes(range(256)) * 400
WEBM = b"\x1a\x45\xdf\xa3" + bytes(300)


async def _mp4(_: Request) -> Response:
    return Response(MP4, media_type="video/mp4")


async def _webm(_: Request) -> Response:
    return Response(WEBM)


async def _drops(_: Request) -> Response:
    def drops() -> Iterator[bytes]:
        yield from (MP4[at : at + 1] for at in range(40))
        yield MP4[40:]

    return StreamingResponse(drops())


async def _endless(_: Request) -> Response:
    def endless() -> Iterator[bytes]:
        yield MP4
        while True:
            yield bytes(65536)

    return StreamingResponse(endless())


async def _page(_: Request) -> Response:
    return Response("<html>Not here any more</html>", media_type="video/mp4")


async def _short(request: Request) -> Response:
    return Response(MP4[: int(request.path_params["bytes"])])


async def _status(request: Request) -> Response:
    return Response(MP4, int(request.path_params["code"]))


async def _hops(request: Request) -> Response:
    left = int(request.path_params["left"])
    return RedirectResponse(f"/hops/{left - 1}" if left else "/mp4")


async def _elsewhere(request: Request) -> Response:
    return RedirectResponse(request.query_params["to"])


async def _packed(_: Request) -> Response:
    return Response(MP4, headers={"Content-Encoding": "br"})


APP = Starlette(
    routes=[
        Route("/mp4", _mp4),
        Route("/webm", _webm),
        Route("/drops", _drops),
        Route("/endless", _endless),
        Route("/page", _page),
        Route("/short/{bytes}", _short),
        Route("/status/{code}", _status),
        Route("/hops/{left}", _hops),
        Route("/elsewhere", _elsewhere),
        Route("/packed", _packed),
    ]
)


@pytest.fixture
async def home() -> AsyncIterator[str]:
    async with Server(APP) as server:
        yield server.url


async def fetch(url: str, limit: int = 10_000_000) -> tuple[DownloadOutcome, bytes]:
    target = BytesIO()
    outcome = await download(url, target, allowed_hosts=frozenset({host_port(url)}), limit=limit)
    return outcome, target.getvalue()


@asynccontextmanager
async def saying(answer: bytes) -> AsyncIterator[str]:
    """A server that says exactly this and closes."""

    async def speak(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(answer)
        await writer.drain()
        writer.close()
        await writer.wait_closed()

    server = await asyncio.start_server(speak, "127.0.0.1", 0)
    async with server:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/x.mp4"


@pytest.mark.parametrize(("path", "body"), [("/mp4", MP4), ("/webm", WEBM), ("/drops", MP4), ("/hops/2", MP4)])
async def test_fetched(home: str, path: str, body: bytes) -> None:
    """A video arrives whole, in one piece or in drops, directly or after redirects."""
    assert await fetch(home + path) == (Downloaded(len(body)), body)


async def test_too_many_redirects(home: str) -> None:
    """A chain of more than three redirects is left."""
    outcome, _ = await fetch(home + "/hops/3")
    assert outcome == NotFetched("more than 3 redirects")


async def test_limit(home: str) -> None:
    """A video over the limit is known from its header, one byte under it is fetched."""
    outcome, saved = await fetch(home + "/mp4", limit=len(MP4) - 1)
    assert (outcome, saved) == (TooLarge(len(MP4)), b"")
    outcome, _ = await fetch(home + "/mp4", limit=len(MP4))
    assert outcome == Downloaded(len(MP4))


async def test_endless(home: str) -> None:
    """A video that does not end is left at the limit."""
    outcome, saved = await fetch(home + "/endless", limit=500_000)
    assert outcome == TooLarge(None)
    assert len(saved) <= 500_000


@pytest.mark.parametrize("path", ["/page", "/short/0", "/short/8", "/short/11"])
async def test_not_a_video(home: str, path: str) -> None:
    """A page that calls itself a video is not delivered as one."""
    assert await fetch(home + path) == (NotFetched("not a video"), b"")


@pytest.mark.parametrize(
    ("code", "expired"), [(403, True), (404, True), (410, True), (500, False), (204, False), (206, False)]
)
async def test_status(home: str, code: int, expired: bool) -> None:  # noqa: FBT001 - a parameter of the case
    """A link that is refused looks expired, so that the service is asked for a new one; an outage does not."""
    outcome, saved = await fetch(f"{home}/status/{code}")
    assert (outcome, saved) == (NotFetched(f"HTTP {code}", expired=expired, transient=code >= 500), b"")


async def test_packed(home: str) -> None:
    """A packed answer is not saved as if it were the video."""
    outcome, _ = await fetch(home + "/packed")
    assert isinstance(outcome, NotFetched)


@pytest.mark.parametrize(
    "answer",
    [
        b"HTTP/1.1 200 OK\r\nContent-Length: 500000\r\n\r\n" + MP4,
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n20\r\n" + MP4[:32] + b"\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n" + MP4,
        b"HTTP/1.1 302 Found\r\nContent-Length: 0\r\n\r\n",
        b"HTTP/1.1 302 Found\r\nLocation: http://[\r\nContent-Length: 0\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n" + MP4,
        b"nonsense\r\n\r\n",
        b"",
    ],
)
async def test_broken(answer: bytes) -> None:
    """A video that breaks off, or a server that talks nonsense, counts as not fetched."""
    async with saying(answer) as url:
        outcome, _ = await fetch(url)
    assert isinstance(outcome, NotFetched)
    assert not outcome.expired


async def test_content_length_lies() -> None:
    """More bytes than a server announced are not taken."""
    async with saying(b"HTTP/1.1 200 OK\r\nContent-Length: 64\r\n\r\n" + MP4) as url:
        assert await fetch(url) == (Downloaded(64), MP4[:64])


@pytest.mark.parametrize(
    "place",
    [
        "https://127.0.0.1/x.mp4",
        "http://127.0.0.1:1/x.mp4",
        "https://169.254.169.254/latest",
        "http://cdn.example/x.mp4",
        "file:///etc/passwd",
        "https://localhost/x.mp4",
        "//localhost/x.mp4",
    ],
)
async def test_redirect_inside(home: str, place: str) -> None:
    """A redirect into a private network or away from HTTPS is not followed."""
    outcome, saved = await fetch(f"{home}/elsewhere?to={place}")
    assert isinstance(outcome, NotFetched)
    assert saved == b""


@pytest.mark.parametrize("addresses", [["10.0.0.1"], ["8.8.8.8", "127.0.0.1"], ["::1"], []])
async def test_name_of_a_private_address(addresses: list[str]) -> None:
    """A public name that stands for a private address is not followed."""

    async def resolve(_host: str) -> list[str]:
        return addresses

    outcome = await download(
        "https://cdn.example/x.mp4", BytesIO(), allowed_hosts=frozenset(), limit=10, resolve=resolve
    )
    assert outcome == NotFetched("address inside a private network")


async def test_unknown_name() -> None:
    """A name that nobody knows counts as not fetched."""

    async def resolve(_host: str) -> list[str]:
        raise OSError("Name or service not known")

    outcome = await download(
        "https://cdn.example/x.mp4", BytesIO(), allowed_hosts=frozenset(), limit=10, resolve=resolve
    )
    assert outcome == NotFetched("no such host: Name or service not known", transient=True)


async def test_the_vetted_address_is_the_one_used() -> None:
    """A name that changes its meaning after it was judged leads nowhere else; the certificate is the name's."""
    asked: list[httpx.Request] = []

    async def resolve(host: str) -> list[str]:
        assert host == "cdn.example"
        return ["2606:4700::1111", "8.8.8.8"]

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        return httpx.Response(200, stream=httpx.ByteStream(MP4))

    async with httpx.AsyncClient(transport=httpx.MockTransport(answer)) as client:
        outcome = await download(
            "https://cdn.example/x.mp4?sign=a%2Fb",
            BytesIO(),
            allowed_hosts=frozenset(),
            limit=10**6,
            client=client,
            resolve=resolve,
        )
    assert outcome == Downloaded(len(MP4))
    assert str(asked[0].url) == "https://8.8.8.8/x.mp4?sign=a%2Fb"
    assert asked[0].headers["host"] == "cdn.example"
    assert asked[0].extensions["sni_hostname"] == "cdn.example"


async def test_nobody_listens() -> None:
    """A server that is down counts as not fetched."""
    async with saying(b"") as url:
        pass
    outcome, _ = await fetch(url)
    assert isinstance(outcome, NotFetched)
    assert "ConnectError" in outcome.detail


async def test_full_disk(home: str) -> None:
    """A disk that is full is an error of ours, and not taken for one of the link's."""

    class Full(BytesIO):
        def write(self, _piece: object) -> int:
            raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space left"):
        await download(home + "/mp4", Full(), allowed_hosts=frozenset({host_port(home)}), limit=10**6)
