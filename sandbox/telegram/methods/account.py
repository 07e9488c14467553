"""getMe, the commands in the menu, name and descriptions."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from sandbox.telegram.formats.errors import ApiError, bad_request

if TYPE_CHECKING:
    from collections.abc import Callable

    from sandbox.telegram.formats.params import Params
    from sandbox.telegram.server_state import ServerState

_COMMAND = re.compile(r"[a-z0-9_]{1,32}")
_MAX_LENGTHS = {"name": 64, "description": 512, "short_description": 120}


def get_me(state: ServerState, _: Params) -> dict[str, Any]:
    """Bot API: getMe."""
    return state.account.get_me()


def set_my_commands(state: ServerState, params: Params) -> bool:
    """Bot API: setMyCommands, at most 100 per scope and language."""
    commands = params.json("commands")
    if not isinstance(commands, list):
        raise bad_request("expected an Array of BotCommand")
    if len(commands) > 100:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    for command in commands:
        if not _COMMAND.fullmatch(str(command.get("command", "")).removeprefix("/")):
            raise bad_request("BOT_COMMAND_INVALID")
        if not 1 <= len(str(command.get("description", ""))) <= 256:
            raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    state.account.commands[_scope(params)] = commands
    return True


def get_my_commands(state: ServerState, params: Params) -> list[dict[str, Any]]:
    """Bot API: getMyCommands."""
    return state.account.commands.get(_scope(params), [])


def delete_my_commands(state: ServerState, params: Params) -> bool:
    """Bot API: deleteMyCommands."""
    state.account.commands.pop(_scope(params), None)
    return True


def _scope(params: Params) -> tuple[str, str]:
    scope = params.json("scope") or {"type": "default"}
    parts = [scope["type"], *(scope[name] for name in ("chat_id", "user_id") if name in scope)]
    return ":".join(map(str, parts)), params.string("language_code")


def setter(name: str) -> Callable[[ServerState, Params], bool]:
    """Return setMyName, setMyDescription or setMyShortDescription."""

    def set_text(state: ServerState, params: Params) -> bool:
        text = params.string(name)
        if len(text) > _MAX_LENGTHS[name]:
            raise bad_request(f"{name.replace('_', ' ')} is too long")
        state.account.profile_texts[name, params.string("language_code")] = text
        return True

    return set_text


def getter(name: str) -> Callable[[ServerState, Params], dict[str, str]]:
    """Return getMyName, getMyDescription or getMyShortDescription."""

    def get_text(state: ServerState, params: Params) -> dict[str, str]:
        default = state.account.first_name if name == "name" else ""
        return {name: state.account.profile_texts.get((name, params.string("language_code")), default)}

    return get_text


def log_out(_world: ServerState, _params: Params) -> bool:
    """Bot API: logOut and close, which make sense with a local server only."""
    raise ApiError(429, "Too Many Requests: retry after 600", retry_after=600)
