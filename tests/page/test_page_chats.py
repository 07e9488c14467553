"""Several people in several chats on the page, without the real bot."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest
from playwright.async_api import expect

from sandbox.aiml import FakeAiml
from sandbox.photos import photo
from tests.page.page_actions import ada_chat, group_named, send

if TYPE_CHECKING:
    from playwright.async_api import Page

    from sandbox.environment import Sandbox
    from tests.page.page_actions import Call

BOT = "@kling_sandbox_bot"
KEYS = {"inline_keyboard": [[{"text": "Start", "callback_data": "go"}]]}


async def update(call: Call, kind: str) -> Any:
    """Return the next update of this kind; service messages are skipped."""
    async with asyncio.timeout(60):
        while True:
            for one in await call("getUpdates", limit=1, timeout=4):
                await call("getUpdates", offset=one["update_id"] + 1)
                if kind in one and not one[kind].keys() & {"new_chat_members", "forum_topic_created"}:
                    return one[kind]


def article(number: int, **more: Any) -> dict[str, Any]:
    content = {"message_text": f"Hug {number} is being made"}
    title = {"title": f"Hug {number}", "description": "your last two photos"}
    return {"type": "article", "id": str(number), **title, "input_message_content": content, **more}


async def test_each_person_has_chats_of_their_own(page: Page, sandbox: Sandbox, call: Call) -> None:
    """After switching from Ada to Ben one sees Ben's chats, with a dot and a number for unread messages."""
    await call("sendMessage", chat_id=group_named(sandbox, "Weekend").id, text="hello all")
    await expect(page.get_by_title("Ben has something to read")).to_be_visible()
    await send(page, "/start")
    await expect(page.locator(".row.mine")).to_have_count(1)
    await page.get_by_role("radio", name="Ben").check()
    await expect(page.locator("#members")).to_contain_text("you are Ben")
    await expect(page.locator(".row")).to_have_count(0)
    await expect(page.locator(".badge:visible")).to_have_text("1")
    assert not sandbox.telegram.people[700_000_002].has_started_bot
    await page.get_by_role("button", name="Start", exact=True).click()
    await expect(page.locator(".row.mine .text")).to_have_text("/start")
    assert sandbox.telegram.people[700_000_002].has_started_bot


async def test_a_draft_stays_where_it_was_begun(page: Page) -> None:
    """A draft in one chat is not shown in another, and is there again on return."""
    box = page.get_by_label("Message", exact=True)
    await box.fill("half a thought")
    await page.get_by_role("button", name="Weekend").click()
    await expect(box).to_have_value("")
    await page.get_by_role("button", name="Kling", exact=False).first.click()
    await expect(box).to_have_value("half a thought")


async def test_mentions(page: Page) -> None:
    """An at sign suggests the members of the group, and Tab completes the name."""
    await page.get_by_role("button", name="Weekend").click()
    box = page.get_by_label("Message", exact=True)
    await box.press_sequentially("/hug @b")
    await expect(page.get_by_role("option")).to_contain_text("Ben")
    await box.press("Tab")
    await expect(box).to_have_value("/hug @ben ")
    await expect(page.get_by_role("option")).to_have_count(0)


async def test_topics(page: Page, sandbox: Sandbox, call: Call) -> None:
    """A message in a topic is shown there only, and so is the bot's answer."""
    await page.get_by_role("button", name="Road trip").click()
    await expect(page.locator(".event")).to_have_text("Ada opened the topic Photos")
    await page.get_by_role("button", name="Photos", exact=True).click()
    await send(page, "/start@kling_sandbox_bot")
    forum = group_named(sandbox, "Road trip")
    thread = (await update(call, "message"))["message_thread_id"]
    assert thread in forum.topics
    await call("sendMessage", chat_id=forum.id, text="here", message_thread_id=thread)
    await expect(page.locator(".row")).to_have_count(2)
    await page.get_by_role("button", name="General", exact=True).click()
    await expect(page.locator(".row")).to_have_count(0)


