"""People in many chats, who ask in every way there is; some press Again, some cancel."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from PIL import Image

from tests.crash.evidence import Press, Request
from tests.crash.people import AGAIN, CANCEL, LEAVE, POST, TRY_AGAIN, WITHHOLD

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator
    from random import Random

    from sandbox.telegram import Chat, FakeTelegram


class Crowd:
    """Everyone who uses the bot.

    Attributes:
        requests: what they have asked for, in order.
        presses: the buttons that they have pressed.
    """

    def __init__(self, telegram: FakeTelegram, random: Random, chats: int) -> None:
        self.requests: list[Request] = []
        self.presses: list[Press] = []
        self._telegram = telegram
        self._random = random
        self._left, self._right = _picture("steelblue"), _picture("salmon")
        self._chats = [self._chat(number) for number in range(chats)]
        self._touched: set[tuple[int, int, int]] = set()

    def _chat(self, number: int) -> Chat:
        """Make a chat; every tenth one is a group."""
        person = self._telegram.add_person(f"Person {number}", language_code="en")
        if number % 10:
            return self._telegram.private_chat(person)
        return self._telegram.add_group(f"Group {number}", [person])

    # ------------------------------------------------------------ one more video
    def ask(self) -> None:
        """Let a person ask for a video."""
        chat = self._random.choice(self._chats)
        if chat.kind != "private":
            self._caption(chat)
            return
        ways: list[tuple[Callable[[Chat], None], int]] = [
            (self._caption, 6),
            (self._album, 5),
            (self._command_first, 3),
            (self._photo_first, 2),
            (self._again, 4),
        ]
        (way,) = self._random.choices([way for way, _ in ways], [weight for _, weight in ways])
        way(chat)

    def _caption(self, chat: Chat) -> None:
        at = "" if chat.kind == "private" else f"@{self._telegram.account.username}"
        self._note(chat, chat.send_photo(self._left, f"/squish{at}", by=chat.owner))

    def _album(self, chat: Chat) -> None:
        captioned = self._random.randrange(2)
        self._note(chat, *chat.send_album([self._left, self._right], "/hug", caption_on=captioned))

    def _command_first(self, chat: Chat) -> None:
        self._note(chat, chat.send_text("/kiss"), chat.send_photo(self._left), chat.send_photo(self._right))

    def _photo_first(self, chat: Chat) -> None:
        self._note(chat, chat.send_photo(self._left), chat.send_text("/squish"))

    def _again(self, chat: Chat) -> None:
        """Press Again under a finished video; ask for a new one if there is none."""
        found = self._button(AGAIN)
        if found is None:
            self._caption(chat)
        else:
            self._note(found[0], found[1])

    def _note(self, chat: Chat, *messages: int, video: bool = True) -> None:
        self.requests.append(Request(chat, messages, video))

    # ------------------------------------------------------------ second thoughts
    def cancel_one(self) -> None:
        """Let a person who still can cancel do so, by button or command."""
        if self._random.random() < 0.5:
            self._button(self._random.choice((CANCEL, WITHHOLD, WITHHOLD, POST)))
            return
        chat = self._random.choice([chat for chat in self._chats if chat.kind == "private"])
        self._note(chat, chat.send_text("/cancel"), video=False)

    def answer_questions(self, undecided: Collection[tuple[int, int | None]]) -> None:
        """Let everyone who is asked whether to try again decide.

        Who did not want the video posted was not asked that; they change their mind, and are asked then. `undecided`
        has the chats and the status messages of the jobs that wait for somebody's word.
        """
        for chat, message_id, _ in list(self._buttons(POST)):
            if (chat.id, message_id) in undecided:
                self._press(chat, message_id, POST)
        for chat, message_id, _ in list(self._buttons(TRY_AGAIN)):
            self._press(chat, message_id, self._random.choice((TRY_AGAIN, LEAVE)))

    def _button(self, text: str) -> tuple[Chat, int] | None:
        """Press a button with this label that was not pressed before; return where it was."""
        found = list(self._buttons(text))
        if not found:
            return None
        chat, message_id, _ = self._random.choice(found)
        self._press(chat, message_id, text)
        return chat, message_id

    def _buttons(self, text: str) -> Iterator[tuple[Chat, int, int]]:
        for chat in self._chats:
            for message_id, post in chat.stored_messages.items():
                rows = post.raw.get("reply_markup", {}).get("inline_keyboard", ())
                place = (chat.id, message_id, 0 if text == AGAIN else len(post.versions))
                if place not in self._touched and any(button["text"] == text for row in rows for button in row):
                    yield chat, message_id, place[2]

    def _press(self, chat: Chat, message_id: int, text: str) -> None:
        versions = len(chat.stored_messages[message_id].versions)
        self._touched.add((chat.id, message_id, 0 if text == AGAIN else versions))
        self.presses.append(Press(chat, text, chat.press(message_id, text, by=chat.owner)))


def _picture(colour: str) -> bytes:
    """Return a JPEG that is just big enough for the service."""
    file = io.BytesIO()
    Image.new("RGB", (320, 320), colour).save(file, "JPEG")
    return file.getvalue()
