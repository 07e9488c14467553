"""What a group's admins decided: which effects there are in it, and who may ask for videos."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from telegram import Bot

    from handlers.context import Dependencies
    from storage.groups import GroupRules
    from video.effects.effect import Effect


async def denial(deps: Dependencies, bot: Bot, chat_id: int, person_id: int, effect: Effect | None) -> str | None:
    """The key of the sentence why this person may not ask for this effect here; None where they may.

    Raises:
        TelegramError: Telegram can't be reached; the update is handled again later.
    """
    rules = await deps.store.groups.rules(chat_id)
    if effect is not None and not rules.allows(effect.command, effect.theme):
        return "rules-effect-off"
    if rules.admins_only and not await deps.chat_members.is_admin(bot, chat_id, person_id):
        return "rules-admins-only"
    return None


def effects_allowed(deps: Dependencies, rules: GroupRules) -> list[Effect]:
    """The effects that are to be had where these rules hold, in the catalogue's order."""
    return [effect for effect in deps.catalogue.offered(deps.services) if rules.allows(effect.command, effect.theme)]
