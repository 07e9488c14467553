from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from sandbox.telegram import FakeTelegram
    from tests.sandbox.telegram.minimal_bot import MinimalBot


def texts_of(updates: list[dict[str, Any]]) -> list[str]:
    messages = [update["message"] for update in updates if "message" in update]
    return [message.get("text", message.get("caption", "")) for message in messages]


async def test_privacy_mode(tg: FakeTelegram, bot: MinimalBot, jpeg: Callable[..., bytes]) -> None:
    """With privacy mode a bot gets commands, replies to it, and an album's captioned photo, but no chatter."""
    ada = tg.add_person("Ada")
    group = tg.add_group("Friends", [ada])
    mine = (await bot("sendMessage", chat_id=group.id, text="hello"))["message_id"]
    group.send_text("just talking", by=ada)
    group.send_text("/hug", by=ada)
    group.send_text("/hug@kling_sandbox_bot", by=ada)
    group.send_text("/hug@another_bot", by=ada)
    group.send_text("so /hug them", by=ada)
    group.send_text("nice!", by=ada, reply_to=mine)
    group.send_album([jpeg(), jpeg()], "/hug@Kling_Sandbox_Bot", by=ada)
    assert texts_of(await bot.updates()) == [
        "/hug",
        "/hug@kling_sandbox_bot",
        "nice!",
        "/hug@Kling_Sandbox_Bot",
    ]


async def test_bare_commands_go_to_the_last_bot_that_spoke(tg: FakeTelegram, bot: MinimalBot) -> None:
    """In a group with several bots, a command without a name reaches ours only after it has written there."""
    ada = tg.add_person("Ada")
    group = tg.add_group("Friends", [ada], other_bots=True)
    group.send_text("/hug", by=ada)
    await bot("sendMessage", chat_id=group.id, text="me!")
    group.send_text("/kiss", by=ada)
    assert texts_of(await bot.updates()) == ["/kiss"]


@pytest.mark.parametrize("how", ["admin", "privacy off"])
async def test_bots_that_see_everything(tg: FakeTelegram, bot: MinimalBot, how: str) -> None:
    """A bot that is an admin, or has privacy mode off, gets all messages."""
    ada = tg.add_person("Ada")
    group = tg.add_group("Friends", [ada], bot_admin=how == "admin")
    tg.account.privacy = how == "admin"
    message_id = group.send_text("just talking", by=ada)
    group.edit(message_id, text="just writing")
    updates = await bot.updates()
    assert texts_of(updates) == ["just talking"]
    assert updates[1]["edited_message"]["text"] == "just writing"


async def test_a_group_says_who_speaks(tg: FakeTelegram, bot: MinimalBot) -> None:
    """An anonymous admin appears as the group, and a channel's post has no person."""
    ada = tg.add_person("Ada")
    group, channel = tg.add_group("Friends", [ada]), tg.add_channel("News")
    group.send_text("/hug", by=group)
    channel.send_text("/hug")
    await bot("sendMessage", chat_id=channel.id, text="posted")
    anonymous, post = await bot.updates()
    assert anonymous["message"]["sender_chat"]["id"] == group.id
    assert anonymous["message"]["from"]["username"] == "GroupAnonymousBot"
    assert "from" not in post["channel_post"]
    with pytest.raises(ValueError, match="say who does it"):
        group.send_text("/hug")


async def test_topics(tg: FakeTelegram, bot: MinimalBot) -> None:
    """A reply in a topic stays there; a closed or deleted topic is refused."""
    ada = tg.add_person("Ada")
    group = tg.add_group("Forum", [ada], topics=True)
    thread = tg.add_topic(group, "Videos")
    asked = group.send_text("/hug", by=ada, thread_id=thread)
    message = (await bot.updates())[-1]["message"]
    assert (message["message_thread_id"], message["is_topic_message"]) == (thread, True)
    assert message["reply_to_message"]["forum_topic_created"]["name"] == "Videos"
    where = {"chat_id": group.id, "text": "hi"}
    by_thread = await bot("sendMessage", None, **where, message_thread_id=thread)
    by_reply = await bot("sendMessage", None, **where, reply_parameters={"message_id": asked})
    assert by_thread["message_thread_id"] == by_reply["message_thread_id"] == thread
    assert by_reply["reply_to_message"]["message_id"] == asked
    tg.close_topic(group, thread)
    assert await bot.refused("sendMessage", None, **where, message_thread_id=thread) == ("Bad Request: TOPIC_CLOSED")
    tg.delete_topic(group, thread)
    assert await bot.refused("sendMessage", None, **where, message_thread_id=thread) == (
        "Bad Request: message thread not found"
    )
    assert group.messages == []


