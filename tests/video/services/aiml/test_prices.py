"""What a service says that videos cost, and what is believed of it."""

from __future__ import annotations

import json
from math import inf
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.aiml.models import price_usd
from sandbox.http.faults import RespondWith
from video.effects.effect import Scene
from video.effects.prices import Price, Prices
from video.services.aiml.prices import PRICE_QUERY, read_prices
from video.services.http import Response
from video.services.protocol import Unanswered

if TYPE_CHECKING:
    from tests.video.services.aiml.connection import AimlUnderTest

STANDARD = "klingai/kling-video-v1.6-standard-effects"


def told(pricing: Any, name: str = STANDARD, **more: Any) -> dict[str, Price]:
    """What is read when the catalogue of models says this."""
    document = {"object": "list", "data": [{"id": name, "type": "video", "pricing": pricing, **more}]}
    return read_prices(Response(200, {}, json.dumps(document).encode()))


def rate(price: object, unit: object = "second", per: object = 1, **when: object) -> dict[str, object]:
    """One rate as AIML writes it."""
    return {"price": price, "unit": unit, "per": per, **({"when": when} if when else {})}


@pytest.mark.parametrize(
    ("pricing", "wanted"),
    [
        ({"kind": "fixed", "units": [rate(0.045)]}, Price(0.045)),
        ({"kind": "fixed", "units": [rate(45, per=1000)]}, Price(0.045)),
        ({"kind": "fixed", "units": [rate(0.3, "video")]}, Price(0.3, per_second=False)),
        ({"kind": "fixed", "units": [rate(0.3, "video"), rate(0.05, "Second")]}, Price(0.05)),
        (
            {"kind": "variants", "variants": [rate(0.3, "video", duration=5), rate(0.6, "video", duration="10")]},
            Price(0.3, per_second=False),
        ),
        (
            {"kind": "variants", "variants": [rate(0.05, resolution="720p"), rate(0.09, resolution="1080p")]},
            Price(0.09, upper_bound=True),
        ),
        ({"kind": "variable"}, None),
        ({"kind": "fixed", "units": [rate(3, "token", 1_000_000)]}, None),
        ({"kind": "fixed", "units": [rate("much"), rate(None), rate(-1), rate(1, per=0), rate(1, 7)]}, None),
        ({"kind": "fixed", "units": [rate(10**400), rate(1, per=1e-300), rate(float("inf"))]}, None),
        (None, None),
    ],
)
def test_kinds_of_prices(pricing: Any, wanted: Price | None) -> None:
    """Each kind of price is read as the vendor's document says; what can't be read is no price."""
    assert told(pricing) == ({"standard": wanted} if wanted else {})


async def test_over_http(service: AimlUnderTest) -> None:
    """The four models' prices come in one answer; trouble is told as that."""
    prices = await service.client.prices()
    assert not isinstance(prices, Unanswered)
    assert prices["standard"].for_seconds(5) == price_usd("klingai/kling-video-v1.6-standard-effects", 5)
    assert list(prices) == ["standard", "pro", "v1.6", "v2"]
    service.fake.faults.add("GET /v1/models", RespondWith(503, {"message": "later"}))
    assert isinstance(await service.client.prices(), Unanswered)


def test_names_and_aliases() -> None:
    """A model may have got another name, and carry ours as an alias; other models are not ours."""
    pricing = {"kind": "fixed", "units": [rate(0.1)]}
    assert list(told(pricing, "klingai/new-name", aliases=["kling-video/v1.6/pro/image-to-video"])) == ["v1.6"]
    assert told(pricing, "openai/o3") == {}
    assert len(PRICE_QUERY["id"].split(",")) == 4


_JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=8)
    | st.sampled_from(["second", "fixed"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["data", "id", "aliases", "pricing", "kind", "units", "variants", "when", "price", "per"])
            | st.text(max_size=4),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@given(_JSON)
def test_any_price_list(value: Any) -> None:
    """Whatever the service answers, what is read of it are prices that can be paid."""
    for document in (value, {"data": value}, {"data": [{"id": STANDARD, "pricing": value}]}):
        prices = read_prices(Response(200, {}, json.dumps(document).encode()))
        assert all(0 <= one.for_seconds(5) < inf for one in prices.values())


def test_whose_word_counts() -> None:
    """The operator's word for a scene goes before that for a model, and both before the service's."""
    prices = Prices({"aiml": {"standard": 0.1}})
    prices.update("aiml", {"standard": Price(0.045), "pro": Price(0.098)})
    assert prices.get("aiml", "standard", Scene("hug", usd=2.0)) == Price(2.0, per_second=False)
    assert prices.get("aiml", "standard", Scene("hug")) == Price(0.1)
    assert prices.get("aiml", "pro") == Price(0.098)
    assert prices.get("kling", "pro") is None
