"""getMe, the commands in the menu, name and descriptions."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from sandbox.telegram.formats.errors import RefusalError, bad_request

if TYPE_CHECKING:
    from collections.abc import Callable

    from sandbox.telegram.formats.params import Params
    from sandbox.telegram.server_state import World

_COMMAND = re.compile(r"[a-z0-9_]{1,32}")
_LIMITS = {"name": 64, "description": 512, "short_description": 120}


def get_me(world: World, _: Params) -> dict[str, Any]:
    """Bot API: getMe."""
    return world.account.me()


def set_my_commands(world: World, params: Params) -> bool:
    """Bot API: setMyCommands: at most 100 per scope and language."""
    commands = params.structure("commands")
    if not isinstance(commands, list):
        raise bad_request("expected an Array of BotCommand")
    if len(commands) > 100:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    for command in commands:
        if not _COMMAND.fullmatch(str(command.get("command", "")).removeprefix("/")):
            raise bad_request("BOT_COMMAND_INVALID")
        if not 1 <= len(str(command.get("description", ""))) <= 256:
            raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    world.account.commands[_scope(params)] = commands
    return True


def get_my_commands(world: World, params: Params) -> list[dict[str, Any]]:
    """Bot API: getMyCommands."""
    return world.account.commands.get(_scope(params), [])


def delete_my_commands(world: World, params: Params) -> bool:
    """Bot API: deleteMyCommands."""
    world.account.commands.pop(_scope(params), None)
    return True


def _scope(params: Params) -> tuple[str, str]:
    scope = params.structure("scope") or {"type": "default"}
    parts = [scope["type"], *(scope[name] for name in ("chat_id", "user_id") if name in scope)]
    return ":".join(map(str, parts)), params.text("language_code")


def setter(name: str) -> Callable[[World, Params], bool]:
    """Make setMyName, setMyDescription or setMyShortDescription."""

    def set_words(world: World, params: Params) -> bool:
        words = params.text(name)
        if len(words) > _LIMITS[name]:
            raise bad_request(f"{name.replace('_', ' ')} is too long")
        world.account.words[name, params.text("language_code")] = words
        return True

    return set_words


def getter(name: str) -> Callable[[World, Params], dict[str, str]]:
    """Make getMyName, getMyDescription or getMyShortDescription."""

    def get_words(world: World, params: Params) -> dict[str, str]:
        usual = world.account.first_name if name == "name" else ""
        return {name: world.account.words.get((name, params.text("language_code")), usual)}

    return get_words


def log_out(_world: World, _params: Params) -> bool:
    """Bot API: logOut, close: only a local server moves bots about."""
    raise RefusalError(429, "Too Many Requests: retry after 600", retry_after=600)
