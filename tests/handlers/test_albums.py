"""Albums in which any of the messages carries a command: which videos are made, and of which photos."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from itertools import count
from typing import TYPE_CHECKING, Any

import pytest

from sandbox.photos import photo
from storage import State
from tests.assertions import MENTION, says

if TYPE_CHECKING:
    from collections.abc import Collection

    from sandbox.telegram import Chat, Person
    from tests.bot_under_test import BotUnderTest

PHOTOS = [photo(name) for name in ("ada", "ben", "coffee", "cat")]
VIDEO = b"\0\0\0\x10ftypmp42\0\0\0\0"
ALBUM_WAIT = 10.0  # seconds that the bot waits for more of an album; longer than a slow machine needs for one
_NUMBERS = count()

LIMITS = {
    "user_active_limit": "99",
    "user_daily_limit": "99",
    "user_daily_attempts": "99",
    "group_daily_limit": "99",
    "album_wait": str(ALBUM_WAIT),
    "active_limit": "1",
}

Video = tuple[str, tuple[int, ...]]
"""The effect of a job, and the numbers of the messages whose photos it uses, the left one first."""


class Album:
    """An album that a person sends."""

    def __init__(self, chat: Chat, by: Person) -> None:
        self.chat, self.by = chat, by
        self.ids: list[int] = []
        self._media_group_id = f"album {next(_NUMBERS)}"

    def send(self, captions: str, kinds: str = "", **extra: Any) -> None:
        """Send messages with these captions, parted by `|`: `p`hotos, `v`ideos, `f`iles of pictures, `d`ocuments."""
        texts = [text.strip() or None for text in captions.split("|")]
        for text, kind in zip(texts, kinds or "p" * len(texts), strict=True):
            data = PHOTOS[len(self.ids) % len(PHOTOS)]
            options: Any = {"media_group_id": self._media_group_id, "by": self.by, **extra}
            match kind:
                case "p":
                    self.ids.append(self.chat.send_photo(data, text, **options))
                case "v":
                    self.ids.append(self.chat.send_video(VIDEO, text, **options))
                case "f":
                    self.ids.append(self.chat.send_document(data, "photo.jpg", "image/jpeg", text, **options))
                case _:
                    self.ids.append(self.chat.send_document(b"%PDF-1.7", "a.pdf", "application/pdf", text, **options))

    async def videos(self, bot: BotUnderTest) -> set[Video]:
        """Return the effects and photos of the jobs in the album's chat; no two are the same."""
        raws = [self.chat.stored_messages[number].raw for number in self.ids]
        files = [raw["photo"][-1] if "photo" in raw else raw.get("document") or raw["video"] for raw in raws]
        numbers = {file["file_id"]: number for number, file in enumerate(files)}
        jobs = [job for job in await bot.jobs() if job.chat_id == self.chat.id]
        found = {(job.effect, tuple(numbers[photo.file_id] for photo in job.photos)) for job in jobs}
        assert len(found) == len(jobs)
        return found

    def answers(self, *but: str) -> list[str]:
        """Return what the bot says in the album's chat, but for messages with these words."""
        texts = [seen.text_or_caption for seen in self.chat.messages if seen.sender == "bot"]
        return [text for text in texts if not any(word in text for word in but)]