async def test_deleting(page: Page, sandbox: Sandbox) -> None:
    """One's own message can be replied to or deleted with the keyboard alone; another's can only be replied to."""
    group_named(sandbox, "Weekend").send_text("mine", by=sandbox.telegram.people[700_000_002])
    await page.get_by_role("button", name="Weekend").click()
    await send(page, "oops")
    await page.locator(".row.mine").get_by_role("button", name="Take back").press("Enter")
    await expect(page.locator(".row.mine")).to_have_count(0)
    await expect(page.get_by_role("button", name="Take back")).to_have_count(0)
    await page.get_by_role("button", name="Reply", exact=True).press("Enter")
    await expect(page.locator("#reply-bar")).to_contain_text("Reply to Ben")


async def test_editing(page: Page, sandbox: Sandbox, call: Call) -> None:
    """One's own message can be edited, and the bot gets the edit; Escape cancels."""
    await send(page, "/squish@")
    await page.get_by_role("button", name="Edit").press("Enter")
    box = page.get_by_label("Message", exact=True)
    await expect(box).to_have_value("/squish@")
    await box.press("Escape")
    await expect(box).to_have_value("")
    await page.get_by_role("button", name="Edit").press("Enter")
    await send(page, "/squish")
    await expect(page.locator(".row.mine")).to_contain_text("edited")
    assert (await update(call, "edited_message"))["text"] == "/squish"
    assert [seen.text for seen in ada_chat(sandbox).messages] == ["/squish"]


@pytest.mark.parametrize("title", ["Weekend", "Just us"])
async def test_inline(page: Page, call: Call, title: str) -> None:
    """The bot's name and a space bring inline results; the chosen one appears in the chat, with a button that works."""
    await page.get_by_role("button", name=title).click()
    box = page.get_by_label("Message", exact=True)
    await box.press_sequentially(f"{BOT} hu")
    asked = await update(call, "inline_query")
    assert (asked["query"], asked["chat_type"]) == ("hu", "supergroup")
    results = [article(1), article(2, reply_markup=KEYS)]
    await call("answerInlineQuery", inline_query_id=asked["id"], results=results)
    await expect(page.get_by_role("option")).to_have_count(2)
    await expect(page.get_by_role("option").first).to_contain_text("your last two photos")
    await box.press("ArrowUp")
    await box.press("Enter")
    placed = page.locator(".row.mine")
    await expect(placed).to_contain_text("Hug 2 is being made")
    await expect(placed).to_contain_text(f"via {BOT}")
    await expect(box).to_have_value("")
    chosen = await update(call, "chosen_inline_result")
    await placed.get_by_role("button", name="Start").click()
    pressed = await update(call, "callback_query")
    assert pressed["inline_message_id"] == chosen["inline_message_id"]
    await call("answerCallbackQuery", callback_query_id=pressed["id"])
    await call("editMessageText", inline_message_id=chosen["inline_message_id"], text="done")
    await expect(placed.locator(".text")).to_have_text("done")


async def test_inline_results_in_pages(page: Page, call: Call) -> None:
    """Scrolling to the end of the inline results loads the next page of them."""
    await page.get_by_label("Message", exact=True).press_sequentially(f"{BOT} ")
    asked = await update(call, "inline_query")
    assert asked["chat_type"] == "sender"
    many = [article(number) for number in range(20)]
    await call("answerInlineQuery", inline_query_id=asked["id"], results=many, next_offset="20")
    await page.get_by_role("option").last.scroll_into_view_if_needed()
    asked = await update(call, "inline_query")
    assert asked["offset"] == "20"
    await call("answerInlineQuery", inline_query_id=asked["id"], results=[article(20)])
    await expect(page.get_by_role("option")).to_have_count(21)


