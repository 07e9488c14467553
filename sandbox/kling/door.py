"""Who may come in: a static key, or a token signed with the secret key (HS256)."""

from __future__ import annotations

from typing import Final

import jwt

from sandbox.kling.codes import Refusal

# Times are judged here, by the service's own clock.
_READER: Final = jwt.PyJWT({"verify_exp": False, "verify_nbf": False, "require": ["iss", "exp", "nbf"]})


def refuse(header: str, *, key: str, access_key: str, secret_key: str, now: float) -> Refusal | None:
    """Why a request with this Authorization header does not come in; None if it does."""
    if not header:
        return Refusal(1001)
    scheme, _, token = header.partition(" ")
    if scheme != "Bearer" or not token:
        return Refusal(1002)
    if token == key:
        return None
    try:
        claims = _READER.decode(token, secret_key, algorithms=["HS256"])
    except jwt.InvalidTokenError:
        return Refusal(1002)
    if claims["iss"] != access_key:
        return Refusal(1000)
    if claims["nbf"] > now:
        return Refusal(1003)
    return Refusal(1004) if claims["exp"] <= now else None
