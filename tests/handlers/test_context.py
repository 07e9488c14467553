"""What the context reads from an update: the language to answer in, the sender and the message."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import pytest
from telegram import Update
from telegram.ext import ApplicationBuilder, ContextTypes

from handlers.chat_members import ChatMembers
from handlers.context import Choices, Context, Dependencies, Policy, context_type
from handlers.localization import LanguageOverrides, Locales
from storage import Store
from storage.limits import Limits
from video.effects.catalogue import Catalogue

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from pathlib import Path

    Read = Callable[[dict[str, Any]], Context]

GROUP, ADA, BOB, CHANNEL = -100_4, 7, 8, -100_9


@pytest.fixture
async def deps(tmp_path: Path) -> AsyncIterator[Dependencies]:
    """What handlers work with, in a bot that has just started."""
    store = await Store.open(tmp_path / "bot.db")

    async def no_balances() -> list[Any]:
        return []

    yield Dependencies(
        store=store,
        catalogue=Catalogue.load(),
        locales=Locales.load(),
        policy=Policy(
            admin_ids=frozenset(),
            allowed_ids=frozenset(),
            limits=Limits(user_daily=10, user_active=2),
            assumed_price_usd=0.5,
            own_choices=Choices.ALL,
            quality="standard",
            services_with_qualities=frozenset(),
            animate_model="v1.6",
            album_wait=1.0,
            keep_days=30.0,
            ai_label=True,
            privacy_policy_url="",
            terms_url="",
            services_country="",
        ),
        services=("aiml",),
        service_titles={"aiml": "AIML"},
        fetch_balances=no_balances,
        languages=LanguageOverrides(),
        chat_members=ChatMembers(lambda: 0.0),
        clock=lambda: 0.0,
        telegram_time=lambda: 0.0,
        new_id=lambda: "id",
        wake=lambda: None,
    )
    await store.close()


@pytest.fixture
def read(deps: Dependencies) -> Read:
    """Reads an update as the application does."""
    application = ApplicationBuilder().token("1:token").context_types(ContextTypes(context=context_type(deps))).build()

    def read_update(content: dict[str, Any]) -> Context:
        update = Update.de_json({"update_id": 1, **content}, application.bot)
        return application.context_types.context.from_update(update, application)

    return read_update


def sender(user: int, language: str | None = "en") -> dict[str, Any]:
    """A user as Telegram describes them."""
    known = {"id": user, "is_bot": False, "first_name": f"User {user}"}
    return known if language is None else known | {"language_code": language}


def message(chat: int, user: int, language: str | None = "en", **fields: Any) -> dict[str, Any]:
    """A message as Telegram sends it."""
    kind = {"type": "supergroup", "title": "Group"} if chat < 0 else {"type": "private"}
    return {"message_id": 1, "date": 1, "chat": {"id": chat, **kind}, "from": sender(user, language), **fields}


def press(chat: int, user: int) -> dict[str, Any]:
    """A press of a button under a message."""
    return {"id": "1", "from": sender(user), "chat_instance": "1", "data": "x", "message": message(chat, 99)}


def every_kind(chat: int, user: int) -> dict[str, dict[str, Any]]:
    """Updates in which this user acts in this chat, by kind."""
    change = {"status": "member", "user": sender(99)}
    return {
        "message": message(chat, user),
        "callback_query": press(chat, user),
        "my_chat_member": message(chat, user) | {"old_chat_member": change, "new_chat_member": change},
    }


def inline_kinds(user: int) -> dict[str, dict[str, Any]]:
    """Updates in which this user acts in inline mode, by kind."""
    return {
        "inline_query": {"id": "1", "from": sender(user), "query": "", "offset": ""},
        "chosen_inline_result": {"result_id": "1", "from": sender(user), "query": ""},
        "callback_query": {"id": "1", "from": sender(user), "chat_instance": "1", "inline_message_id": "1"},
    }


@pytest.mark.parametrize("kind", every_kind(GROUP, ADA))
def test_a_groups_language_comes_first(deps: Dependencies, read: Read, kind: str) -> None:
    """In a group that chose a language everybody is answered in it, until the group takes it back."""
    deps.languages.set(GROUP, "es")
    deps.languages.set(ADA, "ru")
    update = {kind: every_kind(GROUP, ADA)[kind]}
    assert read(update).language == "es"
    assert read({kind: every_kind(GROUP, BOB)[kind]}).language == "es"
    deps.languages.set(GROUP, None)
    assert read(update).language == "ru"
    assert read({kind: every_kind(GROUP, BOB)[kind]}).language == "en"


@pytest.mark.parametrize("kind", every_kind(ADA, ADA))
def test_a_users_language_in_private(deps: Dependencies, read: Read, kind: str) -> None:
    """A user who chose a language is answered in it, until they leave it to Telegram again."""
    deps.languages.load({ADA: "de"})
    update = {kind: every_kind(ADA, ADA)[kind]}
    assert read(update).locale is deps.locales.get("de")
    assert read(update).telegram_language == "en"
    deps.languages.set(ADA, None)
    assert read(update).locale is deps.locales.get("en")


@pytest.mark.parametrize("kind", inline_kinds(ADA))
def test_a_users_language_in_inline_mode(deps: Dependencies, read: Read, kind: str) -> None:
    """The chosen language holds in inline mode, where there is no chat."""
    deps.languages.set(ADA, "de")
    context = read({kind: inline_kinds(ADA)[kind]})
    assert (context.language, context.sender_id, context.chat_id) == ("de", ADA, None)
    assert read({kind: inline_kinds(BOB)[kind]}).language == "en"


@pytest.mark.parametrize(("reported", "language"), [("ru", "ru"), ("pt-br", "pt-br"), (None, "en")])
def test_telegrams_language(read: Read, reported: str | None, language: str) -> None:
    """A user who chose none is answered in the language that Telegram reports, or else in English."""
    assert read({"message": message(ADA, ADA, reported)}).language == language


def test_a_channel_post_has_no_user(read: Read) -> None:
    """A post without a user is answered in English, and nobody asks in it."""
    post = message(CHANNEL, ADA)
    del post["from"]
    context = read({"channel_post": post})
    assert context.language == "en"
    with pytest.raises(TypeError):
        _ = context.sender_id


def test_the_context_of_an_error_knows_the_language(deps: Dependencies, read: Read) -> None:
    """The apology for an update that failed is in the language of its chat."""
    deps.languages.set(GROUP, "es")
    handled = read({"message": message(GROUP, ADA)})
    update = Update.de_json({"update_id": 1, "message": message(GROUP, ADA)}, handled.bot)
    context = type(handled).from_error(update, ValueError(), cast("Any", handled.application))
    assert (context.language, context.chat_id) == ("es", GROUP)


def test_who_asks(read: Read) -> None:
    """A user asks with their own id and name; an anonymous admin asks as the group; whoever presses asks in a press."""
    group = {"id": GROUP, "type": "supergroup", "title": "Group"}
    anonymous = read({"message": message(GROUP, 1_087_968_824, sender_chat=group)})
    pressed = read({"callback_query": press(GROUP, BOB)})
    asked = [read({"message": message(GROUP, ADA)}), anonymous, pressed]
    assert [(context.sender_id, context.sender_name) for context in asked] == [
        (ADA, "User 7"),
        (GROUP, "Group"),
        (BOB, "User 8"),
    ]


def test_what_an_update_does_not_have(read: Read) -> None:
    """A handler that was registered for another kind of update fails at once."""
    query = read({"inline_query": inline_kinds(ADA)["inline_query"]})
    with pytest.raises(TypeError):
        _ = query.message
    with pytest.raises(TypeError):
        _ = query.callback_query
    assert read({"callback_query": press(ADA, ADA)}).message.message_id == 1


def test_guest_messages(read: Read) -> None:
    """A message of guest mode is known for one."""
    assert read({"guest_message": message(GROUP, ADA)}).is_guest
    assert not read({"message": message(GROUP, ADA)}).is_guest
