from __future__ import annotations

import io
import json
import zlib
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

import pytest
from PIL import Image
from starlette.applications import Starlette
from starlette.responses import Response
from starlette.routing import Route

from sandbox.http.server import Server
from sandbox.telegram.formats.media import image_size, make_thumbnail, video_info

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from starlette.requests import Request

    from sandbox.telegram import FakeTelegram
    from tests.sandbox.telegram.minimal_bot import MinimalBot

MP4 = b"\0\0\0\x14ftypisom\0\0\2\0isom" + b"\0\0\0\x10mdat01234567"
MEGABYTE = 1024 * 1024


@asynccontextmanager
async def website(**files: tuple[int, bytes]) -> AsyncIterator[str]:
    """Serve files by name with a status each; yield the base URL."""

    async def answer(request: Request) -> Response:
        status, body = files[request.path_params["name"]]
        return Response(body, status)

    async with Server(Starlette(routes=[Route("/{name}", answer)])) as server:
        yield server.url


async def download(bot: MinimalBot, file_id: str) -> bytes:
    path = (await bot("getFile", file_id=file_id))["file_path"]
    return (await bot.http.get(f"/file/bot{bot.token}/{path}")).content


async def test_a_photo_comes_in_sizes(tg: FakeTelegram, bot: MinimalBot, jpeg: Callable[..., bytes]) -> None:
    """A photo comes with its true sizes, each of which can be downloaded."""
    picture = jpeg(1200, 900)
    tg.private_chat(tg.add_person("Ada")).send_photo(picture, "/squish")
    (update,) = await bot.updates()
    small, large = update["message"]["photo"]
    assert update["message"]["caption_entities"][0]["type"] == "bot_command"
    assert [(size["width"], size["height"]) for size in (small, large)] == [(320, 240), (1200, 900)]
    assert large["file_size"] == len(picture)
    assert await download(bot, large["file_id"]) == picture
    with Image.open(io.BytesIO(await download(bot, small["file_id"]))) as thumb:
        assert thumb.size == (320, 240)


async def test_an_album_comes_as_separate_updates(
    tg: FakeTelegram, bot: MinimalBot, jpeg: Callable[..., bytes]
) -> None:
    """An album is two updates with one media_group_id, one of them with the caption."""
    ids = tg.private_chat(tg.add_person("Ada")).send_album([jpeg(), jpeg(400, 400)], "/hug", caption_on=1)
    messages = [update["message"] for update in await bot.updates()]
    assert [message["message_id"] for message in messages] == ids
    assert len({message["media_group_id"] for message in messages}) == 1
    assert [message.get("caption") for message in messages] == [None, "/hug"]


async def test_other_kinds_of_messages(tg: FakeTelegram, bot: MinimalBot, jpeg: Callable[..., bytes]) -> None:
    """Documents, stickers, videos, GIFs, voices and live photos come as what they are."""
    chat = tg.private_chat(tg.add_person("Ada"))
    chat.send_document(b"heic", "a.heic", "image/heic", "/squish")
    chat.send_document(jpeg(), "a.jpg", "image/jpeg")
    chat.send_sticker()
    chat.send_video(MP4)
    chat.send_animation(MP4)
    chat.send_voice()
    chat.send_live_photo(jpeg())
    messages = [update["message"] for update in await bot.updates()]
    assert messages[0]["document"]["mime_type"] == "image/heic"
    assert messages[1]["document"]["thumbnail"]["width"] == 320
    for message, name in zip(messages[2:], ["sticker", "video", "animation", "voice", "live_photo"], strict=True):
        assert name in message
    assert chat.messages[0].document == b"heic"
    assert await download(bot, messages[0]["document"]["file_id"]) == b"heic"


async def test_a_photo_must_be_a_picture(tg: FakeTelegram) -> None:
    """Bytes that are not an image can't be sent as a photo."""
    with pytest.raises(ValueError, match="as a document"):
        tg.private_chat(tg.add_person("Ada")).send_photo(b"GIF89a")


