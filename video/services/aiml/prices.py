"""AIML's prices, as `GET /v1/models?include=pricing` tells them ("Model Catalogue API", "Reading prices").

`kind` is `fixed` (a rate in `units`), `variants` (a rate for each combination of what is asked for) or `variable`
(nobody can say before). A `price` in US dollars is for `per` units.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from video.effects.prices import Price
from video.services.aiml.body import MODELS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from video.services.http import Response

PRICE_QUERY = {"include": "pricing", "id": ",".join(MODELS.values())}
_SECOND = frozenset({"second", "seconds", "sec", "s"})
_VIDEO = frozenset({"video", "videos", "generation", "generations", "request", "requests", "run", "item"})
_USUAL = 5.0  # seconds
_DEAREST = 1000.0  # US dollars: nothing above is believed


def read_prices(answer: Response) -> dict[str, Price]:
    """The prices of our models, as far as they can be read; by the names that `video.prices` has for them."""
    ours = {vendors: model for model, vendors in MODELS.items()}
    prices: dict[str, Price] = {}
    for entry in _objects(answer.document.get("data")):
        aliases = entry.get("aliases")
        names = [entry.get("id"), *(aliases if isinstance(aliases, list) else [])]
        price = _price(entry.get("pricing"))
        for name in names:
            if price is not None and isinstance(name, str) and name in ours:
                prices[ours[name]] = price
    return prices


def _price(pricing: object) -> Price | None:
    """The rate of a video as we ask for it; of several that may hold, the highest."""
    if not isinstance(pricing, dict):
        return None
    rates = [*_rates(pricing)]
    rates = [rate for rate in rates if rate.per_second] or rates
    if not rates:
        return None
    highest = max(rates, key=lambda rate: rate.usd)
    return Price(highest.usd, highest.per_second, upper_bound=any(rate.usd < highest.usd for rate in rates))


def _rates(pricing: Mapping[str, Any]) -> Iterator[Price]:
    match pricing.get("kind"):
        case "fixed":
            entries = _objects(pricing.get("units"))
        case "variants":
            entries = [entry for entry in _objects(pricing.get("variants")) if _may_hold(entry.get("when"))]
        case _:
            entries = []
    for entry in entries:
        usd, per, unit = _number(entry.get("price")), _number(entry.get("per", 1)), entry.get("unit")
        if usd is None or not per or usd / per > _DEAREST or not isinstance(unit, str):
            continue
        if unit.lower() in _SECOND | _VIDEO:
            yield Price(usd / per, per_second=unit.lower() in _SECOND)


def _may_hold(when: object) -> bool:
    """Whether a rate may be that of a video of the usual length."""
    duration = when.get("duration") if isinstance(when, dict) else None
    try:
        return duration is None or float(duration) == _USUAL
    except (TypeError, ValueError):
        return True


def _objects(value: object) -> list[dict[str, Any]]:
    return [entry for entry in value if isinstance(entry, dict)] if isinstance(value, list) else []


def _number(value: object) -> float | None:
    """A number that no sum suffers from: neither endless nor below 0."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return float(value) if 0 <= value <= 1_000_000_000 else None
