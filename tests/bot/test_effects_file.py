"""`EFFECTS_FILE`, as an operator meets it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bot.__main__ import main
from bot.cli.check import check
from handlers.message_filters import RESERVED_COMMANDS
from video.effects.catalogue import Catalogue, CatalogueError

if TYPE_CHECKING:
    from tests.bot_under_test import BotUnderTest

OWN = """
[effects.hug]
title = "Big hug"
command = "cuddle"
[effects.kiss]
hidden = true
[effects.wobble]
title = "Wobble"
emoji = "🫨"
theme = "squishy"
main = true
aiml = { scene = "jelly_jiggle" }
"""


def own_file(folder: Path, text: str) -> str:
    """Write an `EFFECTS_FILE`, and return its path."""
    path = folder / "effects.toml"
    path.write_text(text, "utf-8")
    return str(path)


async def test_own_words_and_effects(bot: BotUnderTest, tmp_path: Path, coffee: bytes) -> None:
    """People see the operator's words and effects, not what he has hidden; menus, help and buttons follow."""
    await bot.start(effects_file=own_file(tmp_path, OWN))
    bot.chat.send_text("/help")
    help_ = await bot.chat.wait_for(lambda seen: seen.sender == "bot")
    assert "/cuddle — Big hug" in help_.text
    assert "/kiss" not in help_.text
    bot.chat.send_text("/kiss")
    await bot.chat.wait_for(lambda seen: "I don't know" in seen.text)
    bot.chat.send_photo(coffee, "/wobble")
    await bot.until(lambda jobs: bool(jobs) and jobs[0].finished_at is not None)
    assert bot.aiml.submissions[0].scene == "jelly_jiggle"
    (menu, *_) = bot.params_of("setMyCommands")
    told = {entry["command"]: entry["description"] for entry in menu["commands"]}
    assert told["wobble"] == "Wobble (one photo)"
    assert "kiss" not in told


@pytest.mark.first_start
async def test_mistakes_end_the_start(bot: BotUnderTest, tmp_path: Path) -> None:
    """With a mistake in the file the bot does not start, and `check` tells it among the rest."""
    path = own_file(tmp_path, '[effects.hug]\nphotos = 3\ntitel = ""\n')
    await bot.start(effects_file=path)
    error = await bot.died()
    assert isinstance(error, CatalogueError)
    assert not bot.database.exists()
    findings = await check(bot.settings())
    assert [one.text for one in findings if one.failed] == str(error).splitlines()
    assert len(str(error).splitlines()) == 2


def test_exit_code(
    bot: BotUnderTest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The process ends with 2, as for any mistake in the settings, and says where the mistakes are."""
    environment = bot.sandbox.bot_environment(
        bot.database, EFFECTS_FILE=own_file(tmp_path, "[effects.hug]\nphotos = 3\n")
    )
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert main([]) == 2
    assert "effects.toml, line 2: effects.hug: photos must be 1 or 2" in capsys.readouterr().err


@pytest.mark.first_start
def test_effects_at_the_command_line(
    bot: BotUnderTest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """`effects` lists everything without a service that answers; `--restore` says what it did, by its exit code too."""
    environment = bot.sandbox.bot_environment(bot.database, AIML_API_URL="http://127.0.0.1:1")
    environment["EFFECTS_FILE"] = own_file(tmp_path, OWN)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert main(["effects"]) == 0
    listed = capsys.readouterr().out
    assert "💃 Dance\n" in listed
    assert "/cuddle — Big hug (two photos): AIML hug (5 or 10 s), Kling hug_pro (5 s)" in listed
    assert "/kiss — Kiss (two photos, hidden)" in listed
    assert not bot.database.exists()
    assert main(["effects", "--restore", "cuddle"]) == 1
    assert "No service has dropped cuddle." in capsys.readouterr().out
    own_file(tmp_path, "[effects.hug]\nphotos = 3\n")
    assert main(["effects"]) == 2
    assert "line 2" in capsys.readouterr().err


def test_own_commands_are_all_reserved() -> None:
    """No effect can have a command that the bot answers itself."""
    handlers = Path(__file__).parents[2] / "handlers" / "__init__.py"
    said = {word for line in handlers.read_text("utf-8").splitlines() for word in line.split(' Command("')[1:]}
    names = {word.split('"')[0] for word in said}
    assert len(names) >= 6
    assert names <= RESERVED_COMMANDS
    assert not any(Catalogue.load().by_name(name) for name in RESERVED_COMMANDS)