async def test_files_that_cant_be_had(tg: FakeTelegram, bot: MinimalBot) -> None:
    """A file over 20 MB or an unknown file can't be downloaded."""
    tg.private_chat(tg.add_person("Ada")).send_document(bytes(20 * MEGABYTE + 1), "big.bin", "application/octet-stream")
    (update,) = await bot.updates()
    assert await bot.refused("getFile", file_id=update["message"]["document"]["file_id"]) == (
        "Bad Request: file is too big"
    )
    assert await bot.refused("getFile", file_id="nothing") == (
        "Bad Request: wrong file_id or the file is temporarily unavailable"
    )
    assert (await bot.http.get(f"/file/bot{bot.token}/videos/none.mp4")).status_code == 404
    assert (await bot.http.get("/file/bot1:no/videos/none.mp4")).status_code == 401


async def test_a_video_is_uploaded_and_used_again(tg: FakeTelegram, bot: MinimalBot) -> None:
    """An uploaded video can be sent again by its file_id."""
    chat = tg.private_chat(tg.add_person("Ada"))
    sent = await bot("sendVideo", {"video": MP4}, chat_id=chat.id, caption="hug", width=20, height=10, duration=7)
    video = sent["video"]
    assert (video["width"], video["height"], video["duration"], video["mime_type"]) == (20, 10, 7, "video/mp4")
    await bot("sendVideo", chat_id=chat.id, video=video["file_id"])
    assert [message.video for message in chat.messages] == [MP4, MP4]
    assert len({message.file_id for message in chat.messages}) == 1
    assert await bot.refused("sendPhoto", chat_id=chat.id, photo=video["file_id"]) == (
        "Bad Request: can't use file of type Video as Photo"
    )
    assert await bot.refused("sendVideo", chat_id=chat.id, video="nothing") == (
        "Bad Request: wrong file identifier/HTTP URL specified"
    )
    assert await bot.refused("sendVideo", chat_id=chat.id) == "Bad Request: there is no video in the request"


async def test_uploads_that_are_refused(tg: FakeTelegram, bot: MinimalBot) -> None:
    """An upload over 50 MB, an empty one, or a photo that is not an image is refused."""
    chat = tg.private_chat(tg.add_person("Ada"))
    for size in (50 * MEGABYTE + 1, 52 * MEGABYTE):
        response = await bot.post("sendVideo", {"video": bytes(size)}, chat_id=chat.id)
        assert (response.status_code, response.json()["description"]) == (413, "Request Entity Too Large")
    assert await bot.refused("sendVideo", {"video": b""}, chat_id=chat.id) == "Bad Request: file must be non-empty"
    assert await bot.refused("sendPhoto", {"photo": b"text"}, chat_id=chat.id) == ("Bad Request: IMAGE_PROCESS_FAILED")
    assert await bot.refused("sendPhoto", {"photo": bytes(11 * MEGABYTE)}, chat_id=chat.id) == (
        "Bad Request: file is too big"
    )
    assert chat.messages == []


async def test_bytes_that_are_no_mp4_arrive_as_a_document(tg: FakeTelegram, bot: MinimalBot) -> None:
    """A video in another format arrives as a document."""
    chat = tg.private_chat(tg.add_person("Ada"))
    assert "document" in await bot("sendVideo", {"video": b"RIFF"}, chat_id=chat.id)
    assert (chat.messages[0].video, chat.messages[0].document) == (None, b"RIFF")


async def test_a_video_by_url(tg: FakeTelegram, bot: MinimalBot) -> None:
    """Telegram fetches a video by its URL, or refuses it in its own words."""
    chat = tg.private_chat(tg.add_person("Ada"))
    failed, wrong = "Bad Request: failed to get HTTP URL content", "Bad Request: wrong type of the web page content"
    big = MP4 + bytes(20 * MEGABYTE)
    async with website(good=(200, MP4), gone=(404, b""), page=(200, b"<html>"), big=(200, big)) as url:
        await bot("sendVideo", chat_id=chat.id, video=f"{url}/good")
        assert await bot.refused("sendVideo", chat_id=chat.id, video=f"{url}/gone") == failed
        assert await bot.refused("sendVideo", chat_id=chat.id, video=f"{url}/big") == failed
        assert await bot.refused("sendVideo", chat_id=chat.id, video=f"{url}/page") == wrong
    assert await bot.refused("sendVideo", chat_id=chat.id, video=f"{url}/good") == failed
    assert [message.video for message in chat.messages] == [MP4]


