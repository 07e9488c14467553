"""What videos cost: what the operator says of it, else what the service says, else nobody knows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from video.effects.effect import Scene


@dataclass(frozen=True, slots=True)
class Price:
    """A price.

    Attributes:
        usd: US dollars, for one second of video or for one video.
        per_second: which of the two.
        most: whether it may be less: the service's price depends on more than we know.
    """

    usd: float
    per_second: bool = True
    upper_bound: bool = False

    def for_seconds(self, seconds: int) -> float:
        """What a video of so many seconds costs, in US dollars."""
        return round(self.usd * seconds, 6) if self.per_second else self.usd


class Prices:
    """All prices that are known."""

    def __init__(self, own: Mapping[str, Mapping[str, float]]) -> None:
        """`own`: the operator's, in US dollars for one second, by service and model."""
        self._own = {service: {model: Price(usd) for model, usd in table.items()} for service, table in own.items()}
        self._told: dict[str, Mapping[str, Price]] = {}

    def update(self, service: str, prices: Mapping[str, Price]) -> None:
        """What the service says, by model."""
        self._told[service] = prices

    @property
    def any_reported(self) -> bool:
        """Whether any service has answered."""
        return bool(self._told)

    def get(self, service: str, model: str, scene: Scene | None = None) -> Price | None:
        """The price of a model at a service, or of one scene there; None where nobody says."""
        if scene is not None and scene.usd is not None:
            return Price(scene.usd, per_second=False)
        return self._own.get(service, {}).get(model) or self._told.get(service, {}).get(model)
