"""The switches in the page's sandbox panel, and the trials of the bot: it is killed, its network is cut."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sandbox.page.actions import ActionRefused, chat_of
from sandbox.page.service_panel import FAILURES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sandbox.page.service_panel import ServicePanel
    from sandbox.proof import Proof
    from sandbox.telegram import Chat, FakeTelegram


def set_switch(
    telegram: FakeTelegram, services: Mapping[str, ServicePanel], action: Mapping[str, Any]
) -> dict[str, Any]:
    """Set one switch.

    Raises:
        ActionRefused: there is no such switch.
    """
    match action:
        case {"inline_feedback": bool(on)}:
            telegram.account.inline_feedback = on
        case {"privacy": bool(on)}:
            telegram.account.privacy = on
        case {"service": str(name), "failure": str(failure)} if name in services and failure in FAILURES:
            services[name].set_failure(failure)
        case {"chat": int(chat_id), "inside": bool(inside)}:
            _set_membership(telegram, _group(telegram, chat_id), inside=inside)
        case {"chat": int(chat_id), "videos": bool(on)}:
            (telegram.allow if on else telegram.forbid)(_group(telegram, chat_id), "videos")
        case _:
            raise ActionRefused("There is no such switch.")
    telegram.notify()
    return {}


def run_trial(proof: Proof, action: Mapping[str, Any]) -> dict[str, Any]:
    """Kill the bot or cut the network.

    Raises:
        ActionRefused: there is no such trial, or the bot is not a process of the demo's.
    """
    match action:
        case {"trial": "kill"} if proof.kill_bot():
            pass
        case {"trial": "cut"}:
            proof.cut_network()
        case _:
            raise ActionRefused("That can't be tried here.")
    return {}


def _group(telegram: FakeTelegram, chat_id: int) -> Chat:
    group = chat_of(telegram, chat_id)
    if group.owner is None or group.kind == "private":
        raise ActionRefused("That is no group.")
    return group


def _set_membership(telegram: FakeTelegram, group: Chat, *, inside: bool) -> None:
    """Add the bot to a group or remove it, unless that is done already."""
    if inside == (group.bot_status in {"member", "administrator"}):
        return
    if inside:
        telegram.add_bot(group)
    else:
        telegram.remove_bot(group)
