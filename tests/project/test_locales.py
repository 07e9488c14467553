"""Every language says everything, as English does, and what it says fits where it is shown."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest

from handlers.localization import Locales
from handlers.message_filters import RESERVED_COMMANDS
from tests.project.locale_files import LocaleFile, codes
from video.effects.catalogue import Catalogue

ENGLISH = LocaleFile("en")
FILES = [LocaleFile(code) for code in codes()]
OTHERS = [file for file in FILES if file.code != "en"]
CATALOGUE = Catalogue.load()
LONG_TITLE = max((effect.title for effect in CATALOGUE.effects), key=len)

POP_UPS = re.compile(
    r"press-.*|cancel-(?!which|nothing).*|consent-(not-yours|given|denied|in-group)|refused-.*|cannot-remove-.*"
    r"|rules-.*|limit-.*|privacy-(kept|in-private)|group-settings-for-admins"
)
"""The messages that answer a press."""
FILLED = {
    "emoji": "🧑‍🤝‍🧑",
    "title": LONG_TITLE,
    "name": "Konstantin Konstantinovich",
    "limit": "100",
    "wait": "59 minutes",
}
LIMITS = {  # characters, by Telegram's rules or by what a button shows of its text
    re.compile(r"menu-.*"): 256,  # Bot API: BotCommand.description
    re.compile(r"bot-description"): 512,  # Bot API: setMyDescription
    re.compile(r"bot-short-description"): 120,  # Bot API: setMyShortDescription
    re.compile(r"button-(?!effect|shelf|theme|undelivered).*"): 28,
    re.compile(r"option-.*|language-name"): 16,
    re.compile(r"privacy-(ask|never|always)|inline-(photos-first|one-more-photo|other-photos)"): 30,
    re.compile(r"(effect|theme)-title-.*"): 36,
}


def code_of(file: LocaleFile) -> str:
    return file.code


each = pytest.mark.parametrize("file", FILES, ids=code_of)
each_other = pytest.mark.parametrize("file", OTHERS, ids=code_of)


@each
def test_every_line_is_read(file: LocaleFile) -> None:
    """No part of a file is skipped for its form, and no key stands there twice."""
    assert file.junk == []
    keys = [entry.id.name for entry in file.entries]
    assert [key for key in keys if keys.count(key) > 1] == []


@each_other
def test_the_same_keys(file: LocaleFile) -> None:
    """A language has exactly the messages that English has; titles aside, which may be missing."""
    assert ENGLISH.words - file.words == set()
    assert file.words - ENGLISH.words == set()


@each
def test_titles_of_what_there_is(file: LocaleFile) -> None:
    """A title belongs to an effect or a theme of the catalogue."""
    known = {f"effect-title-{effect.title_key}" for effect in CATALOGUE.effects}
    known |= {f"theme-title-{theme.title_key}" for theme in CATALOGUE.themes}
    assert file.titles - known == set()


@each_other
def test_the_same_values(file: LocaleFile) -> None:
    """Every message is given the same values in every language, and uses all of them."""
    differ = {key for key in ENGLISH.words & file.words if file.variables(key) != ENGLISH.variables(key)}
    assert differ == set()
    assert {key for key in file.titles if file.variables(key)} == set()


@each_other
def test_the_same_tags(file: LocaleFile) -> None:
    """However a message comes out, its HTML tags are those of the English one."""
    differ = {
        key: [one.text for one in file.wordings(key)]
        for key in ENGLISH.words & file.words
        if {one.tags for one in file.wordings(key)} != {one.tags for one in ENGLISH.wordings(key)}
    }
    assert differ == {}


@each
def test_tags_are_closed(file: LocaleFile) -> None:
    """Every tag that is opened is closed, in order: Telegram refuses the message otherwise."""
    for key in file.messages:
        for one in file.wordings(key):
            open_tags: list[str] = []
            for closing, tag in re.findall(r"<(/?)(\w+)[^>]*>", one.text):
                if closing:
                    assert open_tags.pop() == tag, (key, one.text)
                else:
                    open_tags.append(tag)
            assert open_tags == [], (key, one.text)


@each
def test_every_plural_category(file: LocaleFile) -> None:
    """A choice by number has a wording for every category that the language has, and for no other."""
    wrong = {key: found for key in file.messages for found in file.plurals(key) if found != file.categories}
    assert wrong == {}


@each
def test_commands_exist(file: LocaleFile) -> None:
    """No message names a command that the bot does not have."""
    known = RESERVED_COMMANDS | {name for effect in CATALOGUE.effects for name in effect.names}
    named = {key: command for key in file.messages for one in file.wordings(key) for command in one.commands}
    assert {key: command for key, command in named.items() if command not in known} == {}


@each_other
def test_the_same_commands(file: LocaleFile) -> None:
    """A message names the same commands in every language."""
    for key in ENGLISH.words & file.words:
        assert {one.commands for one in file.wordings(key)} == {one.commands for one in ENGLISH.wordings(key)}, key


@each
def test_pop_ups_fit(file: LocaleFile) -> None:
    """What answers a press has at most 200 characters with long names in it (Bot API: answerCallbackQuery)."""
    pop_ups = list(filter(POP_UPS.fullmatch, file.messages))
    assert len(pop_ups) > 20
    for key in pop_ups:
        for one in file.wordings(key):
            said = html.unescape(re.sub(r"<[^>]+>", "", one.text))
            for name, value in FILLED.items():
                said = said.replace(f"{{{name}}}", value)
            assert len(said) <= 200, (key, said)


@each
def test_short_texts_are_short(file: LocaleFile) -> None:
    """Buttons are read at a glance, and the menu and the bot's descriptions are within Telegram's limits."""
    for kind, most in LIMITS.items():
        of_this_kind = list(filter(kind.fullmatch, file.messages))
        in_the_catalogue = file.code == "en" and "title" in kind.pattern
        assert of_this_kind or in_the_catalogue, kind
        for key in of_this_kind:
            long = [one.text for one in file.wordings(key) if len(re.sub(r"{\w+}", "", one.text)) > most]
            assert long == [], key


@each
def test_example_lines_keep_their_places(file: LocaleFile) -> None:
    """Where the help's lists of effects go is marked as in English."""
    for key in ("help", "help-group"):
        for text in (one.text for one in file.wordings(key)):
            assert text.count("EFFECT-LINES") == 1, key
            assert text.count("ANIMATE-LINES") == (key == "help"), key


def test_each_names_itself() -> None:
    """Each language has a name of its own in /settings."""
    texts = Locales.load()
    names = [texts.get(code)("language-name") for code in texts.languages]
    assert texts.languages[0] == "en"
    assert len(set(names)) == len(names) == len(FILES)


def test_what_a_language_lacks_is_said_in_english() -> None:
    """A message that a translation does not have yet is said in English, with English plurals, rather than failing."""
    english = (Path(__file__).parents[2] / "handlers/locales/en.ftl").read_text("utf-8")
    words = Locales({"en": english, "ru": "language-name = Русский\n"}).get("ru-RU")
    assert words("language-name") == "Русский"
    assert words("span-minutes", count=21) == "21 minutes"
    assert words.has("span-minutes")
    assert not words.has("no-such-key")
    with pytest.raises(KeyError):
        words("no-such-key")
