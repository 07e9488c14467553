"""The methods of the Bot API that the fake server supports, by name in lower case (names ignore case)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sandbox.telegram.formats.params import Params
from sandbox.telegram.methods import account, edit, files, members, queries, send, updates
from sandbox.telegram.server_state import ServerState

Method = Callable[[ServerState, Params], Any]
"""Performs a call: returns the `result`, or a coroutine of it; raises `ApiError`."""

_METHODS: dict[str, Method] = {
    "getMe": account.get_me,
    "logOut": account.log_out,
    "close": account.log_out,
    "setMyCommands": account.set_my_commands,
    "getMyCommands": account.get_my_commands,
    "deleteMyCommands": account.delete_my_commands,
    "setMyName": account.setter("name"),
    "getMyName": account.getter("name"),
    "setMyDescription": account.setter("description"),
    "getMyDescription": account.getter("description"),
    "setMyShortDescription": account.setter("short_description"),
    "getMyShortDescription": account.getter("short_description"),
    "getUpdates": updates.get_updates,
    "setWebhook": updates.set_webhook,
    "deleteWebhook": updates.delete_webhook,
    "getWebhookInfo": updates.get_webhook_info,
    "getFile": files.get_file,
    "getUserProfilePhotos": files.get_user_profile_photos,
    "sendMessage": send.send_message,
    "sendPhoto": send.send_photo,
    "sendVideo": send.send_video,
    "sendDocument": send.send_document,
    "sendMediaGroup": send.send_media_group,
    "sendChatAction": send.send_chat_action,
    "copyMessage": send.copy_message,
    "forwardMessage": send.forward_message,
    "editMessageText": edit.edit_message_text,
    "editMessageCaption": edit.edit_message_caption,
    "editMessageMedia": edit.edit_message_media,
    "editMessageReplyMarkup": edit.edit_message_reply_markup,
    "deleteMessage": edit.delete_message,
    "deleteMessages": edit.delete_messages,
    "setMessageReaction": edit.set_message_reaction,
    "getChat": members.get_chat,
    "getChatMember": members.get_chat_member,
    "getChatAdministrators": members.get_chat_administrators,
    "getChatMemberCount": members.get_chat_member_count,
    "leaveChat": members.leave_chat,
    "answerCallbackQuery": queries.answer_callback_query,
    "answerInlineQuery": queries.answer_inline_query,
    "answerGuestQuery": queries.answer_guest_query,
}
METHODS = {name.lower(): method for name, method in _METHODS.items()}
