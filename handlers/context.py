"""What every handler is given: the dependencies, the operator's policy, and what its update says."""

from __future__ import annotations

from contextvars import ContextVar
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Self

from telegram import CallbackQuery, Message, Update
from telegram.ext import CallbackContext, ExtBot

from handlers.message import ParsedCommand, parse_command, sender_id_of, sender_name_of

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping, Sequence

    from handlers.chat_members import ChatMembers
    from handlers.localization import LanguageOverrides, Locale, Locales
    from storage import Store
    from storage.limits import Limits
    from video.effects.catalogue import Catalogue
    from video.effects.effect import Effect
    from video.services.protocol import Account


STALE_AFTER = 600.0
"""Seconds after which a message or a press that asks for a video needs a tap before it is acted on."""

pressed_after: ContextVar[float] = ContextVar("pressed_after")
"""The earliest time at which the button of the update in hand can have been pressed (Unix seconds)."""


class Choices(StrEnum):
    """What people may choose about how their videos are made; admins may choose everything."""

    ALL = "true"
    SAME_PRICE = "same-price"
    """Only what costs no more than the operator's own choice."""
    NONE = "false"


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """The operator's settings that handlers need.

    Attributes:
        admin_ids: users who may use /balance and /stats, and to whom no limit applies.
        allowed_ids: people and groups who may use the bot; empty for everybody.
        limits: how many videos may be asked for, and for how much money.
        assumed_price_usd: what five seconds are taken to cost where the price is not known.
        own_choices: what every user may choose about how their videos are made.
        quality: the quality of effects, unless the user chose one.
        services_with_qualities: the video services that offer two qualities.
        animate_model: the image-to-video model, unless the user chose one.
        album_wait: seconds without a new photo after which an album counts as complete.
        keep_days: days for which finished jobs are kept.
        ai_label: whether the caption of a video says that it was made with AI.
        privacy_policy_url: the operator's own privacy policy; empty for the bot's text.
        terms_url: the operator's own terms; empty for the bot's text.
        services_country: where the video services process photos, for the policy; empty if the operator does not say.
    """

    admin_ids: frozenset[int]
    allowed_ids: frozenset[int]
    limits: Limits
    assumed_price_usd: float
    own_choices: Choices
    quality: str
    services_with_qualities: frozenset[str]
    animate_model: str
    album_wait: float
    keep_days: float
    ai_label: bool
    privacy_policy_url: str
    terms_url: str
    services_country: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Dependencies:
    """What handlers and use cases work with.

    Attributes:
        services: names of the configured video services, in order of preference.
        service_titles: their titles for people, by name, in the same order.
        fetch_balances: asks every service for the operator's balance.
        languages: the languages that users and groups chose in /settings.
        chat_members: who is in a group, and who administers it.
        clock: Unix time in seconds.
        telegram_time: the same by Telegram's clock, to compare with the dates of messages.
        new_id: returns a short id that cannot be guessed.
        wake: called after rows were written that a background worker waits for.
        forgotten: whose data was deleted by the updates in hand, which must not store that they were seen.
    """

    store: Store
    catalogue: Catalogue
    locales: Locales
    policy: Policy
    services: tuple[str, ...]
    service_titles: Mapping[str, str]
    fetch_balances: Callable[[], Awaitable[Sequence[Account]]]
    languages: LanguageOverrides
    chat_members: ChatMembers
    clock: Callable[[], float]
    telegram_time: Callable[[], float]
    new_id: Callable[[], str]
    wake: Callable[[], None]
    forgotten: set[int] = field(default_factory=set)

    def offers(self, effect: Effect) -> bool:
        """Return True if a configured service makes this effect."""
        return effect.first_service(self.services) is not None

    def knows(self, effect: Effect) -> bool:
        """Return True if a configured service makes this effect, or once did."""
        return any(service in effect.scenes for service in self.services)


class Context(CallbackContext[ExtBot[None], dict[Any, Any], dict[Any, Any], dict[Any, Any]]):
    """PTB's context, with the dependencies and what handlers read from their update.

    Attributes:
        deps: set on the subclass that `context_type` makes for one application.
        language: the language to answer in: the one that the group chose, else the one that the user chose, else the
            one that Telegram reports (an IETF tag), else English.
        telegram_language: the one that Telegram reports, None if it reports none.
    """

    deps: Dependencies
    language: str = "en"
    telegram_language: str | None = None
    _update: Update | None = None

    @classmethod
    def from_update(cls, update: object, application: Any) -> Self:
        """Make the context of an update; PTB calls this."""
        context = super().from_update(update, application)
        if isinstance(update, Update):
            context.bind(update)
        return context

    def bind(self, update: Update) -> None:
        """Take the update, and resolve the language to answer it in."""
        self._update = update
        self.telegram_language = update.effective_user.language_code if update.effective_user else None
        chosen = self.deps.languages.first_of(self._chat_id, self._user_id)
        self.language = chosen or self.telegram_language or "en"

    @property
    def locale(self) -> Locale:
        """The texts in `language`."""
        return self.deps.locales.get(self.language)

    @property
    def chat_id(self) -> int | None:
        """The chat of the message, or of the button that was pressed; None in inline mode."""
        return self._chat_id

    @property
    def is_guest(self) -> bool:
        """True for a message of guest mode, in whose chat the bot is no member."""
        return self._update is not None and self._update.guest_message is not None

    @property
    def message(self) -> Message:
        """The message that was sent, or the one whose button was pressed.

        Raises:
            TypeError: the update has no message, or Telegram no longer shows it to the bot.
        """
        message = self._update.effective_message if self._update else None
        if not isinstance(message, Message):
            raise TypeError("this update has no message")
        return message

    @property
    def command(self) -> ParsedCommand | None:
        """The command at the start of the message, None if there is none."""
        return parse_command(self.message, self.bot.username)

    @property
    def is_late(self) -> bool:
        """True if the message or the press came so long ago that the person may no longer want what it asks for."""
        update = self._update
        message = (update.message or update.guest_message) if update else None
        if message is not None:
            return self.deps.telegram_time() - message.date.timestamp() > STALE_AFTER
        now = self.deps.clock()
        return now - pressed_after.get(now) > STALE_AFTER

    @property
    def callback_query(self) -> CallbackQuery:
        """The press of a button.

        Raises:
            TypeError: the update is none.
        """
        if self._update is None or self._update.callback_query is None:
            raise TypeError("this update is no callback query")
        return self._update.callback_query

    @property
    def sender_id(self) -> int:
        """The id of who asks: a user, or the chat that an anonymous admin or a channel posts as.

        Raises:
            TypeError: nobody asks, or another bot does.
        """
        message = self._update.message if self._update else None
        sender_id = sender_id_of(message) if message else self._user_id
        if sender_id is None:
            raise TypeError("this update has no sender")
        return sender_id

    @property
    def sender_name(self) -> str:
        """The name that people see as the sender's."""
        if self._update is not None and self._update.message is not None:
            return sender_name_of(self._update.message)
        user = self._update.effective_user if self._update else None
        return user.first_name if user else ""


def context_type(deps: Dependencies) -> type[Context]:
    """Return the context class of one application."""
    return type("BoundContext", (Context,), {"deps": deps})
