"""A pretend Telegram: the Bot API over real HTTP, and the people who use it.

    tg = Telegram()
    async with Server(tg.app) as server:          # TELEGRAM_API_URL is server.url
        ada = tg.person("Ada", username="ada")
        chat = tg.private(ada)
        chat.photo(jpeg, caption="/squish")
        done = await chat.wait_for(lambda message: message.video is not None)

Its limits and refusals are those of the Bot API server (Bot API 10.0). Of formatting it knows HTML and
explicit entities. Commands made by a webhook's response body are not read.
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
