"""A fake Telegram: the Bot API over real HTTP, and the people who use it.

    telegram = FakeTelegram()
    async with Server(telegram.app) as server:    # TELEGRAM_API_URL is server.url
        ada = telegram.add_person("Ada", username="ada")
        chat = telegram.private_chat(ada)
        chat.send_photo(jpeg, caption="/squish")
        done = await chat.wait_for(lambda message: message.video is not None)

Its limits and errors are those of the Bot API server (Bot API 10.0). It supports HTML formatting and explicit
entities. It does not read method calls in the response to a webhook.
"""

from sandbox.telegram.chats.chat import Chat
from sandbox.telegram.chats.inline import InlineAnswer
from sandbox.telegram.chats.messages import MessageSnapshot
from sandbox.telegram.controls import FakeTelegram
from sandbox.telegram.formats.keyboards import Button
from sandbox.telegram.formats.params import Upload
from sandbox.telegram.state.accounts import Person
from sandbox.telegram.state.calls import Call, CallbackAnswer

__all__ = [
    "Button",
    "Call",
    "CallbackAnswer",
    "Chat",
    "FakeTelegram",
    "InlineAnswer",
    "MessageSnapshot",
    "Person",
    "Upload",
]