async def test_a_status_turns_into_the_video(tg: FakeTelegram, bot: MinimalBot, jpeg: Callable[..., bytes]) -> None:
    """A text message can be edited into a video, then a caption, then a photo."""
    chat = tg.private_chat(tg.add_person("Ada"))
    where: dict[str, Any] = {"chat_id": chat.id}
    where["message_id"] = (await bot("sendMessage", chat_id=chat.id, text="working"))["message_id"]
    async with website(good=(200, MP4)) as url:
        media = {"type": "video", "media": f"{url}/good", "caption": "<b>done</b>", "parse_mode": "HTML"}
        edited = await bot("editMessageMedia", **where, media=media)
        assert "text" not in edited
        again = await bot.refused("editMessageMedia", **where, media=media)
    assert again.startswith("Bad Request: message is not modified")
    (seen,) = chat.messages
    assert (seen.video, seen.html, seen.edit_count) == (MP4, "<b>done</b>", 1)
    await bot("editMessageCaption", **where, caption="later")
    assert chat.messages[0].caption == "later"
    upload = {"type": "photo", "media": "attach://pic"}
    await bot("editMessageMedia", {"pic": jpeg()}, **where, media=json.dumps(upload))
    assert chat.messages[0].photo == jpeg()
    assert await bot.refused("editMessageMedia", **where, media={"type": "dance"}) == (
        "Bad Request: can't parse InputMedia: type must be photo, video or document"
    )


async def test_the_bot_sends_an_album(tg: FakeTelegram, bot: MinimalBot, jpeg: Callable[..., bytes]) -> None:
    """A bot can send photos and videos as one album."""
    chat = tg.private_chat(tg.add_person("Ada"))
    media = [{"type": "photo", "media": "attach://one", "caption": "both"}, {"type": "video", "media": "attach://two"}]
    sent = await bot("sendMediaGroup", {"one": jpeg(), "two": MP4}, chat_id=str(chat.id), media=json.dumps(media))
    assert len({message["media_group_id"] for message in sent}) == 1
    assert (chat.messages[0].photo, chat.messages[0].caption, chat.messages[1].video) == (jpeg(), "both", MP4)
    assert "2-10" in await bot.refused("sendMediaGroup", chat_id=chat.id, media=[])


async def test_profile_photos(tg: FakeTelegram, bot: MinimalBot, jpeg: Callable[..., bytes]) -> None:
    """A bot gets a person's profile photo if there is one."""
    ada, bob = tg.add_person("Ada", profile_photo=jpeg()), tg.add_person("Bob")
    assert (await bot("getUserProfilePhotos", user_id=ada.id))["total_count"] == 1
    assert (await bot("getUserProfilePhotos", user_id=bob.id))["photos"] == []
    assert await bot.refused("getUserProfilePhotos", user_id=5) == "Bad Request: user not found"


def test_sizes_are_read_without_decoding() -> None:
    """An image of 60000 pixels a side passes, as through Telegram; a broken one has no size."""
    out = io.BytesIO()
    Image.new("RGB", (8, 8)).save(out, "PNG")
    header = b"IHDR" + (60000).to_bytes(4, "big") * 2 + b"\x08\x02\0\0\0"
    bomb = out.getvalue()[:12] + header + zlib.crc32(header).to_bytes(4, "big") + out.getvalue()[33:]
    assert image_size(bomb) == (60000, 60000)
    assert image_size(b"\xff\xd8\xff") is None
    assert image_size(b"") is None
    webp = io.BytesIO()
    Image.new("RGB", (30, 20)).save(webp, "WEBP")
    assert image_size(webp.getvalue()) == (30, 20)
    with Image.open(io.BytesIO(make_thumbnail(b"\xff\xd8broken", (9, 9)))) as grey:
        assert grey.size == (9, 9)


def test_an_mp4_tells_its_size_and_length() -> None:
    """Width, height and duration are read from the MP4."""

    def box(kind: bytes, body: bytes) -> bytes:
        return (len(body) + 8).to_bytes(4, "big") + kind + body

    def integers(*numbers: int) -> bytes:
        return b"".join(number.to_bytes(4, "big") for number in numbers)

    mvhd = box(b"mvhd", integers(0, 0, 0, 1000, 5200))
    tkhd = box(b"tkhd", bytes(76) + integers(640 << 16, 360 << 16))
    info = video_info(box(b"ftyp", b"isom") + box(b"moov", mvhd + box(b"trak", tkhd)))
    assert (info.width, info.height, info.duration) == (640, 360, 5)
    assert video_info(MP4).width == 480
    assert video_info(box(b"ftyp", b"isom") + box(b"moov", box(b"mvhd", b"\0"))).width == 480
