"""Inline mode on the page: what the bot offers for `@bot …`, and the choice of a result."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sandbox.page.actions import ActionRefused, chat_of, member_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sandbox.telegram import FakeTelegram

_TIMEOUT_S = 6.0  # seconds
_MAX_QUERY_LENGTH = 256  # characters (Bot API: InlineQuery.query)


async def send_query(telegram: FakeTelegram, action: Mapping[str, Any]) -> dict[str, Any]:
    """Type something after the bot's name, and wait for what it offers.

    Raises:
        Impossible: inline mode is off, no such chat or person, or the bot does not answer.
    """
    if not telegram.account.inline:
        raise ActionRefused("This bot has no inline mode.")
    person = telegram.people.get(action["by"])
    if person is None:
        raise ActionRefused("There is nobody of that name.")
    words, offset = str(action["query"])[:_MAX_QUERY_LENGTH], str(action.get("offset") or "")
    query = telegram.send_inline_query(person, words, _chat_type(telegram, action["chat"]), offset)
    try:
        await telegram.wait(lambda now: query in now.inline_answers, timeout=_TIMEOUT_S)
    except TimeoutError as error:
        raise ActionRefused("The bot offers nothing.") from error
    answer = telegram.inline_answers[query]
    offered = [_result(telegram, one) for one in answer.results]
    return {"query": query, "results": offered, "button": answer.button, "next": answer.next_offset}


def choose_result(telegram: FakeTelegram, action: Mapping[str, Any]) -> dict[str, Any]:
    """Send one of the results to the chat.

    Raises:
        Impossible: no such chat or person, or the result is not offered any more.
    """
    chat = chat_of(telegram, action["chat"])
    person = member_of(chat, action["by"])
    answer = telegram.inline_answers.get(str(action["query"]))
    if answer is None or not any(one["id"] == action["result"] for one in answer.results):
        raise ActionRefused("That is not offered any more.")
    return {"id": telegram.choose_inline_result(person, str(action["query"]), str(action["result"]), chat)}


def _chat_type(telegram: FakeTelegram, chat_id: int) -> str:
    """Name the kind of chat (Bot API: InlineQuery.chat_type)."""
    return "sender" if chat_id in telegram.people else chat_of(telegram, chat_id).kind


def _result(telegram: FakeTelegram, one: Mapping[str, Any]) -> dict[str, Any]:
    """Describe a result; pictures from elsewhere are not shown, since the page loads nothing from elsewhere."""
    file = next((one[key] for key in ("video_file_id", "photo_file_id") if key in one), None)
    known = file is not None and telegram.files.by_id(file) is not None
    return {
        "id": one["id"],
        "title": one.get("title") or one["type"].capitalize(),
        "description": one.get("description", ""),
        "video": f"/media/{file}" if known and "video_file_id" in one else None,
        "picture": f"/media/{file}" if known and "photo_file_id" in one else None,
    }
