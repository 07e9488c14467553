"""Settings, as an operator meets them."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.errors import SettingsError
from bot.settings import Settings

ROOT = Path(__file__).parents[2]
GOOD = {"TELEGRAM_BOT_TOKEN": "1234567:good-token", "AIML_API_KEY": "good-key"}


def test_environment_alone(environment: pytest.MonkeyPatch) -> None:
    """A token and a key in the environment are enough."""
    for name, value in GOOD.items():
        environment.setenv(name, value)
    assert Settings.read().user_daily_limit == 10


def test_env_file(environment: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A `.env` file is read, and the environment goes before it."""
    (tmp_path / ".env").write_text(
        "".join(f"{k}={v}\n" for k, v in GOOD.items()) + "ADMIN_IDS=1, 22\nPOLL_INTERVAL=7\n"
    )
    environment.setenv("POLL_INTERVAL", "9")
    settings = Settings.read()
    assert (settings.admin_ids, settings.poll_interval) == (frozenset({1, 22}), 9)


def test_all_mistakes_at_once(environment: pytest.MonkeyPatch) -> None:
    """Every mistake is told at once, by its name, and without the value, which may be a secret."""
    environment.setenv("TELEGRAM_BOT_TOKEN", "my secret")
    environment.setenv("TELEGRAM_API_URL", "telegram")
    environment.setenv("ADMIN_IDS", "ann, bob")
    environment.setenv("POLL_INTERVAL", "0")
    with pytest.raises(SettingsError) as caught:
        Settings.read()
    told = str(caught.value)
    for name in ("TELEGRAM_BOT_TOKEN", "AIML_API_KEY is missing", "TELEGRAM_API_URL", "ADMIN_IDS", "POLL_INTERVAL"):
        assert name in told
    assert "my secret" not in told


@pytest.mark.parametrize(
    ("keys", "words"),
    [
        ({}, "a video service needs a key"),
        ({"AIML_API_KEY": " "}, "a video service needs a key"),
        ({"KLING_ACCESS_KEY": "very-secret"}, "KLING_SECRET_KEY is missing"),
        ({"KLING_SECRET_KEY": "very-secret"}, "KLING_ACCESS_KEY is missing"),
        ({"KLING_API_KEY": "a", "KLING_ACCESS_KEY": "very-secret", "KLING_SECRET_KEY": "c"}, "not all of them"),
        ({"AIML_API_KEY": "very-secret", "VIDEO_SERVICE": "kling"}, "kling is preferred, and KLING_API_KEY is missing"),
        ({"KLING_API_KEY": "very-secret", "VIDEO_SERVICE": "aiml"}, "aiml is preferred, and AIML_API_KEY is missing"),
        ({"KLING_API_KEY": "very-secret-é"}, "printable ASCII"),
        ({"AIML_API_KEY": "very-secret", "KLING_API_URL": "kling"}, "KLING_API_URL"),
    ],
)
def test_keys_that_do_not_fit(environment: pytest.MonkeyPatch, keys: dict[str, str], words: str) -> None:
    """Keys that are missing or do not go together are told in a sentence, with any other mistake."""
    for name, value in (keys | {"TELEGRAM_BOT_TOKEN": "no token"}).items():
        environment.setenv(name, value)
    with pytest.raises(SettingsError) as caught:
        Settings.read()
    assert words in str(caught.value)
    assert "TELEGRAM_BOT_TOKEN" in str(caught.value)
    assert "very-secret" not in str(caught.value)


@pytest.mark.parametrize(
    ("keys", "services"),
    [
        ({"AIML_API_KEY": "a"}, ("aiml",)),
        ({"KLING_API_KEY": "k"}, ("kling",)),
        ({"KLING_ACCESS_KEY": "k", "KLING_SECRET_KEY": "s"}, ("kling",)),
        ({"AIML_API_KEY": "a", "KLING_API_KEY": "k"}, ("aiml", "kling")),
        ({"AIML_API_KEY": "a", "KLING_API_KEY": "k", "VIDEO_SERVICE": "kling"}, ("kling", "aiml")),
    ],
)
def test_services_by_their_keys(
    environment: pytest.MonkeyPatch, keys: dict[str, str], services: tuple[str, ...]
) -> None:
    """Any key of a service is enough; of two services AIML is preferred, unless the operator says otherwise."""
    for name, value in ({"TELEGRAM_BOT_TOKEN": "1234567:good-token"} | keys).items():
        environment.setenv(name, value)
    settings = Settings.read()
    assert settings.services == services
    assert set(keys.values()) - {"kling"} <= set(settings.secrets)


def test_secrets_are_not_shown() -> None:
    """Neither repr, str nor a dump of the settings shows a secret."""
    settings = Settings(
        _env_file=None, telegram_bot_token=SecretStr("1234567:good-token"), aiml_api_key=SecretStr("good-key")
    )
    shown = f"{settings!r} {settings} {settings.model_dump()} {settings.model_dump_json()}"
    assert "good-token" not in shown
    assert "good-key" not in shown


def test_env_example_is_true() -> None:
    """`.env.example` has every setting with its default, and the same words about it."""
    lines = (ROOT / ".env.example").read_text("utf-8").splitlines()
    told = {}
    for before, line in pairwise(lines):
        name, equals, value = line.partition("=")
        if equals and not line.startswith("#"):
            told[name.lower()] = (value, before.removeprefix("# "))
    assert set(told) == set(Settings.model_fields)
    for name, field in Settings.model_fields.items():
        value, words = told[name]
        assert words == field.description
        default = "" if field.is_required() or field.default in (None, frozenset()) else str(field.default)
        default = default.lower() if isinstance(field.default, bool) else default
        assert value == default


def test_readme_lists_every_setting() -> None:
    """The README's table has every setting."""
    readme = (ROOT / "README.md").read_text("utf-8")
    assert [name for name in Settings.model_fields if f"`{name.upper()}`" not in readme] == []
