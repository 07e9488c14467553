"""`python -m bot effects`: what is offered and what is not, and retired scenes brought back."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from bot.services import SERVICES, load_catalogue, make_services
from bot.workers.balances import refresh_prices
from storage import Store

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.settings import Settings
    from storage.retired_scenes import RetiredScene
    from video.effects.catalogue import Catalogue
    from video.effects.effect import Effect
    from video.effects.prices import Price

    Gone = dict[tuple[str, str], RetiredScene]


async def list_effects(settings: Settings) -> list[str]:
    """Every effect, by theme, a line each.

    Raises:
        CatalogueError: the file `EFFECTS_FILE` has mistakes.
        DatabaseError: the database cannot be used.
    """
    catalogue = load_catalogue(settings)
    gone: Gone = {}
    if settings.database_path.exists():
        store = await Store.open(settings.database_path)
        gone = {(one.service, one.scene): one for one in await store.retired_scenes.all()}
        await store.close()
    catalogue.retire(gone.keys())
    await _ask_prices(settings, catalogue)
    return [
        *_lines(catalogue, gone, settings),
        "",
        f"{len(catalogue.offered(settings.services))} effects are offered.",
    ]


async def _ask_prices(settings: Settings, catalogue: Catalogue) -> None:
    services = make_services(settings)
    await refresh_prices(catalogue, services)
    for service in services.values():
        await service.aclose()


def _lines(catalogue: Catalogue, gone: Gone, settings: Settings) -> Iterator[str]:
    for theme in catalogue.themes:
        effects = catalogue.in_theme(theme.key)
        if effects:
            yield f"{theme.emoji} {theme.title}"
        for effect in effects:
            model = settings.animate_model if effect.prompt else settings.effects_quality
            prices = {name: catalogue.prices.of(name, model, scene) for name, scene in effect.scenes.items()}
            scenes = ", ".join(_scene(effect, service, price, gone) for service, price in prices.items())
            yield f"  {effect.emoji} /{effect.command} — {effect.title}{_kind(effect)}: {scenes or 'no service'}"


def _kind(effect: Effect) -> str:
    kinds = [*(["two photos"] if effect.photos == 2 else []), *(["hidden"] if effect.hidden else [])]
    return f" ({', '.join(kinds)})" if kinds else ""


def _scene(effect: Effect, service: str, price: Price | None, gone: Gone) -> str:
    scene = effect.scenes[service]
    seconds = " or ".join(map(str, scene.durations))
    retired = gone.get((service, scene.name))
    usd = f", {price.of(scene.durations[0]):.2f} USD" if price else ""
    since = f", retired {datetime.fromtimestamp(retired.retired_at, UTC):%Y-%m-%d}" if retired else ""
    return f"{SERVICES[service].title} {scene.name} ({seconds} s{usd}{since})"


async def restore_effect(settings: Settings, name: str) -> tuple[str, bool]:
    """Bring an effect back at every service that had dropped it: a sentence, and whether it did.

    A bot that runs beside this one notices within seconds.

    Raises:
        CatalogueError: the file `EFFECTS_FILE` has mistakes.
        DatabaseError: the database cannot be used.
    """
    catalogue = load_catalogue(settings)
    effect = catalogue.named(name)
    if effect is None:
        near = ", ".join(one.command for one in catalogue.suggest(name))
        return f"There is no effect {name}." + (f" Did you mean {near}?" if near else ""), False
    store = await Store.open(settings.database_path)
    back = []
    for service, scene in effect.scenes.items():
        if await store.retired_scenes.restore(service, scene.name):
            await store.admin_notices.resolve(f"retired.{service}.{scene.name}")
            back.append(SERVICES[service].title)
    await store.close()
    if not back:
        return f"No service has dropped {effect.command}.", False
    return f"{effect.command} is offered again at {' and '.join(back)}.", True
