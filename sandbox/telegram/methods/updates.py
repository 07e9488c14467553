"""getUpdates, setWebhook, deleteWebhook, getWebhookInfo."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sandbox.telegram.formats.errors import bad_request, webhook_active

if TYPE_CHECKING:
    from sandbox.telegram.formats.params import Params
    from sandbox.telegram.server_state import World


async def get_updates(world: World, params: Params) -> list[dict[str, Any]]:
    """Bot API: getUpdates: an offset confirms all updates below it; a second call ends the first."""
    if world.webhook.url:
        raise webhook_active()
    world.updates.allow(params.structure("allowed_updates"))
    seconds = min(params.integer("timeout"), 50)
    return await world.updates.get(params.integer("offset"), params.integer("limit", 100), seconds)


async def set_webhook(world: World, params: Params) -> bool:
    """Bot API: setWebhook. Here `http://` is fine too."""
    url = params.text("url")
    if url and not url.startswith(("https://", "http://")):
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    world.updates.allow(params.structure("allowed_updates"))
    _maybe_drop(world, params)
    await world.webhook.set(url, params.text("secret_token"), params.integer("max_connections", 40))
    return True


async def delete_webhook(world: World, params: Params) -> bool:
    """Bot API: deleteWebhook."""
    _maybe_drop(world, params)
    await world.webhook.stop()
    return True


def get_webhook_info(world: World, _: Params) -> dict[str, Any]:
    """Bot API: getWebhookInfo."""
    return world.webhook.info()


def _maybe_drop(world: World, params: Params) -> None:
    if params.flag("drop_pending_updates"):
        world.updates.drop()
