"""Who was seen: people in updates, remembered when they are new or have another name than before."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING

from telegram import Message, MessageEntity

from storage.users import KnownUser

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from telegram import Update, User

_MAX_USERS = 10_000  # people kept in memory
_REFRESH_INTERVAL_S = 86_400.0  # seconds after which somebody who was seen again is noted again
_SERVICE_ACCOUNT_ID = 777_000  # the account that forwards a channel's posts


class SeenUsers:
    """People of late, kept in memory, so that an update of somebody known costs no write."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._known: OrderedDict[int, tuple[KnownUser, float]] = OrderedDict()
        self._unsaved: dict[int, KnownUser] = {}

    def observe(self, update: Update) -> None:
        """Look who is in an update."""
        for user in _users_in(update):
            seen = KnownUser(user.id, user.username.lower() if user.username else None, user.first_name)
            before = self._known.get(user.id)
            if before is not None and before[0] == seen and self._clock() - before[1] < _REFRESH_INTERVAL_S:
                self._known.move_to_end(user.id)
                continue
            self._known[user.id] = (seen, self._clock())
            self._unsaved[user.id] = seen
            if len(self._known) > _MAX_USERS:
                self._known.popitem(last=False)

    def drain(self) -> list[KnownUser]:
        """Those whom the database does not know so yet; the caller commits them."""
        unsaved, self._unsaved = list(self._unsaved.values()), {}
        return unsaved


def _users_in(update: Update) -> Iterator[User]:
    """Everybody in an update who is a person."""
    message = update.effective_message
    users = [update.effective_user]
    if isinstance(message, Message):
        users += message.new_chat_members
        users += [entity.user for entity in (*message.entities, *message.caption_entities) if _is_text_mention(entity)]
        if message.reply_to_message is not None:
            users.append(message.reply_to_message.from_user)
    for user in users:
        if user is not None and not user.is_bot and user.id != _SERVICE_ACCOUNT_ID:
            yield user


def _is_text_mention(entity: MessageEntity) -> bool:
    return entity.type == MessageEntity.TEXT_MENTION
