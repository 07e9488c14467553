"""The controls of the fake Telegram: what people, Telegram and BotFather do, for tests and for the demo."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from sandbox.telegram.app import create_app
from sandbox.telegram.chat_controls import ChatControls
from sandbox.telegram.chats.chat import Chat, as_replied_message
from sandbox.telegram.chats.chat_state import Topic
from sandbox.telegram.formats.entities import find_entities
from sandbox.telegram.state.accounts import BotAccount, Person

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from sandbox.telegram.chats.chat_state import Kind
    from sandbox.telegram.chats.inline import InlineAnswer
    from sandbox.telegram.chats.messages import MessageSnapshot
    from sandbox.telegram.state.calls import CallbackAnswer

_SUPERGROUP_OFFSET = -1_000_000_000_000


class FakeTelegram(ChatControls):
    """A Telegram with one bot in it.

    `app` is the ASGI application; serve it with `sandbox.http.server.Server`.
    """

    def __init__(
        self,
        token: str = "1000001:sandbox-token",  # noqa: S107 - nothing is behind it
        username: str = "kling_sandbox_bot",
        *,
        privacy: bool = True,
        inline: bool = True,
        guest: bool = True,
        inline_feedback: bool = True,
        clock: Callable[[], float] = time.time,
    ) -> None:
        bot_id = int(token.partition(":")[0])
        super().__init__(token, BotAccount(bot_id, "Kling", username, privacy, inline, guest, inline_feedback), clock)
        self.app = create_app(self)

    # ------------------------------------------------------------ people and chats
    def add_person(
        self,
        first_name: str,
        *,
        username: str | None = None,
        language_code: str | None = None,
        last_name: str | None = None,
        profile_photo: bytes | None = None,
    ) -> Person:
        """Add someone with a Telegram account."""
        person = Person(
            700_000_001 + len(self.people),
            first_name,
            last_name,
            username,
            language_code,
            profile_photo=profile_photo,
        )
        self.people[person.id] = person
        return person

    def private_chat(self, person: Person) -> Chat:
        """Open the private chat between a person and the bot: the person has pressed Start."""
        person.has_started_bot = True
        if person.id not in self.chats:
            self._add_chat(person.id, "private", person.first_name, [person])
        return self.chats[person.id]

    def add_group(
        self,
        title: str,
        members: Sequence[Person],
        *,
        supergroup: bool = True,
        topics: bool = False,
        admins: Iterable[Person] = (),
        bot_admin: bool = False,
        other_bots: bool = False,
    ) -> Chat:
        """Add a group with the bot in it; the first member owns it.

        With `other_bots`, another bot was the last to write there, so that a command without a name is not for ours.
        """
        serial = 4_000_001 + len(self.chats)
        chat_id = _SUPERGROUP_OFFSET - serial if supergroup else -serial
        chat = self._add_chat(chat_id, "supergroup" if supergroup else "group", title, members)
        chat.is_forum = topics
        if topics:
            chat.next_message_id()  # the first message of a forum is its topic General
        chat.admins = {person.id for person in admins}
        chat.bot_status = "administrator" if bot_admin else "member"
        chat.bot_spoke_last = not other_bots
        return chat

    def add_group_without_bot(self, title: str, members: Sequence[Person]) -> Chat:
        """Add a group that the bot was never in; only inline mode and guest mode reach the bot from there."""
        chat = self.add_group(title, members)
        chat.bot_status = "stranger"
        return chat

    def add_channel(self, title: str) -> Chat:
        """Add a channel with the bot as an administrator."""
        chat_id = _SUPERGROUP_OFFSET - 4_000_001 - len(self.chats)
        chat = self._add_chat(chat_id, "channel", title, ())
        chat.bot_status = "administrator"
        return chat

    def _add_chat(self, chat_id: int, kind: Kind, title: str, members: Sequence[Person]) -> Chat:
        chat = Chat(self, self.callback_queries, self.inline, chat_id=chat_id, kind=kind, title=title, members=members)
        self.chats[chat_id] = chat
        return chat

    def add_topic(self, group: Chat, name: str, by: Person | None = None) -> int:
        """Open a topic in a forum; return its `message_thread_id`."""
        thread_id = group.add_service_message(by, forum_topic_created={"name": name, "icon_color": 7322096})
        group.topics[thread_id] = Topic(group.stored_message(thread_id).raw)
        return thread_id

    def close_topic(self, group: Chat, thread_id: int) -> None:
        """Close a topic, so that messages to it are refused."""
        group.topics[thread_id].closed = True

    def delete_topic(self, group: Chat, thread_id: int) -> None:
        """Delete a topic with all its messages."""
        del group.topics[thread_id]
        message_ids = [
            message.raw["message_id"] for message in group.stored_messages.values() if _is_in(message.raw, thread_id)
        ]
        for message_id in message_ids:
            group.remove_message(message_id)

    def block(self, person: Person) -> None:
        """Block the bot in a person's name."""
        if not person.has_blocked_bot:
            person.has_blocked_bot = True
            self.push_bot_status(self.private_chat(person), person, "member", "kicked")

    def unblock(self, person: Person) -> None:
        """Unblock the bot in a person's name."""
        if person.has_blocked_bot:
            person.has_blocked_bot = False
            self.push_bot_status(self.private_chat(person), person, "kicked", "member")

    def migrate(self, group: Chat) -> Chat:
        """Turn a group into a supergroup, which has a new id; calls with the old id are refused from now on."""
        members = list(group.members.values())
        new = self.add_group(group.title, members, bot_admin=group.bot_status == "administrator")
        new.admins = group.admins
        group.add_service_message(migrate_to_chat_id=new.id)
        group.migrated_to = new.id
        new.add_service_message(migrate_from_chat_id=group.id)
        return new

    # ------------------------------------------------------------ buttons, inline and guest mode
    @property
    def callback_answers(self) -> dict[str, CallbackAnswer]:
        """The answers to callback queries, by the query id that `press` returned."""
        return self.callback_queries.answers

    def send_inline_query(self, person: Person, text: str, chat_type: str = "group", offset: str = "") -> str:
        """Type `@thebot text` in a chat, or scroll on from `offset`; return the query's id."""
        return self.inline.send_query(person, text, chat_type, offset)

    @property
    def inline_answers(self) -> dict[str, InlineAnswer]:
        """The answers to inline queries, by the query's id."""
        return self.inline.answers

    def choose_inline_result(self, person: Person, query_id: str, result_id: str, chat: Chat | None = None) -> str:
        """Choose a result, in a chat of this server or in any other; return the new message's `inline_message_id`."""
        return self.inline.choose_result(person, query_id, result_id, chat)

    @property
    def inline_messages(self) -> dict[str, MessageSnapshot]:
        """The messages of inline mode and guest mode as people see them, by `inline_message_id`."""
        return self.inline.snapshots

    def press_inline(
        self, person: Person, inline_message_id: str, text: str | None = None, *, data: str | None = None
    ) -> str:
        """Press a button under an inline message; return the callback query's id."""
        return self.inline.press(person, inline_message_id, text, data)

    def send_guest_message(
        self, person: Person, text: str, *, photo: bytes | None = None, reply_to_photo: bytes | None = None
    ) -> str:
        """Mention the bot in a group that it is not a member of (Bot API 10.0); return the guest query's id.

        With `photo`, `text` is its caption.
        """
        query_id = self.inline.open_guest_query(person)
        chat = {"id": _SUPERGROUP_OFFSET - 9_000_001, "type": "supergroup", "title": "Elsewhere"}
        message: dict[str, Any] = {"date": self.now(), "chat": chat, "from": person.user()}
        body: dict[str, Any] = {"text": text, "entities": find_entities(text)}
        if photo is not None:
            body = {
                "photo": self.files.add_photo(photo).api_object,
                "caption": text,
                "caption_entities": find_entities(text),
            }
        if reply_to_photo is not None:
            original = {"message_id": self.next_message_id(), "photo": self.files.add_photo(reply_to_photo).api_object}
            body["reply_to_message"] = as_replied_message(message) | original
        message_id = self.next_message_id()
        self.updates.push("guest_message", message | body | {"message_id": message_id, "guest_query_id": query_id})
        return query_id

    @property
    def guest_answers(self) -> dict[str, str]:
        """The `inline_message_id` of each answer, by the guest query's id."""
        return self.inline.guest_answers

    def expire_query(self, query_id: str) -> None:
        """Make a callback, inline or guest query too old to be answered."""
        self.callback_queries.expire(query_id)
        self.inline.expire(query_id)

    # ------------------------------------------------------------ the server
    @property
    def commands(self) -> dict[tuple[str, str], list[dict[str, Any]]]:
        """The commands that setMyCommands set, by scope (`default`, `all_group_chats`, `chat:42`) and language code."""
        return self.account.commands

    def push_update(self, update: dict[str, Any]) -> None:
        """Send the bot any update, with its own `update_id`: a malformed one, a duplicate, one with a lower id."""
        self.updates.put(update, injected=True)

    async def wait(
        self,
        predicate: Callable[[FakeTelegram], bool],
        timeout: float = 60,  # noqa: ASYNC109 - the error describes what there is
    ) -> None:
        """Wait until `predicate` is true of the server; it is evaluated after every call and every change.

        Raises:
            TimeoutError: it was not true within `timeout` seconds; the message lists the last calls.
        """
        await self._waiters.wait_until(lambda _: predicate(self), [self], timeout, self._last_calls)

    def _last_calls(self) -> str:
        lines = [f"{call.method} {call.params} -> {call.answer}" for call in self.calls[-20:]]
        return "\n".join(lines) or "(no calls)"

    async def aclose(self) -> None:
        """Stop delivering to the webhook; `Server` does this too."""
        await self.webhook.stop()


def _is_in(raw: dict[str, Any], thread_id: int) -> bool:
    return raw["message_id"] == thread_id or raw.get("message_thread_id") == thread_id
