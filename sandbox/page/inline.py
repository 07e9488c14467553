"""Inline mode on the page: the results that the bot offers for `@bot …`, and the choice of one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sandbox.page.actions import ActionRefused, chat_of, member_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sandbox.telegram import FakeTelegram

_TIMEOUT_S = 6.0  # seconds
_MAX_QUERY_LENGTH = 256  # characters (Bot API: InlineQuery.query)


async def send_query(telegram: FakeTelegram, action: Mapping[str, Any]) -> dict[str, Any]:
    """Type something after the bot's name, and wait for the results.

    Raises:
        ActionRefused: inline mode is off, there is no such chat or person, or the bot does not answer.
    """
    if not telegram.account.inline:
        raise ActionRefused("This bot has no inline mode.")
    person = telegram.people.get(action["by"])
    if person is None:
        raise ActionRefused("There is nobody of that name.")
    text, offset = str(action["query"])[:_MAX_QUERY_LENGTH], str(action.get("offset") or "")
    query_id = telegram.send_inline_query(person, text, _chat_type(telegram, action["chat"]), offset)
    try:
        await telegram.wait(lambda now: query_id in now.inline_answers, timeout=_TIMEOUT_S)
    except TimeoutError as error:
        raise ActionRefused("The bot offers nothing.") from error
    answer = telegram.inline_answers[query_id]
    results = [_result(telegram, one) for one in answer.results]
    return {"query": query_id, "results": results, "button": answer.button, "next": answer.next_offset}


def choose_result(telegram: FakeTelegram, action: Mapping[str, Any]) -> dict[str, Any]:
    """Send one of the results to the chat.

    Raises:
        ActionRefused: there is no such chat or person, or the result is no longer offered.
    """
    chat = chat_of(telegram, action["chat"])
    person = member_of(chat, action["by"])
    answer = telegram.inline_answers.get(str(action["query"]))
    if answer is None or not any(one["id"] == action["result"] for one in answer.results):
        raise ActionRefused("That is not offered any more.")
    return {"id": telegram.choose_inline_result(person, str(action["query"]), str(action["result"]), chat)}


def _chat_type(telegram: FakeTelegram, chat_id: int) -> str:
    """Return the type of the chat (Bot API: InlineQuery.chat_type)."""
    return "sender" if chat_id in telegram.people else chat_of(telegram, chat_id).kind


def _result(telegram: FakeTelegram, result: Mapping[str, Any]) -> dict[str, Any]:
    """Return a result as the page shows it, without images from elsewhere: the page loads nothing from there."""
    file_id = next((result[key] for key in ("video_file_id", "photo_file_id") if key in result), None)
    is_stored = file_id is not None and telegram.files.by_id(file_id) is not None
    return {
        "id": result["id"],
        "title": result.get("title") or result["type"].capitalize(),
        "description": result.get("description", ""),
        "video": f"/media/{file_id}" if is_stored and "video_file_id" in result else None,
        "picture": f"/media/{file_id}" if is_stored and "photo_file_id" in result else None,
    }
