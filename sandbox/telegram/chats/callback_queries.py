"""Callback queries: presses of buttons, and the answers to them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sandbox.telegram.formats.errors import QUERY_TOO_OLD, bad_request
from sandbox.telegram.formats.keyboards import buttons

if TYPE_CHECKING:
    from sandbox.telegram.chats.messages import StoredMessage
    from sandbox.telegram.state.accounts import Person
    from sandbox.telegram.state.calls import CallbackAnswer
    from sandbox.telegram.state.shared import SharedState


class CallbackQueries:
    """The callback queries that can still be answered, and the answers."""

    def __init__(self, shared: SharedState) -> None:
        self._shared = shared
        self._open_ids: set[str] = set()
        self.answers: dict[str, CallbackAnswer] = {}

    def press(
        self,
        person: Person,
        stored: StoredMessage,
        text: str | None,
        data: str | None,
        *,
        chat_instance: int,
        **source: Any,
    ) -> str:
        """Press a button under a message; `source` is its `message` or `inline_message_id`.

        Raises:
            AssertionError: there is no such button.
        """
        sent = data if data is not None else _button_data(stored, text)
        query_id = str(self._shared.next_number())
        self._open_ids.add(query_id)
        query = {"id": query_id, "from": person.user(), "chat_instance": str(chat_instance), "data": sent, **source}
        self._shared.updates.push("callback_query", query)
        return query_id

    def answer(self, query_id: str, answer: CallbackAnswer) -> None:
        """Record the answer that the person sees.

        Raises:
            ApiError: there is no such query, or it is too old.
        """
        if query_id not in self._open_ids:
            raise bad_request(QUERY_TOO_OLD)
        self.answers[query_id] = answer

    def expire(self, query_id: str) -> None:
        """Make a query too old to be answered."""
        self._open_ids.discard(query_id)


def _button_data(stored: StoredMessage, text: str | None) -> str:
    visible = [button for row in buttons(stored.raw) for button in row]
    for button in visible:
        if button.text == text and button.data is not None:
            return button.data
    raise AssertionError(f"no button {text!r} to press; there are: {[button.text for button in visible]}")
