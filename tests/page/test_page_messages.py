"""How the page shows everything that a bot can send, without the real bot."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from PIL import Image
from playwright.async_api import expect

from tests.page.page_actions import ada_chat, group_named, send

if TYPE_CHECKING:
    from playwright.async_api import Page

    from sandbox.environment import Sandbox
    from tests.page.page_actions import Call


async def test_markup_stays_text(page: Page, sandbox: Sandbox) -> None:
    """Tags in a message or in a name are shown as they were written, and never become part of the page."""
    text = '<b>&<script>document.title = "gone"</script><img src=x onerror=alert(1)>'
    await send(page, text)
    await expect(page.locator(".row.mine .text")).to_have_text(text)
    assert await page.locator(".text *").count() == 0
    mallory = sandbox.telegram.add_person("<script>Mallory</script>")
    chat = sandbox.telegram.add_group("<i>Group</i>", [mallory])
    chat.send_text("here", by=mallory)
    await page.get_by_role("radio", name="<script>Mallory</script>").click()
    await page.get_by_role("button", name="<i>Group</i>").click()
    await expect(page.get_by_role("heading")).to_have_text("<i>Group</i>")
    assert await page.title() == "Sandbox chat"


async def test_formatting(page: Page, sandbox: Sandbox, call: Call) -> None:
    """A bot's HTML is shown as bold, code and links; a link that would run a script is no link."""
    html = 'One <b>bold <i>both</i></b> 🎬 <code>x &lt; y</code> <a href="https://example.org/">there</a> '
    await call(
        "sendMessage",
        chat_id=ada_chat(sandbox).id,
        text=html + '<a href="javascript:alert(1)">bad</a>',
        parse_mode="HTML",
    )
    words = page.locator(".row.bot .text")
    await expect(words.locator("b")).to_have_text("bold both")
    await expect(words.locator("b i")).to_have_text("both")
    await expect(words.locator("code")).to_have_text("x < y")
    await expect(words.locator("a")).to_have_attribute("href", "https://example.org/")
    await expect(words.locator("a")).to_have_count(1)


async def test_a_message_changes_and_goes(page: Page, sandbox: Sandbox, call: Call) -> None:
    """An edit is shown at once in the same place, and a deleted message disappears."""
    chat_id = ada_chat(sandbox).id
    sent = await call("sendMessage", chat_id=chat_id, text="half")
    await expect(page.locator(".row.bot .text")).to_have_text("half")
    await call("editMessageText", chat_id=chat_id, message_id=sent["message_id"], text="whole")
    await expect(page.locator(".row.bot .text")).to_have_text("whole")
    await call("deleteMessage", chat_id=chat_id, message_id=sent["message_id"])
    await expect(page.locator(".row.bot")).to_have_count(0)


async def test_links_to_the_bot(page: Page, sandbox: Sandbox, call: Call) -> None:
    """A button with a link to the bot, pressed by Ben in the group, starts the bot in Ben's private chat."""
    group = group_named(sandbox, "Weekend")
    link = {"text": "Get it", "url": f"https://t.me/{sandbox.telegram.account.username}?start=job_1"}
    await call("sendMessage", chat_id=group.id, text="ready", reply_markup={"inline_keyboard": [[link]]})
    await page.get_by_role("button", name="Weekend").click()
    await page.get_by_role("radio", name="Ben").click()
    await page.get_by_role("button", name="Get it").click()
    await expect(page.get_by_role("heading")).to_have_text("Kling")
    await expect(page.locator("#members")).to_contain_text("you are Ben")
    await expect(page.locator(".row.mine .text")).to_have_text("/start job_1")


async def test_answers_to_callback_queries(page: Page, sandbox: Sandbox, call: Call) -> None:
    """A button looks pressed while the bot has not answered, and an alert stays until OK."""
    key = {"text": "Press", "callback_data": "x"}
    await call("sendMessage", chat_id=ada_chat(sandbox).id, text="?", reply_markup={"inline_keyboard": [[key]]})
    button = page.get_by_role("button", name="Press", exact=True)
    await button.click()
    await expect(button).to_have_class("busy")
    *_, update = await call("getUpdates", timeout=5)
    await call(
        "answerCallbackQuery", callback_query_id=update["callback_query"]["id"], text="<b>No</b>", show_alert=True
    )
    await expect(page.get_by_role("dialog")).to_contain_text("<b>No</b>")
    await page.get_by_role("button", name="OK").click()
    await expect(page.get_by_role("dialog")).to_be_hidden()


async def test_replies(page: Page, sandbox: Sandbox) -> None:
    """A click on a message makes the next one a reply that quotes it, and a click on the cross cancels that."""
    await send(page, "first")
    await page.locator(".row.mine .bubble").click()
    await expect(page.locator("#reply-bar")).to_contain_text("Reply to Ada")
    await send(page, "second")
    await expect(page.locator(".quote:visible")).to_contain_text("first")
    assert [seen.reply_to for seen in ada_chat(sandbox).messages] == [None, 1]
    ada_chat(sandbox).edit(1, "first, mended")
    await expect(page.locator(".quote:visible")).to_contain_text("first, mended")
    await page.locator(".row.mine .bubble").first.click()
    await page.get_by_role("button", name="Do not reply").click()
    await expect(page.locator("#reply-bar")).to_be_hidden()


async def test_own_pictures(page: Page, sandbox: Sandbox) -> None:
    """A person's own image is sent as a JPEG if sent as a photo, and unchanged if sent as a file."""
    out = io.BytesIO()
    Image.new("RGBA", (3000, 1500), "teal").save(out, "PNG")
    png = {"name": "teal.png", "mimeType": "image/png", "buffer": out.getvalue()}
    await page.locator("#photos").set_input_files(png)  # type: ignore[arg-type]  # a TypedDict in all but name
    await page.get_by_role("button", name="Remove teal.png").wait_for()
    await send(page, "as a photo")
    await page.locator(".row.mine .photo img").wait_for()
    await page.locator("#files").set_input_files(png)  # type: ignore[arg-type]  # as above
    await page.get_by_role("button", name="Remove teal.png").wait_for()
    await send(page, "as a file")
    await expect(page.locator(".file")).to_contain_text("teal.png")
    photo, file = ada_chat(sandbox).messages
    assert Image.open(io.BytesIO(photo.photo or b"")).size == (2560, 1280)
    assert Image.open(io.BytesIO(photo.photo or b"")).format == "JPEG"
    assert (photo.caption, file.caption) == ("as a photo", "as a file")
    assert file.document == out.getvalue()


async def test_a_refusal(page: Page, sandbox: Sandbox) -> None:
    """What cannot be sent is explained in a toast and stays in the composer."""
    chat = ada_chat(sandbox)
    number = chat.send_text("soon gone")
    await page.locator(".row.mine .bubble").click()
    long = "x" * 4097
    await send(page, long)
    await expect(page.locator("#toast")).to_contain_text("more text than Telegram takes")
    await expect(page.get_by_label("Message", exact=True)).to_have_value(long)
    await expect(page.locator("#reply-bar")).to_be_visible()
    chat.delete(number)
    await expect(page.locator("#reply-bar")).to_be_hidden()


async def test_unread(page: Page, sandbox: Sandbox, call: Call) -> None:
    """Unread messages of a chat are counted beside it until it is opened."""
    group = group_named(sandbox, "Weekend")
    await call("sendMessage", chat_id=group.id, text="psst")
    await expect(page.locator(".badge:visible")).to_have_text("1")
    await page.get_by_role("button", name="Weekend").click()
    await expect(page.locator(".badge:visible")).to_have_count(0)
