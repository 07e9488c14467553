"""Kling's keys, and the tokens made of them."""

from __future__ import annotations

import jwt
import pytest

from video.services.kling.auth import KlingAuth

ACCESS, SECRET = "access-key-of-the-operator", "secret-key-of-the-operator-32-bytes"
NOW = 1_800_000_000.25


def test_a_static_key_is_sent_as_it_is() -> None:
    """A key of kkiai's goes into the header, without the spaces that were copied along with it."""
    assert KlingAuth.bearer(" kk-123 \n").authorization(NOW) == "Bearer kk-123"


def test_a_signed_token() -> None:
    """A pair of keys makes a token that Kling accepts for half an hour, also by a clock five seconds behind."""
    scheme, _, token = KlingAuth.signed(ACCESS, SECRET).authorization(NOW).partition(" ")
    assert scheme == "Bearer"
    assert jwt.get_unverified_header(token) == {"alg": "HS256", "typ": "JWT"}
    claims = jwt.decode(token, SECRET, algorithms=["HS256"], options={"verify_exp": False, "verify_nbf": False})
    assert claims == {"iss": ACCESS, "exp": 1_800_001_800, "nbf": 1_799_999_995}


def test_a_token_is_never_out_of_date() -> None:
    """A bot that has run for hours signs a new token."""
    key = KlingAuth.signed(ACCESS, SECRET)
    assert key.authorization(NOW + 7200) != key.authorization(NOW)


@pytest.mark.parametrize("key", ["", " ", "ключ", "a\nb"])
def test_keys_that_cannot_be_sent(key: str) -> None:
    """A key that no HTTP header may carry is refused at start, and is not quoted."""
    for make in (
        KlingAuth.bearer,
        lambda bad: KlingAuth.signed(bad, SECRET),
        lambda bad: KlingAuth.signed(ACCESS, bad),
    ):
        with pytest.raises(ValueError, match="printable ASCII"):
            make(key)


def test_no_key_in_a_picture_of_it() -> None:
    """What a debugger or a traceback shows of a key is its kind alone."""
    shown = f"{KlingAuth.bearer('kk-123')!r} {KlingAuth.signed(ACCESS, SECRET)!r}"
    assert shown == "<KlingAuth bearer> <KlingAuth signed>"
