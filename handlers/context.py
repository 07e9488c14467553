"""What every handler is given."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from telegram.ext import CallbackContext, ExtBot

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping, Sequence

    from handlers.chat_members import ChatMembers
    from handlers.languages import LanguageOverrides
    from handlers.localization import Locale, Locales
    from storage import Store
    from storage.limits import Limits
    from video.effects.catalogue import Catalogue
    from video.effects.effect import Effect
    from video.services.protocol import Account


@dataclass(frozen=True, slots=True, kw_only=True)
class Dependencies:
    """The store, the words, and the operator's rules.

    Attributes:
        services: the configured video services, the preferred first; an effect is made by the first that has it.
        quality, animate_model: what new jobs are made with, unless the person has chosen.
        qualities: the services that know two qualities.
        own_choices: whether everyone may choose how their videos are made; admins may.
        tongues: the languages that people chose.
        titles: what the services are called, for people.
        accounts: asks every service what is left on the operator's account.
        keep_days: for how long finished jobs are remembered.
        album_wait: seconds of quiet that end an album.
        members: who is in a group, and who runs it.
        clock: Unix time in seconds.
        new_id: a short, unguessable id.
        wake: called when rows were written that somebody in the background waits for.
    """

    store: Store
    catalogue: Catalogue
    locales: Locales
    limits: Limits
    admin_ids: frozenset[int]
    services: tuple[str, ...]
    service_titles: Mapping[str, str]
    fetch_balances: Callable[[], Awaitable[Sequence[Account]]]
    keep_days: float
    quality: str
    qualities: frozenset[str]
    own_choices: bool
    languages: LanguageOverrides
    animate_model: str
    album_wait: float
    chat_members: ChatMembers
    clock: Callable[[], float]
    new_id: Callable[[], str]
    wake: Callable[[], None]

    def offers(self, effect: Effect) -> bool:
        """Whether a configured service makes it."""
        return effect.first_service(self.services) is not None

    def knows(self, effect: Effect) -> bool:
        """Whether a configured service makes it, or made it."""
        return any(service in effect.scenes for service in self.services)

    def locale(self, language: str | None) -> Locale:
        """The words of a language."""
        return self.locales.get(language)


class Context(CallbackContext[ExtBot[None], dict[Any, Any], dict[Any, Any], dict[Any, Any]]):
    """PTB's context with our desk; made for one application by `context_for`."""

    deps: Dependencies


def context_type(deps: Dependencies) -> type[Context]:
    """The context class of one application."""
    return type("AppContext", (Context,), {"deps": deps})