ALBUMS: dict[tuple[str, str], set[Video]] = {
    # one command, under any of the photos
    ("/squish |", "pp"): {("squish", (0,))},
    ("| /squish", "pp"): {("squish", (1,))},
    ("| /squish |", "ppp"): {("squish", (1,))},
    ("my cat | /squish", "pp"): {("squish", (1,))},
    ("/squish | my cat", "pp"): {("squish", (0,))},
    ("| | /hug", "ppp"): {("hug", (1, 2))},
    ("/hug | | |", "pppp"): {("hug", (0, 1))},
    # the same command more than once
    ("/squish | /squish", "pp"): {("squish", (0,)), ("squish", (1,))},
    ("/squish | | /squish", "ppp"): {("squish", (0,)), ("squish", (2,))},
    ("/hug | /hug", "pp"): {("hug", (0, 1))},
    ("/hug | /hug | /hug", "ppp"): {("hug", (0, 1))},
    ("/hug | /hug | /hug | /hug", "pppp"): {("hug", (0, 1))},
    ("/hug | | /hug |", "pppp"): {("hug", (0, 1)), ("hug", (2, 3))},
    ("| /hug | | /hug", "pppp"): {("hug", (0, 1)), ("hug", (2, 3))},
    # two commands
    ("/squish | /expansion", "pp"): {("squish", (0,)), ("expansion", (1,))},
    ("/squish | /effect expansion", "pp"): {("squish", (0,)), ("expansion", (1,))},
    ("/hug | /squish", "pp"): {("hug", (0, 1)), ("squish", (1,))},
    ("/squish | /hug", "pp"): {("squish", (0,)), ("hug", (0, 1))},
    ("/squish | /hug |", "ppp"): {("squish", (0,)), ("hug", (1, 2))},
    ("/hug | | /squish", "ppp"): {("hug", (0, 1)), ("squish", (2,))},
    ("/hug | /squish |", "ppp"): {("hug", (0, 2)), ("squish", (1,))},
    ("/hug | | /kiss |", "pppp"): {("hug", (0, 1)), ("kiss", (2, 3))},
    # files
    ("/squish | /squish", "ff"): {("squish", (0,)), ("squish", (1,))},
    ("| /hug", "ff"): {("hug", (0, 1))},
    ("/squish |", "df"): {("squish", (1,))},
    ("| /squish", "fd"): {("squish", (0,))},
    # photos and videos
    ("/squish |", "vp"): {("squish", (1,))},
    ("| /squish", "pv"): {("squish", (0,))},
    ("/squish | |", "pvp"): {("squish", (0,))},
    ("/hug | |", "pvp"): {("hug", (0, 2))},
    ("/hug | |", "vpp"): {("hug", (1, 2))},
    ("/squish | /squish", "vp"): {("squish", (1,))},
    ("/squish | /expansion", "pv"): {("squish", (0,)), ("expansion", (0,))},
    ("/hug | /hug | /hug", "vpp"): {("hug", (1, 2))},
}  # fmt: skip


async def settle(bot: BotUnderTest, albums: Collection[Album]) -> None:
    """Wait until every message of these albums is handled; then end the wait for more, and wait for what it brings."""
    for album in albums:
        album.chat.send_text(f"/status{MENTION}", by=album.by)
    for album in albums:
        await album.chat.wait_for(says("Your videos"))
    bot.advance(ALBUM_WAIT)
    await bot.until(lambda _: not questions_due(bot))


def questions_due(bot: BotUnderTest) -> int:
    """Return how many drafts wait for their album to end, or have a question that is not drawn yet."""
    with closing(sqlite3.connect(f"file:{bot.database}?mode=ro", uri=True)) as connection:
        return int(connection.execute("SELECT count(*) FROM drafts WHERE show_at IS NOT NULL").fetchone()[0])


def private_album(bot: BotUnderTest) -> Album:
    """Return an album of a person in their private chat with the bot."""
    person = bot.telegram.add_person("Somebody")
    return Album(bot.telegram.private_chat(person), person)


def group_album(bot: BotUnderTest) -> Album:
    """Return an album of a member of a group in which the bot sees every message."""
    return Album(bot.telegram.add_group("Friends", [bot.ada]), bot.ada)


def addressed(captions: str) -> str:
    """Return captions whose commands name the bot, as a group's menu writes them."""
    return " ".join(word + MENTION if word.startswith("/") else word for word in captions.split())


@pytest.mark.parametrize("place", ["private", "group"])
async def test_row_31_each_command_takes_its_own_photo(bot: BotUnderTest, place: str) -> None:
    """Whatever the captions of an album say, each request gets one video of the photos it means, and no question."""
    bot.telegram.account.privacy = False
    await bot.start(**LIMITS)
    sent = {}
    for captions, kinds in ALBUMS:
        sent[captions, kinds] = album = private_album(bot) if place == "private" else group_album(bot)
        album.send(captions if place == "private" else addressed(captions), kinds)
    await settle(bot, sent.values())
    assert {key: await album.videos(bot) for key, album in sent.items()} == ALBUMS
    said = {key: album.answers("Your videos", "is ready", "Telegram only") for key, album in sent.items()}
    assert {
        key: texts for key, texts in said.items() if any("send me" in text or "I need" in text for text in texts)
    } == {}


