"""The switches in the page's corner: BotFather's, a group's, and what goes wrong with the services."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sandbox.page.actions import ActionRefused, chat_of
from sandbox.page.service_panel import FAILURES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sandbox.page.service_panel import ServicePanel
    from sandbox.telegram import Chat, FakeTelegram


def set_switch(
    telegram: FakeTelegram, services: Mapping[str, ServicePanel], action: Mapping[str, Any]
) -> dict[str, Any]:
    """Turn one switch.

    Raises:
        Impossible: there is no such switch.
    """
    match action:
        case {"inline_feedback": bool(on)}:
            telegram.account.inline_feedback = on
        case {"privacy": bool(on)}:
            telegram.account.privacy = on
        case {"service": str(name), "mishap": str(mishap)} if name in services and mishap in FAILURES:
            services[name].set_failure(mishap)
        case {"chat": int(number), "inside": bool(inside)}:
            _set_membership(telegram, _group(telegram, number), inside=inside)
        case {"chat": int(number), "videos": bool(on)}:
            (telegram.allow if on else telegram.forbid)(_group(telegram, number), "videos")
        case _:
            raise ActionRefused("There is no such switch.")
    telegram.notify()
    return {}


def _group(telegram: FakeTelegram, number: int) -> Chat:
    group = chat_of(telegram, number)
    if group.owner is None or group.kind == "private":
        raise ActionRefused("That is no group.")
    return group


def _set_membership(telegram: FakeTelegram, group: Chat, *, inside: bool) -> None:
    """Add the bot to a group, or take it out, unless that has been done."""
    if inside == (group.bot_status in {"member", "administrator"}):
        return
    if inside:
        telegram.add_bot(group)
    else:
        telegram.remove_bot(group)
