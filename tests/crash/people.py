"""People: what they ask for, and how they react to the bot's messages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sandbox.photos import photo
from storage.models import State
from tests.crash.evidence import Press, Request

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from sandbox.telegram import Chat, FakeTelegram, Person
    from sandbox.telegram.chats.messages import StoredMessage

    Action = Callable[[Chat, int], None]

AGAIN, CANCEL, TRY_AGAIN, LEAVE = "🔁 Again", "Cancel", "🔁 Try again", "Leave it"
WITHHOLD, POST = "Don't post it", "Post it"
CONFIRM_QUESTION = "Shall I send them again?"
"""What a person is asked whose submit was not found."""
_MADE = frozenset({State.DELIVERED})


@dataclass(frozen=True, slots=True)
class Reaction:
    """What a person does when a message of the bot says something.

    Attributes:
        words: the message says one of these.
        deed: what the person does; it is called with the chat and the message's id.
        each_time: react to every version of every such message, not only to the first.
    """

    words: tuple[str, ...]
    deed: Action
    each_time: bool = False


class People:
    """Everyone who uses the bot.

    Attributes:
        requests: what they have asked for, in order.
        presses: the buttons that they have pressed.
    """

    def __init__(self, telegram: FakeTelegram) -> None:
        self.requests: list[Request] = []
        self.presses: list[Press] = []
        self._telegram = telegram
        self._habits: list[tuple[Chat, Reaction]] = []
        self._done: set[tuple[int, ...]] = set()

    # ------------------------------------------------------------ asking
    def new_chat(self, decides: str = TRY_AGAIN) -> Chat:
        """Return the private chat of a new person, who presses `decides` if asked whether to try again."""
        number = len(self._telegram.people) + 1
        chat = self._telegram.private_chat(self._telegram.add_person(f"Person {number}", language_code="en"))
        self.add_reaction(chat, Reaction((CONFIRM_QUESTION,), self.pressing(decides), each_time=True))
        return chat

    def request_one_photo(self, chat: Chat, ends: Iterable[State] = _MADE) -> Request:
        """Ask for a video of one photo."""
        return self.record(Request(chat, (_squish(chat),), video=True, ends=frozenset(ends)))

    def request_over_limit(self, chat: Chat, words: str) -> Request:
        """Ask for a video of one photo, which is refused in these words."""
        return self.record(Request(chat, (_squish(chat),), video=False, words=words))

    def request_album(self, chat: Chat) -> Request:
        """Ask for a video of two photos, sent as an album."""
        return self.record(
            Request(chat, tuple(chat.send_album([photo("ada"), photo("ben")], "/hug")), video=True, ends=_MADE)
        )

    def press_again(self, chat: Chat) -> Request:
        """Press "Again" under the newest video. The answer is a reply to it."""
        newest = max(message_id for message_id, post in chat.stored_messages.items() if "video" in post.raw)
        self.pressing(AGAIN)(chat, newest)
        return self.record(Request(chat, (newest,), video=True, ends=_MADE))

    def request_help(self, chat: Chat) -> Request:
        """Ask for help."""
        return self.record(Request(chat, (chat.send_text("/help"),), video=False))

    def record(self, asked: Request) -> Request:
        """Record a request."""
        self.requests.append(asked)
        return asked

    # ------------------------------------------------------------ reading
    def pressing(self, button: str, by: Person | None = None) -> Action:
        """Return an action that presses this button of a message; in a group, name the person."""

        def press(chat: Chat, message_id: int) -> None:
            self.presses.append(Press(chat, button, chat.press(message_id, button, by=by)))

        return press

    def add_reaction(self, chat: Chat, habit: Reaction) -> None:
        """Let the person in this chat react so from now on."""
        self._habits.append((chat, habit))

    def react(self) -> None:
        """Let everyone read their chat and react."""
        for number, (chat, habit) in list(enumerate(self._habits)):
            for message_id, post in list(chat.stored_messages.items()):
                time = (number, message_id, len(post.versions)) if habit.each_time else (number,)
                if time not in self._done and _says(post, habit.words):
                    self._done.add(time)
                    habit.deed(chat, message_id)


def _says(post: StoredMessage, words: tuple[str, ...]) -> bool:
    return post.sender == "bot" and any(some in post.raw.get("text", "") for some in words)


def _squish(chat: Chat) -> int:
    return chat.send_photo(photo("coffee"), "/squish")
