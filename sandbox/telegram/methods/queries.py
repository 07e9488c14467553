"""answerCallbackQuery, answerInlineQuery, answerGuestQuery."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sandbox.telegram.chats.inline import InlineAnswer
from sandbox.telegram.formats.errors import bad_request
from sandbox.telegram.state.calls import CallbackAnswer

if TYPE_CHECKING:
    from sandbox.telegram.formats.params import Params
    from sandbox.telegram.server_state import ServerState


def answer_callback_query(state: ServerState, params: Params) -> bool:
    """Bot API: answerCallbackQuery, a text of at most 200 characters."""
    text = params.string("text")
    if len(text) > 200:
        raise bad_request("MESSAGE_TOO_LONG")
    answer = CallbackAnswer(text, params.boolean("show_alert"), params.string("url"))
    state.callback_queries.answer(params.string("callback_query_id"), answer)
    return True


def answer_inline_query(state: ServerState, params: Params) -> bool:
    """Bot API: answerInlineQuery."""
    results = params.json("results")
    if not isinstance(results, list):
        raise bad_request("can't parse inline query results: expected an Array of InlineQueryResult")
    button = params.json("button")
    if button is not None and "start_parameter" in button and not 1 <= len(button["start_parameter"]) <= 64:
        raise bad_request("START_PARAM_INVALID")
    cache_time = params.integer("cache_time", 300)
    personal, next_offset = params.boolean("is_personal"), params.string("next_offset")
    answer = InlineAnswer(results, button, cache_time, personal, next_offset)
    state.inline.answer_query(params.string("inline_query_id"), answer)
    return True


def answer_guest_query(state: ServerState, params: Params) -> dict[str, str]:
    """Bot API 10.0: answerGuestQuery. There is one answer, which is edited later by its `inline_message_id`."""
    result = params.json("result")
    if not isinstance(result, dict):
        raise bad_request("can't parse inline query result: expected an Object")
    message_id = state.inline.answer_guest_query(params.string("guest_query_id"), result)
    return {"inline_message_id": message_id}