async def test_missing_rights(tg: FakeTelegram, bot: MinimalBot, jpeg: Callable[..., bytes]) -> None:
    """In a group that allows no photos a bot can still send text, and the other way round."""
    group = tg.add_group("Strict", [tg.add_person("Ada")])
    tg.forbid(group, "photos")
    refused = "Bad Request: not enough rights to send photos to the chat"
    status = (await bot("sendMessage", chat_id=group.id, text="sorry"))["message_id"]
    assert await bot.refused("sendPhoto", {"photo": jpeg()}, chat_id=group.id) == refused
    media = {"type": "photo", "media": "https://example.org/x.jpg"}
    assert await bot.refused("editMessageMedia", chat_id=group.id, message_id=status, media=media) == refused
    tg.allow(group, "photos")
    await bot("sendPhoto", {"photo": jpeg()}, chat_id=group.id)
    tg.forbid(group, "text messages")
    assert await bot.refused("sendMessage", chat_id=group.id, text="x") == (
        "Bad Request: not enough rights to send text messages to the chat"
    )


@pytest.mark.parametrize(
    ("supergroup", "place"), [(True, "supergroup chat"), (False, "group chat")], ids=["supergroup", "group"]
)
async def test_a_kicked_bot(tg: FakeTelegram, bot: MinimalBot, place: str, *, supergroup: bool) -> None:
    """A bot that was removed from a group can send nothing there and gets no more updates."""
    ada = tg.add_person("Ada")
    group = tg.add_group("Friends", [ada], supergroup=supergroup)
    tg.remove_bot(group)
    group.send_text("/hug", by=ada)
    (update,) = await bot.updates()
    assert update["my_chat_member"]["new_chat_member"]["status"] == "kicked"
    assert await bot.refused("sendMessage", chat_id=group.id, text="x") == (
        f"Forbidden: bot was kicked from the {place}"
    )


async def test_a_group_becomes_a_supergroup(tg: FakeTelegram, bot: MinimalBot) -> None:
    """A bot that writes to a migrated group gets the new id and can write there."""
    group = tg.add_group("Friends", [tg.add_person("Ada")], supergroup=False)
    new = tg.migrate(group)
    response = (await bot.post("sendMessage", chat_id=group.id, text="x")).json()
    assert response["description"] == "Bad Request: group chat was upgraded to a supergroup chat"
    assert response["parameters"] == {"migrate_to_chat_id": new.id}
    assert str(new.id).startswith("-100")
    await bot("sendMessage", chat_id=new.id, text="x")
    old_side, new_side = [update["message"] for update in await bot.updates()]
    assert (old_side["migrate_to_chat_id"], new_side["migrate_from_chat_id"]) == (new.id, group.id)


async def test_members(tg: FakeTelegram, bot: MinimalBot) -> None:
    """A bot can ask who owns a group, who is an admin, and what it is itself."""
    ada, bob, eve = tg.add_person("Ada"), tg.add_person("Bob"), tg.add_person("Eve")
    group = tg.add_group("Friends", [ada, bob], admins=[bob], bot_admin=True)
    statuses = [
        (await bot("getChatMember", chat_id=group.id, user_id=user_id))["status"]
        for user_id in (ada.id, bob.id, eve.id, tg.account.id)
    ]
    assert statuses == ["creator", "administrator", "left", "administrator"]
    admins = await bot("getChatAdministrators", chat_id=group.id)
    assert [admin["user"]["id"] for admin in admins] == [ada.id, bob.id, tg.account.id]
    assert await bot.refused("getChatMember", chat_id=group.id, user_id=5) == "Bad Request: user not found"
    chat = await bot("getChat", chat_id=group.id)
    assert (chat["title"], chat["type"], chat["permissions"]["can_send_videos"]) == ("Friends", "supergroup", True)
    assert await bot("getChatMemberCount", chat_id=group.id) == 3
    await bot("leaveChat", chat_id=group.id)
    assert await bot.refused("sendMessage", chat_id=group.id, text="x") == (
        "Forbidden: bot is not a member of the supergroup chat"
    )
    private = tg.private_chat(ada)
    assert (await bot("getChat", chat_id=private.id))["first_name"] == "Ada"
    assert "private chat" in await bot.refused("getChatAdministrators", chat_id=private.id)
    assert "private chats" in await bot.refused("leaveChat", chat_id=private.id)


