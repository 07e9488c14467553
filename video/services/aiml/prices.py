"""AIML's prices, as `GET /v1/models?include=pricing` tells them ("Model Catalogue API", "Reading prices").

`kind` is `fixed` (a rate in `units`), `variants` (a rate for each combination of what is asked for) or `variable`
(the price is not known before). A `price` in US dollars is for `per` units.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from video.effects.prices import Price
from video.services.aiml.body import MODEL_IDS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from video.services.http import Response

PRICE_QUERY = {"include": "pricing", "id": ",".join(MODEL_IDS.values())}

_SECOND_UNITS = frozenset({"second", "seconds", "sec", "s"})
_VIDEO_UNITS = frozenset({"video", "videos", "generation", "generations", "request", "requests", "run", "item"})
_USUAL_DURATION_S = 5.0
_MAX_USD = 1000.0  # nothing above is believed
_MAX_NUMBER = 1_000_000_000


def read_prices(response: Response) -> dict[str, Price]:
    """Return the prices of our models, as far as they can be read, by the names in `PRICED_MODELS`."""
    names_by_id = {model_id: name for name, model_id in MODEL_IDS.items()}
    prices: dict[str, Price] = {}
    for entry in _objects(response.document.get("data")):
        aliases = entry.get("aliases")
        price = _price(entry.get("pricing"))
        for model_id in (entry.get("id"), *(aliases if isinstance(aliases, list) else ())):
            if price is not None and isinstance(model_id, str) and model_id in names_by_id:
                prices[names_by_id[model_id]] = price
    return prices


def _price(pricing: object) -> Price | None:
    """Return the rate of a video as we ask for it; the highest of several that may apply."""
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
            entries = [entry for entry in _objects(pricing.get("variants")) if _may_apply(entry.get("when"))]
        case _:
            entries = []
    for entry in entries:
        usd, per, unit = _number(entry.get("price")), _number(entry.get("per", 1)), entry.get("unit")
        if usd is None or not per or usd / per > _MAX_USD or not isinstance(unit, str):
            continue
        if unit.lower() in _SECOND_UNITS | _VIDEO_UNITS:
            yield Price(usd / per, per_second=unit.lower() in _SECOND_UNITS)


def _may_apply(when: object) -> bool:
    """Return True if a rate may be that of a video of the usual duration."""
    duration = when.get("duration") if isinstance(when, dict) else None
    try:
        return duration is None or float(duration) == _USUAL_DURATION_S
    except (TypeError, ValueError):
        return True


def _objects(value: object) -> list[dict[str, Any]]:
    return [entry for entry in value if isinstance(entry, dict)] if isinstance(value, list) else []


def _number(value: object) -> float | None:
    """Return a number that is safe to calculate with: finite, and not below 0."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return float(value) if 0 <= value <= _MAX_NUMBER else None
