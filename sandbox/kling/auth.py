"""Who may come in: a static key, or a token signed with the secret key (HS256)."""

from __future__ import annotations

from typing import Final

import jwt

from sandbox.kling.codes import Refusal

# Times are judged here, by the service's own clock.
_READER: Final = jwt.PyJWT({"verify_exp": False, "verify_nbf": False, "require": ["iss", "exp", "nbf"]})


def admit(header: str, *, key: str, access_key: str, secret_key: str, now: float) -> None:
    """Let a request with this Authorization header in.

    Raises:
        Refusal: it does not come in.
    """
    if not header:
        raise Refusal(1001)
    scheme, _, token = header.partition(" ")
    if scheme != "Bearer" or not token:
        raise Refusal(1002)
    if token == key:
        return
    try:
        claims = _READER.decode(token, secret_key, algorithms=["HS256"])
    except jwt.InvalidTokenError as error:
        raise Refusal(1002) from error
    if claims["iss"] != access_key:
        raise Refusal(1000)
    if claims["nbf"] > now:
        raise Refusal(1003)
    if claims["exp"] <= now:
        raise Refusal(1004)
