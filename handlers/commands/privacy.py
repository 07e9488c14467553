"""/privacy: the privacy policy, and what a person lets others do with their profile picture. /terms: the terms."""

from __future__ import annotations

from typing import TYPE_CHECKING

from telegram.constants import ChatType

from handlers.message import callback_data_of
from handlers.messages.links import PRIVACY_PARAMETER, start_link
from handlers.messages.payloads import PrivacyButton
from handlers.messages.view import Button, View
from handlers.reply import answer_query, edit_pressed, reply
from storage.people.users import KnownUser, PicturePermission

if TYPE_CHECKING:
    from telegram import Update

    from handlers.context import Context


async def privacy(_update: Update, context: Context) -> None:
    """Show the choice in a private chat; in a group, show the way there."""
    message, locale = context.message, context.locale
    if message.chat.type != ChatType.PRIVATE:
        url = start_link(context.bot.username, PRIVACY_PARAMETER)
        await reply(message, View(locale("privacy-in-private"), ((Button(locale.text("button-private"), url=url),),)))
        return
    permission = await context.deps.store.users.picture_permission(context.sender_id)
    await reply(message, _view(context, permission))


async def terms(_update: Update, context: Context) -> None:
    """Show the terms of use, or the way to them."""
    url = context.deps.policy.terms_url
    await reply(context.message, View(context.locale("terms-url", url=url) if url else context.locale("terms")))


async def choose_privacy(_update: Update, context: Context) -> None:
    """Store the permission that was chosen."""
    query, locale = context.callback_query, context.locale
    button = PrivacyButton.decode(query.data)
    if button is None:
        await answer_query(query)
        return
    user = query.from_user
    known = KnownUser(user.id, user.username.lower() if user.username else None, user.first_name)
    await context.deps.store.users.set_picture_permission(known, button.permission, now=context.deps.clock())
    await answer_query(query, locale("privacy-kept"))
    if query.data in callback_data_of(query.message):
        await edit_pressed(query, _view(context, button.permission))


def _view(context: Context, chosen: PicturePermission) -> View:
    locale = context.locale
    rows = tuple(
        (Button(("● " if one is chosen else "○ ") + locale.text(f"privacy-{one}"), PrivacyButton(one)),)
        for one in PicturePermission
    )
    return View(f"{_policy_text(context)}\n\n{locale('privacy')}", rows)


def _policy_text(context: Context) -> str:
    """Return the policy as it is true for this installation, or the way to the operator's own."""
    deps, locale = context.deps, context.locale
    policy = deps.policy
    if policy.privacy_policy_url:
        return locale("privacy-policy-url", url=policy.privacy_policy_url)
    services = ", ".join(deps.service_titles.values())
    place = locale("privacy-country", country=policy.services_country) if policy.services_country else ""
    text = locale("privacy-policy", services=services, days=round(policy.keep_days))
    return text.replace("COUNTRY", f" {place}" if place else "")