LATE: dict[str, set[Video]] = {
    "/squish": {("squish", (0,)), ("squish", (1,))},
    "/expansion": {("squish", (0,)), ("expansion", (1,))},
    "my cat": {("squish", (0,))},
    "": {("squish", (0,))},
}


async def test_row_31_late_siblings(bot: BotUnderTest) -> None:
    """A photo of an album that comes after the first one's video is used if it has a command of its own."""
    await bot.start(**LIMITS | {"active_limit": "9"})
    sent = {caption: private_album(bot) for caption in LATE}
    for album in sent.values():
        album.send("/squish")
    await bot.until(lambda jobs: [job.state for job in jobs] == [State.DELIVERED] * len(sent))
    for caption, album in sent.items():
        album.send(caption)
    await settle(bot, sent.values())
    assert {caption: await album.videos(bot) for caption, album in sent.items()} == LATE


async def test_row_31_late_photo_with_the_command_of_a_pair(bot: BotUnderTest) -> None:
    """The third photo of an album with `/hug` under each of them comes when the pair is hugging: no second hug."""
    await bot.start(**LIMITS)
    album = private_album(bot)
    album.send("/hug | /hug")
    await bot.until(lambda jobs: len(jobs) == 1)
    album.send("/hug")
    await settle(bot, [album])
    assert await album.videos(bot) == {("hug", (0, 1))}
    assert not album.answers("Your videos", "is ready", "Hug")


async def test_row_31_an_album_found_late(bot: BotUnderTest) -> None:
    """Each request of an album that the bot finds late has a question and a button, which makes its own video."""
    album = private_album(bot)
    album.send("/squish | /expansion", date=bot.clock() - 1200)
    await bot.start(**LIMITS)
    await settle(bot, [album])
    assert await album.videos(bot) == set()
    held = [seen for seen in album.chat.messages if "I was away" in seen.text]
    assert len(held) == 2
    for seen in held:
        album.chat.press(seen.id, "Run it now")
    await bot.until(lambda jobs: len(jobs) == 2)
    assert await album.videos(bot) == {("squish", (0,)), ("expansion", (1,))}


async def test_row_31_an_album_without_a_still_photo(bot: BotUnderTest) -> None:
    """A command under a video, in an album without photos, is told what stands there; the photo may follow."""
    await bot.start(**LIMITS)
    album = private_album(bot)
    album.send("/squish | my dog", "vv")
    await settle(bot, [album])
    (question,) = album.answers("Your videos")
    assert "That's a video" in question
    assert "send me the photo" in question
    album.chat.send_photo(PHOTOS[0])
    await bot.until(lambda jobs: len(jobs) == 1)


async def test_row_31_an_album_behind_a_command(bot: BotUnderTest) -> None:
    """An album in answer to a command is that command's; a second command in it is a request of its own."""
    await bot.start(**LIMITS)
    album = private_album(bot)
    album.chat.send_text("/hug")
    await album.chat.wait_for(says("send me"))
    album.send("| | /squish", "ppp")
    await settle(bot, [album])
    assert await album.videos(bot) == {("hug", (0, 1)), ("squish", (2,))}


async def test_row_31_words_of_their_own(bot: BotUnderTest) -> None:
    """Each `/animate` of an album has its own words and photo; a photo without a caption is the last frame of one."""
    await bot.start(**LIMITS)
    album = private_album(bot)
    album.send("/animate she waves | /animate he sings |", "ppp")
    await settle(bot, [album])
    assert await album.videos(bot) == {("animate", (0,)), ("animate", (1, 2))}
    assert {job.motion.prompt for job in await bot.jobs() if job.motion} == {"she waves", "he sings"}


async def test_row_31_an_album_of_which_only_captions_arrive(bot: BotUnderTest) -> None:
    """In privacy mode a group's bot sees only the photos with commands: each command has its own."""
    await bot.start(**LIMITS)
    album = group_album(bot)
    album.send(addressed("/squish | | /squish | my cat"), "pppp")
    await settle(bot, [album])
    assert await album.videos(bot) == {("squish", (0,)), ("squish", (2,))}
