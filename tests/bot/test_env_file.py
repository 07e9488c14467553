"""`.env`, as the bot and as its health check read it."""

from __future__ import annotations

import io
import os
import string
from typing import TYPE_CHECKING

import pytest
from dotenv import dotenv_values
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.env_file import read_entries, read_setting
from bot.settings import Settings, unknown_settings
from tests.bot.command_line import GOOD, run_main

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

LINES = st.lists(
    st.one_of(
        st.tuples(
            st.sampled_from(["", " ", "export ", "\n", "# "]),
            st.sampled_from(["DATABASE_PATH", "database_path", "'DATABASE_PATH'", "A", "=", "a b"]),
            st.sampled_from(["=", " = ", "= ", "", " "]),
            st.one_of(
                st.text(string.ascii_letters + " #'\"\\=${}:-\t\u00a0é", max_size=12),
                st.sampled_from(['"a\\nb"', "'a # b' # c", "a #b", "${A}/x", "${B:-y}", '"a\nb"', "${DATABASE_PATH}2"]),
            ),
        ).map("".join),
        st.text("ab='\"# \\\n\r$", max_size=8),
    ),
    max_size=6,
).map("\n".join)


@given(text=LINES)
@settings(max_examples=600, deadline=None)
def test_row_59_the_health_check_reads_what_the_bot_reads(text: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Whatever stands in `.env`, the health check finds the same database as the bot does."""
    path = tmp_path_factory.getbasetemp() / "any.env"
    path.write_bytes(text.encode())
    values = dotenv_values(stream=io.StringIO(text, newline=""))
    expected = {name.lower(): value for name, value in values.items() if value != ""}
    for name in ("database_path", "a"):
        if not os.environ.get(name.upper()):
            assert read_setting(name, path) == expected.get(name), values


BROKEN: dict[str, tuple[Callable[[Path], object], str]] = {
    "UTF-16 by Windows": (
        lambda path: path.write_bytes("A=b".encode("utf-16")),
        ".env is in UTF-16. Save it as UTF-8.",
    ),
    "UTF-16, other order": (lambda path: path.write_bytes(b"\xfe\xff\0A"), ".env is in UTF-16"),
    "UTF-32": (lambda path: path.write_bytes("A=b".encode("utf-32")), ".env is in UTF-32"),
    "UTF-16 without a mark": (lambda path: path.write_bytes("A=b".encode("utf-16-le")), "it looks like UTF-16"),
    "Latin-1": (lambda path: path.write_bytes("A=1\nB=é\n".encode("latin-1")), ".env, line 2: a character is not in"),
    "folder": (lambda path: path.mkdir(), ".env is a folder"),
    "pipe": (os.mkfifo, ".env is no file"),
    "lost link": (lambda path: path.symlink_to("nowhere"), ".env is a link to a file that is not there"),
    "circle": (lambda path: path.symlink_to(path), ".env can't be read"),
}


@pytest.mark.parametrize("command", ["run", "check", "backup", "effects", "health"])
@pytest.mark.parametrize("kind", BROKEN)
def test_row_58_a_file_that_is_no_text_is_told(
    environment: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str], kind: str, command: str
) -> None:
    """However `.env` can't be read, every command ends with 2 and one sentence that says what to do."""
    for name, value in GOOD.items():
        environment.setenv(name, value)
    make, words = BROKEN[kind]
    make(tmp_path / ".env")
    code, told = run_main(capsys, command)
    assert code == 2
    assert words in told
    assert "Traceback" not in told


def test_row_58_a_byte_order_mark_is_no_mistake(environment: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A `.env` that Windows saved as UTF-8 is read, its first line too."""
    del environment
    (tmp_path / ".env").write_text("".join(f"{k}={v}\r\n" for k, v in GOOD.items()), "utf-8-sig")
    assert Settings.read().telegram_bot_token.get_secret_value() == GOOD["TELEGRAM_BOT_TOKEN"]
    assert unknown_settings() == []


@pytest.mark.parametrize(
    ("line", "words", "nearest"),
    [
        ("DAILY_LIMT=5", "DAILY_LIMT in line 3 of .env is not a setting of the bot. Did you mean DAILY_LIMIT?", True),
        ("daily-limit=5", "Line 3 of .env is no setting", False),
        ("DAILYLIMIT=5", "Did you mean DAILY_LIMIT?", True),
        ("KLING_KEY=very-secret", "Did you mean KLING_", True),
        ("ADMIN_ID=7", "Did you mean ADMIN_IDS?", True),
        ("FAVOURITE=blue", "FAVOURITE in line 3 of .env is not a setting of the bot, and has no effect.", False),
        ("1234567:very-secret", "Line 3 of .env is no setting: it should look like NAME=value.", False),
        ("verysecret", "Line 3 of .env is no setting", False),
        ('LOG_LEVEL="very-secret', "Line 3 of .env is no setting", False),
        ("HTTPS_PROXY=http://u:very-secret@x", "HTTPS_PROXY has no effect in .env", False),
    ],
)
def test_row_58_unknown_names_are_told(
    environment: pytest.MonkeyPatch, tmp_path: Path, *, line: str, words: str, nearest: bool
) -> None:
    """A line of `.env` that is no setting is told with the nearest name, and no value is shown."""
    del environment
    (tmp_path / ".env").write_text("".join(f"{k}={v}\n" for k, v in GOOD.items()) + line + "\n")
    (told,) = unknown_settings()
    assert words in told.text
    assert "very" not in told.text
    assert (told.nearest is not None) == nearest


def test_row_58_names_of_others_are_no_mistakes(environment: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """What Docker and Python read from `.env`, comments and settings in small letters are not told."""
    environment.setenv("HTTPS_PROXY", "http://proxy.example:3128")
    (tmp_path / ".env").write_text(
        "# NOTE=1\nCOMPOSE_PROJECT_NAME=x\nTZ=UTC\nexport log_level=INFO # quiet\nHTTPS_PROXY=y\n\n"
    )
    assert unknown_settings() == []


def test_row_58_a_misspelt_name_in_the_environment(environment: pytest.MonkeyPatch) -> None:
    """With Docker `.env` becomes the environment, where a name that is nearly a setting's is told as well."""
    environment.setenv("USER_DAILY_LIMITS", "5")
    environment.setenv("SOMETHING_ELSE", "5")
    (told,) = unknown_settings()
    assert (
        "USER_DAILY_LIMITS in the environment is not a setting of the bot. Did you mean USER_DAILY_LIMIT?" in told.text
    )


def test_no_file_is_no_mistake(environment: pytest.MonkeyPatch) -> None:
    """Without a `.env` everything comes from the environment."""
    del environment
    assert read_entries() == []
    assert read_setting("database_path") is None
