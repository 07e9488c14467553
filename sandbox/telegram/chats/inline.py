"""Inline mode and guest mode: queries, the bot's answers, and the messages that result."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from sandbox.telegram.chats.messages import MessageSnapshot, StoredMessage, snapshot
from sandbox.telegram.formats.entities import utf16_slice
from sandbox.telegram.formats.errors import QUERY_TOO_OLD, bad_request
from sandbox.telegram.formats.keyboards import inline_keyboard, validated_markup
from sandbox.telegram.formats.texts import caption_fields, text_fields

if TYPE_CHECKING:
    from sandbox.telegram.chats.callback_queries import CallbackQueries
    from sandbox.telegram.state.accounts import Person
    from sandbox.telegram.state.shared import SharedState

QUERY_LIFETIME_S = 30
"""How long an inline query can be answered."""
MAX_RESULTS = 50
"""How many results one answer may have (Bot API: answerInlineQuery)."""
_REQUIRED_FIELDS = {
    "video_file_id": ("title",),
    "video_url": ("title", "mime_type", "thumbnail_url"),
    "article": ("title", "input_message_content"),
}


class InlineChat(Protocol):
    """A chat in which inline messages and guest answers appear."""

    def add_inline_message(self, person: Person, raw: dict[str, Any], inline_id: str) -> StoredMessage:
        """Add a message that a person sends via the bot."""
        ...

    def add_guest_answer(self, question: dict[str, Any], raw: dict[str, Any], inline_id: str) -> StoredMessage:
        """Add the bot's answer to a message that mentioned it here."""
        ...

    def add_version(self, post: StoredMessage, raw: dict[str, Any], markup: dict[str, Any] | None = None) -> None:
        """Add a new version of a message."""
        ...


@dataclass(frozen=True, slots=True)
class InlineAnswer:
    """What a person sees above the text field."""

    results: list[dict[str, Any]]
    button: dict[str, Any] | None
    cache_time: int
    is_personal: bool
    next_offset: str = ""


