"""Which users were seen in updates: stored when they are new, were renamed, or were last stored a day ago."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING

from telegram import Message, MessageEntity, Update, User

from bot.pacing import DAY_S
from storage.people.users import KnownUser

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator


_MAX_ID = 2**63
_MAX_USERS = 10_000  # kept in memory
_REFRESH_INTERVAL_S = DAY_S
_SERVICE_ACCOUNT_ID = 777_000  # Telegram's own account, as which a channel's posts are forwarded to its group


class SeenUsers:
    """Remembers recent users in memory, so that an update from a known user costs no write."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._known: OrderedDict[int, tuple[KnownUser, float]] = OrderedDict()  # with the time of the last write
        self._unsaved: dict[int, KnownUser] = {}

    def observe(self, update: Update) -> None:
        """Take in the users of an update."""
        for user in _users_in(update):
            if not _can_be_stored(user):
                continue
            seen = KnownUser(user.id, user.username.lower() if user.username else None, user.first_name)
            before = self._known.get(user.id)
            if before is not None and before[0] == seen and self._clock() - before[1] < _REFRESH_INTERVAL_S:
                self._known.move_to_end(user.id)
                continue
            self._known[user.id] = (seen, self._clock())
            self._unsaved[user.id] = seen
            if len(self._known) > _MAX_USERS:
                self._known.popitem(last=False)

    def forget(self, people: Iterable[int]) -> None:
        """Forget users whose data was deleted; their next update makes them known again."""
        for person_id in people:
            self._known.pop(person_id, None)
            self._unsaved.pop(person_id, None)

    def drain(self) -> list[KnownUser]:
        """Return the users that the database does not know like this yet, and forget them; the caller commits them."""
        unsaved, self._unsaved = list(self._unsaved.values()), {}
        return unsaved


def _can_be_stored(user: User) -> bool:
    """Return False if an odd update gave a user values of other types, or an id that SQLite's integers don't hold."""
    texts = isinstance(user.first_name, str) and isinstance(user.username, str | None)
    return texts and isinstance(user.id, int) and abs(user.id) < _MAX_ID


def _users_in(update: Update) -> Iterator[User]:
    """Yield every user in an update who is a person: the sender, new members, mentions, the author replied to."""
    message = update.effective_message
    users = [update.effective_user]
    if isinstance(message, Message):
        users += message.new_chat_members
        users += [
            entity.user
            for entity in (*message.entities, *message.caption_entities)
            if entity.type == MessageEntity.TEXT_MENTION
        ]
        if message.reply_to_message is not None:
            users.append(message.reply_to_message.from_user)
    for user in users:
        if user is not None and not user.is_bot and user.id != _SERVICE_ACCOUNT_ID:
            yield user
