"""getUpdates, setWebhook, deleteWebhook, getWebhookInfo."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sandbox.telegram.formats.errors import bad_request, webhook_active

if TYPE_CHECKING:
    from sandbox.telegram.formats.params import Params
    from sandbox.telegram.server_state import ServerState


async def get_updates(state: ServerState, params: Params) -> list[dict[str, Any]]:
    """Bot API: getUpdates. An offset confirms all updates below it; a second call ends the first."""
    if state.webhook.url:
        raise webhook_active()
    state.updates.set_allowed_kinds(params.json("allowed_updates"))
    seconds = min(params.integer("timeout"), 50)
    return await state.updates.get(params.integer("offset"), params.integer("limit", 100), seconds)


async def set_webhook(state: ServerState, params: Params) -> bool:
    """Bot API: setWebhook. This server accepts `http://` too."""
    url = params.string("url")
    if url and not url.startswith(("https://", "http://")):
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    state.updates.set_allowed_kinds(params.json("allowed_updates"))
    _drop_pending_if_asked(state, params)
    await state.webhook.set(url, params.string("secret_token"), params.integer("max_connections", 40))
    return True


async def delete_webhook(state: ServerState, params: Params) -> bool:
    """Bot API: deleteWebhook."""
    _drop_pending_if_asked(state, params)
    await state.webhook.stop()
    return True


def get_webhook_info(state: ServerState, _: Params) -> dict[str, Any]:
    """Bot API: getWebhookInfo."""
    return state.webhook.info()


def _drop_pending_if_asked(state: ServerState, params: Params) -> None:
    if params.boolean("drop_pending_updates"):
        state.updates.clear()
