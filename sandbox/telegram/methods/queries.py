"""answerCallbackQuery, answerInlineQuery, answerGuestQuery."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sandbox.telegram.chats.inline import InlineAnswer
from sandbox.telegram.formats.errors import bad_request
from sandbox.telegram.state.calls import CallbackAnswer

if TYPE_CHECKING:
    from sandbox.telegram.formats.params import Params
    from sandbox.telegram.server_state import World


def answer_callback_query(world: World, params: Params) -> bool:
    """Bot API: answerCallbackQuery: a text of at most 200 characters."""
    text = params.text("text")
    if len(text) > 200:
        raise bad_request("MESSAGE_TOO_LONG")
    answer = CallbackAnswer(text, params.flag("show_alert"), params.text("url"))
    world.queries.answer(params.text("callback_query_id"), answer)
    return True


def answer_inline_query(world: World, params: Params) -> bool:
    """Bot API: answerInlineQuery."""
    results = params.structure("results")
    if not isinstance(results, list):
        raise bad_request("can't parse inline query results: expected an Array of InlineQueryResult")
    button = params.structure("button")
    if button is not None and "start_parameter" in button and not 1 <= len(button["start_parameter"]) <= 64:
        raise bad_request("START_PARAM_INVALID")
    cache_time = params.integer("cache_time", 300)
    personal, next_offset = params.flag("is_personal"), params.text("next_offset")
    answer = InlineAnswer(results, button, cache_time, personal, next_offset)
    world.inline.answer(params.text("inline_query_id"), answer)
    return True


def answer_guest_query(world: World, params: Params) -> dict[str, str]:
    """Bot API 10.0: answerGuestQuery: one answer, edited later by its `inline_message_id`."""
    result = params.structure("result")
    if not isinstance(result, dict):
        raise bad_request("can't parse inline query result: expected an Object")
    message_id = world.inline.answer_guest(params.text("guest_query_id"), result)
    return {"inline_message_id": message_id}