async def test_the_button_above_the_results(page: Page, call: Call) -> None:
    """The button above the results opens the chat with the bot; a button there leads back, with the query filled in."""
    await page.get_by_role("radio", name="Ben").check()
    await page.get_by_role("button", name="Just us").click()
    await page.get_by_label("Message", exact=True).press_sequentially(f"{BOT} ")
    asked = await update(call, "inline_query")
    button = {"text": "Send me photos first", "start_parameter": "photos"}
    await call("answerInlineQuery", inline_query_id=asked["id"], results=[], button=button)
    await page.get_by_role("option", name="Send me photos first").click()
    await expect(page.locator(".row.mine .text")).to_have_text("/start photos")
    back = {"text": "Go back", "switch_inline_query_chosen_chat": {"query": "hug", "allow_group_chats": True}}
    await call("sendMessage", chat_id=700_000_002, text="Well?", reply_markup={"inline_keyboard": [[back]]})
    await page.get_by_role("button", name="Go back").click()
    dialog = page.get_by_role("dialog")
    await expect(dialog.get_by_role("button", name="Kling")).to_have_count(0)
    await dialog.get_by_role("button", name="Just us").click()
    await expect(page.get_by_role("heading")).to_have_text("Just us")
    await expect(page.get_by_label("Message", exact=True)).to_have_value(f"{BOT} hug")
    assert (await update(call, "inline_query"))["query"] == "hug"


async def test_guest(page: Page, sandbox: Sandbox, call: Call) -> None:
    """The bot's name in reply to a photo reaches the bot from a group without it, and its answer appears there."""
    group = group_named(sandbox, "Just us")
    number = group.send_photo(photo("coffee"), by=sandbox.telegram.people[700_000_002])
    await page.get_by_role("button", name="Just us").click()
    await page.get_by_role("button", name="Reply", exact=True).click()
    await send(page, f"{BOT} squish")
    asked = await update(call, "guest_message")
    assert (asked["text"], asked["reply_to_message"]["message_id"]) == (f"{BOT} squish", number)
    await call("answerGuestQuery", guest_query_id=asked["guest_query_id"], result=article(1))
    await expect(page.locator(".row.bot .text")).to_have_text("Hug 1 is being made")


async def test_the_sandbox_panel(page: Page, sandbox: Sandbox) -> None:
    """In the sandbox panel a service can be made to fail and to work again, and inline feedback can be switched off."""
    await page.get_by_role("button", name="Sandbox").click()
    corner = page.get_by_role("complementary", name="Sandbox")
    await expect(corner.get_by_text("nothing charged yet")).to_have_count(2)
    await corner.get_by_label("What AIML API does").select_option("Is out of credit")
    await sandbox.telegram.wait(lambda _: sandbox.service(FakeAiml).balance_usd == 0)
    await corner.get_by_label("What AIML API does").select_option("Works")
    await sandbox.telegram.wait(lambda _: sandbox.service(FakeAiml).balance_usd == 100)
    await corner.get_by_label("Inline feedback").uncheck()
    await sandbox.telegram.wait(lambda now: not now.account.inline_feedback)
    await corner.press("Escape")
    await expect(corner).to_be_hidden()


async def test_the_bot_in_a_group(page: Page, sandbox: Sandbox, call: Call) -> None:
    """In the sandbox panel the bot can be removed from a group and added again, which the group is told."""
    await page.get_by_role("button", name="Weekend").click()
    await page.get_by_role("button", name="Sandbox").click()
    await expect(page.locator(".event")).to_have_text(["Ada added Kling"])
    await page.get_by_label("The bot is in this group").uncheck()
    await expect(page.locator("#members")).to_have_text("Ada and Ben, without the bot")
    await page.get_by_label("The bot is in this group").check()
    await expect(page.locator(".event")).to_have_text(["Ada added Kling", "Ada added Kling"])
    await page.get_by_label("Videos may be sent here").uncheck()
    await sandbox.telegram.wait(lambda _: group_named(sandbox, "Weekend").forbidden_kinds == {"videos"})
    moves = [await update(call, "my_chat_member") for _ in range(3)]
    assert [move["new_chat_member"]["status"] for move in moves] == ["member", "kicked", "member"]