@dataclass(frozen=True, slots=True)
class _GuestQuery:
    """Who mentioned the bot, and in which message of which chat, if that chat is on this server."""

    person: Person
    chat: InlineChat | None = None
    message: dict[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class _InlineQuery:
    person: Person
    text: str
    asked_at: float


class InlineMode:
    """The inline queries and guest queries that are open, and the messages that were sent via the bot."""

    def __init__(self, shared: SharedState, queries: CallbackQueries) -> None:
        self._shared = shared
        self._callback_queries = queries
        self._queries: dict[str, _InlineQuery] = {}
        self._guest_queries: dict[str, _GuestQuery] = {}
        self._chats: dict[StoredMessage, InlineChat] = {}
        self.answers: dict[str, InlineAnswer] = {}
        self.guest_answers: dict[str, str] = {}
        self.stored_messages: dict[str, StoredMessage] = {}

    @property
    def snapshots(self) -> dict[str, MessageSnapshot]:
        """What people see now, by `inline_message_id`."""
        return {message_id: snapshot(stored, self._shared.files) for message_id, stored in self.stored_messages.items()}

    def send_query(self, person: Person, text: str, chat_type: str, offset: str = "") -> str:
        """Type something after the bot's name, or scroll on from `offset`; return the query's id.

        The bot gets the query only if inline mode is on.
        """
        query_id = str(self._shared.next_number())
        self._queries[query_id] = _InlineQuery(person, text, self._shared.clock())
        query = {"id": query_id, "from": person.user(), "query": text, "offset": offset, "chat_type": chat_type}
        if self._shared.account.inline:
            self._shared.updates.push("inline_query", query)
        return query_id

    def expire(self, query_id: str) -> None:
        """Make a query too old to be answered."""
        self._queries.pop(query_id, None)
        self._guest_queries.pop(query_id, None)

    def answer_query(self, query_id: str, answer: InlineAnswer) -> None:
        """Show results to the person who sent the query.

        Raises:
            ApiError: there is no such query, it is too old, or Telegram refuses the results.
        """
        query = self._queries.get(query_id)
        if query is None or self._shared.clock() - query.asked_at > QUERY_LIFETIME_S:
            raise bad_request(QUERY_TOO_OLD)
        check_results(answer.results)
        for result in answer.results:
            self._message_of(result)
        self.answers[query_id] = answer
        self._shared.notify()

    def choose_result(self, person: Person, query_id: str, result_id: str, chat: InlineChat | None = None) -> str:
        """Send a result to a chat, of this server or any other; return the message's `inline_message_id`.

        The bot is told only if inline feedback is on, and gets the id only if the result has buttons.
        """
        result = next(one for one in self.answers[query_id].results if one["id"] == result_id)
        message_id, raw = self._new_inline_message_id(person), self._message_of(result)
        if chat is None:
            self.stored_messages[message_id] = StoredMessage(
                "bot", [raw], raw.get("reply_markup"), inline_id=message_id
            )
        else:
            self._store(chat, chat.add_inline_message(person, raw, message_id))
        if self._shared.account.inline_feedback:
            chosen = {"result_id": result_id, "from": person.user(), "query": self._queries[query_id].text}
            fields = {"inline_message_id": message_id} if "reply_markup" in raw else {}
            self._shared.updates.push("chosen_inline_result", chosen | fields)
        return message_id

    def press(self, person: Person, message_id: str, text: str | None, data: str | None) -> str:
        """Press a button under an inline message; return the callback query's id."""
        stored = self.stored_messages[message_id]
        return self._callback_queries.press(
            person, stored, text, data, chat_instance=person.id, inline_message_id=message_id
        )

    def open_guest_query(
        self, person: Person, chat: InlineChat | None = None, message: dict[str, Any] | None = None
    ) -> str:
        """Open a guest query; return its id. If the chat is on this server, the answer will appear there."""
        query_id = str(self._shared.next_number())
        self._guest_queries[query_id] = _GuestQuery(person, chat, message)
        return query_id

    def push_guest_message(self, chat: InlineChat, raw: dict[str, Any]) -> None:
        """Send the bot a message that mentions it in a chat that it is not in (Bot API: guest_message)."""
        person = self._shared.people.get(raw["from"]["id"])
        if person is not None and self._shared.account.guest and "via_bot" not in raw and self._mentions_bot(raw):
            query_id = self.open_guest_query(person, chat, raw)
            self._shared.updates.push("guest_message", raw | {"guest_query_id": query_id})

    def _mentions_bot(self, raw: dict[str, Any]) -> bool:
        text, name = raw.get("text", raw.get("caption", "")), f"@{self._shared.account.username}"
        entities = raw.get("entities", raw.get("caption_entities", ()))
        mentions = (utf16_slice(text, one["offset"], one["length"]) for one in entities if one["type"] == "mention")
        return any(one.lower() == name.lower() for one in mentions)

    def answer_guest_query(self, query_id: str, result: dict[str, Any]) -> str:
        """Send the bot's one answer to a query query; return the message's `inline_message_id`.

        Raises:
            ApiError: there is no such query, it was answered before, or Telegram refuses the result.
        """
        query = self._guest_queries.get(query_id)
        if query is None:
            raise bad_request(QUERY_TOO_OLD)
        check_results([result])
        message_id, raw = self._new_inline_message_id(query.person), self._message_of(result)
        if query.chat is None or query.message is None:
            self.stored_messages[message_id] = StoredMessage(
                "bot", [raw], raw.get("reply_markup"), inline_id=message_id
            )
        else:
            self._store(query.chat, query.chat.add_guest_answer(query.message, raw, message_id))
        del self._guest_queries[query_id]
        self.guest_answers[query_id] = message_id
        self._shared.notify()
        return message_id

    def add_version(self, message: StoredMessage, raw: dict[str, Any], markup: dict[str, Any] | None) -> None:
        """Add a new version of an inline message."""
        if message in self._chats:
            self._chats[message].add_version(message, raw, markup)
            return
        message.versions.append(raw)
        message.markup = markup
        self._shared.notify()

    def _new_inline_message_id(self, person: Person) -> str:
        return f"AgAAA{self._shared.next_number():x}_{person.id}"

    def _store(self, chat: InlineChat, message: StoredMessage) -> None:
        if message.inline_id is not None:
            self.stored_messages[message.inline_id] = message
            self._chats[message] = chat

    def _message_of(self, result: dict[str, Any]) -> dict[str, Any]:
        """Return the message that a result stands for."""
        markup = inline_keyboard(validated_markup(result.get("reply_markup")))
        keyboard = {"reply_markup": markup} if markup else {}
        content = result.get("input_message_content")
        if content:
            return text_fields({**content, "text": content.get("message_text")}) | keyboard
        return self._media_of(result) | caption_fields(result) | keyboard

    def _media_of(self, result: dict[str, Any]) -> dict[str, Any]:
        for kind in ("video", "photo", "document", "animation"):
            name = "mpeg4_file_id" if kind == "animation" else f"{kind}_file_id"
            if name in result:
                stored = self._shared.files.by_id(result[name])
                if stored is None or stored.kind != kind:
                    raise bad_request("FILE_REFERENCE_INVALID")
                return {kind: stored.api_object}
            if f"{kind}_url" in result:
                return {f"{kind}_url": result[f"{kind}_url"]}
        raise bad_request("can't parse inline query result: unsupported inline query result type")


def check_results(results: list[dict[str, Any]]) -> None:
    """Refuse the results that Telegram refuses (Bot API: answerInlineQuery, InlineQueryResult).

    Raises:
        ApiError: there are too many results, an id is missing, too long or used twice, or a required field is missing.
    """
    if len(results) > MAX_RESULTS:
        raise bad_request("RESULTS_TOO_MUCH")
    ids = [str(result.get("id", "")) for result in results]
    if any(not 1 <= len(one.encode()) <= 64 for one in ids):
        raise bad_request("RESULT_ID_INVALID")
    if len(set(ids)) != len(ids):
        raise bad_request("RESULT_ID_DUPLICATE")
    for result in results:
        _check_fields(result)


def _check_fields(result: dict[str, Any]) -> None:
    kind = next((name for name in _REQUIRED_FIELDS if name in result), str(result.get("type")))
    for name in _REQUIRED_FIELDS.get(kind, ()):
        if not result.get(name):
            raise bad_request(f"can't parse inline query result: Can't find field \"{name}\"")
