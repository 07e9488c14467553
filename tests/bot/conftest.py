"""The operator's chat, and an environment without settings."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.settings import Settings

if TYPE_CHECKING:
    from pathlib import Path

    from sandbox.telegram import Chat
    from tests.bot_under_test import BotUnderTest


@pytest.fixture
def admin_chat(bot: BotUnderTest) -> Chat:
    """Return the private chat of the operator."""
    return bot.telegram.private_chat(bot.telegram.add_person("Boss"))


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> pytest.MonkeyPatch:
    """Give an environment without settings and proxies, in an empty folder."""
    for name in (*Settings.model_fields, *(f"{kind}_proxy" for kind in ("http", "https", "all", "no"))):
        monkeypatch.delenv(name.upper(), raising=False)
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    return monkeypatch
