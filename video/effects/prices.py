"""What videos cost: by an effect's own price, the operator's, the service's or the model's, in this order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from video.effects.models import MODELS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from video.effects.effect import Scene


_ASSUMED_SECONDS = 5


@dataclass(frozen=True, slots=True)
class Price:
    """A price.

    Attributes:
        usd: US dollars, for one second of video or for one video.
        per_second: which of the two.
        upper_bound: whether a video may cost less: the service's price depends on more than we know.
    """

    usd: float
    per_second: bool = True
    upper_bound: bool = False

    def for_seconds(self, seconds: int) -> float:
        """Return what a video of so many seconds costs, in US dollars."""
        return round(self.usd * seconds, 6) if self.per_second else self.usd


class Prices:
    """All prices that are known."""

    def __init__(self, own: Mapping[str, Mapping[str, float]]) -> None:
        """Start with the operator's own prices: US dollars for one second, by service and model."""
        self._own = {service: {model: Price(usd) for model, usd in table.items()} for service, table in own.items()}
        self._reported: dict[str, Mapping[str, Price]] = {}

    def update(self, service: str, prices: Mapping[str, Price]) -> None:
        """Keep what a service reports, by model."""
        self._reported[service] = prices

    @property
    def any_reported(self) -> bool:
        """Whether any service has reported its prices."""
        return bool(self._reported)

    def get(self, service: str, model: str, scene: Scene | None = None) -> Price | None:
        """Return the price of a model at a service, or of one scene there; None if it is unknown."""
        if scene is not None and scene.usd is not None:
            return Price(scene.usd, per_second=False)
        own, reported = self._own.get(service, {}).get(model), self._reported.get(service, {}).get(model)
        return own or reported or _listed_price(service, model)

    def to_reserve(self, service: str, model: str, scene: Scene | None, seconds: int, *, assumed_usd: float) -> float:
        """Return what a video is taken to cost before it is made, in US dollars.

        Args:
            service: the video service.
            model: the model or the quality.
            scene: the effect there.
            seconds: the length of the video.
            assumed_usd: what five seconds cost where the price is not known; dearer models cost more by their ratio.
        """
        price = self.get(service, model, scene)
        if price is not None:
            return price.for_seconds(seconds)
        listed = MODELS.get(model)
        return round(assumed_usd * (listed.relative_cost if listed else 1.0) * seconds / _ASSUMED_SECONDS, 6)


def _listed_price(service: str, model: str) -> Price | None:
    """Return the price of an image-to-video model as our own table has it."""
    listed = MODELS.get(model)
    if listed is None or service not in listed.ids or listed.usd_per_second is None:
        return None
    return Price(listed.usd_per_second)