async def test_message_ids_are_shared_outside_supergroups(tg: FakeTelegram, bot: MinimalBot) -> None:
    """Private chats and small groups share one sequence of message ids; each supergroup has its own."""
    ada, bob = tg.add_person("Ada"), tg.add_person("Bob")
    assert tg.private_chat(ada).send_text("a") == 1
    assert tg.private_chat(bob).send_text("b") == 2
    assert tg.add_group("Small", [ada], supergroup=False).send_text("/c", by=ada) == 3
    assert tg.add_group("Large", [ada]).send_text("/d", by=ada) == 1
    assert len(await bot.updates()) == 4


async def test_a_linked_channels_post_is_forwarded(
    tg: FakeTelegram, bot: MinimalBot, jpeg: Callable[..., bytes]
) -> None:
    """In a discussion group a bot gets the channel's post as Telegram forwards it, in the channel's name."""
    group, channel = tg.add_group("Talk", [tg.add_person("Ada")]), tg.add_channel("News")
    tg.link_channel(channel, group)
    channel.send_photo(jpeg(), "/squish@kling_sandbox_bot")
    channel.send_text("no command")
    group.send_text("/help@kling_sandbox_bot", by=channel)
    forwarded, *_, spoken = [update["message"] for update in await bot.updates() if "message" in update]
    assert (forwarded["is_automatic_forward"], forwarded["sender_chat"]["id"]) == (True, channel.id)
    assert forwarded["from"]["id"] == 777000
    assert (spoken["from"]["username"], spoken["sender_chat"]["id"]) == ("Channel_Bot", channel.id)
    assert (await bot("getChat", chat_id=group.id))["linked_chat_id"] == channel.id


async def test_nothing_leaves_a_protected_group(tg: FakeTelegram, bot: MinimalBot, jpeg: Callable[..., bytes]) -> None:
    """A bot can neither copy nor forward from a group with protected content."""
    ada = tg.add_person("Ada")
    group, home = tg.add_group("Vault", [ada], bot_admin=True), tg.private_chat(ada)
    tg.protect_content(group)
    photo = group.send_photo(jpeg(), by=ada)
    where = {"chat_id": home.id, "from_chat_id": group.id, "message_id": photo}
    assert "can't be copied" in await bot.refused("copyMessage", None, **where)
    assert "can't be forwarded" in await bot.refused("forwardMessage", None, **where)
    assert (await bot.updates())[0]["message"]["has_protected_content"] is True


async def test_a_bot_is_added_and_promoted(tg: FakeTelegram, bot: MinimalBot) -> None:
    """A bot is told that it was added to a group and made an admin."""
    group = tg.add_group_without_bot("Elsewhere", [tg.add_person("Ada")])
    tg.add_bot(group)
    tg.promote_bot(group)
    added, service, promoted = await bot.updates()
    assert added["my_chat_member"]["old_chat_member"]["status"] == "left"
    assert added["my_chat_member"]["new_chat_member"]["status"] == "member"
    assert service["message"]["new_chat_members"][0]["id"] == tg.account.id
    assert promoted["my_chat_member"]["new_chat_member"]["status"] == "administrator"


async def test_profile_photos_that_are_hidden(tg: FakeTelegram, bot: MinimalBot, jpeg: Callable[..., bytes]) -> None:
    """A profile photo is available unless the person's privacy settings hide it."""
    ada = tg.add_person("Ada", profile_photo=jpeg())
    shown = await bot("getUserProfilePhotos", user_id=ada.id)
    ada.hides_profile_photo = True
    hidden = await bot("getUserProfilePhotos", user_id=ada.id)
    assert (shown["total_count"], hidden["total_count"]) == (1, 0)
