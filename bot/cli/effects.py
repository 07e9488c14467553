"""`python -m bot effects`: lists the effects, and restores those that a service dropped."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from bot.periodic.balances import refresh_prices
from bot.services import load_catalogue, make_services
from storage import Store
from storage.admin_notices import NoticeKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.settings import Settings
    from storage.installation import RetiredScene
    from video.effects.catalogue import Catalogue
    from video.effects.effect import Effect
    from video.effects.prices import Price

    RetiredScenes = dict[tuple[str, str], RetiredScene]


async def list_effects(settings: Settings) -> list[str]:
    """Return the list of all effects, by theme, one a line, with their services, prices and what was retired.

    Raises:
        CatalogueError: the file `EFFECTS_FILE` has mistakes.
        DatabaseError: the database cannot be used.
    """
    catalogue = load_catalogue(settings)
    retired: RetiredScenes = {}
    if settings.database_path.exists():
        store = await Store.open(settings.database_path)
        retired = {(scene.service, scene.scene): scene for scene in await store.retired_scenes.all()}
        await store.close()
    catalogue.retire(retired.keys())
    await _fetch_prices(settings, catalogue)
    return [
        *_effect_lines(catalogue, retired, settings),
        "",
        f"{len(catalogue.offered(settings.services))} effects are offered.",
    ]


async def _fetch_prices(settings: Settings, catalogue: Catalogue) -> None:
    services = make_services(settings)
    await refresh_prices(catalogue, services)
    for service in services.values():
        await service.aclose()


def _effect_lines(catalogue: Catalogue, retired: RetiredScenes, settings: Settings) -> Iterator[str]:
    for theme in catalogue.themes:
        effects = catalogue.in_theme(theme.key)
        if effects:
            yield f"{theme.emoji} {theme.title}"
        for effect in effects:
            model = settings.animate_model if effect.prompt else settings.effects_quality
            prices = {name: catalogue.prices.get(name, model, scene) for name, scene in effect.scenes.items()}
            titles = {name: settings.spec(name).title for name in effect.scenes}
            scenes = ", ".join(
                _describe_scene(effect, name, titles[name], price, retired) for name, price in prices.items()
            )
            yield f"  {effect.emoji} /{effect.command} — {effect.title}{_notes(effect)}: {scenes or 'no service'}"


def _notes(effect: Effect) -> str:
    notes = [*(["two photos"] if effect.photos == 2 else []), *(["hidden"] if effect.hidden else [])]
    return f" ({', '.join(notes)})" if notes else ""


def _describe_scene(
    effect: Effect, service: str, title: str, price: Price | None, retired_scenes: RetiredScenes
) -> str:
    scene = effect.scenes[service]
    seconds = " or ".join(map(str, scene.durations))
    retired = retired_scenes.get((service, scene.name))
    usd = f", {price.for_seconds(scene.durations[0]):.2f} USD" if price else ""
    since = f", retired {datetime.fromtimestamp(retired.retired_at, UTC):%Y-%m-%d}" if retired else ""
    return f"{title} {scene.name} ({seconds} s{usd}{since})"


async def restore_effect(settings: Settings, name: str) -> tuple[str, bool]:
    """Offer an effect again at every service that dropped it. Return a sentence, and True if that changed anything.

    A bot that is running applies it within seconds.

    Raises:
        CatalogueError: the file `EFFECTS_FILE` has mistakes.
        DatabaseError: the database cannot be used.
    """
    catalogue = load_catalogue(settings)
    effect = catalogue.by_name(name)
    if effect is None:
        suggestions = ", ".join(suggestion.command for suggestion in catalogue.suggest(name))
        return f"There is no effect {name}." + (f" Did you mean {suggestions}?" if suggestions else ""), False
    store = await Store.open(settings.database_path)
    restored = []
    for service, scene in effect.scenes.items():
        if await store.retired_scenes.restore(service, scene.name):
            await store.admin_notices.resolve(NoticeKind("retired", service, scene.name).encode())
            restored.append(settings.spec(service).title)
    await store.close()
    if not restored:
        return f"No service has dropped {effect.command}.", False
    return f"{effect.command} is offered again at {' and '.join(restored)}.", True
