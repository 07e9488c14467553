"""Authentication: a static key, or a JWT signed with the secret key (HS256)."""

from __future__ import annotations

from typing import Final

import jwt

from sandbox.kling.codes import KlingRefusal

# The times are checked below, by the service's own clock.
_JWT: Final = jwt.PyJWT({"verify_exp": False, "verify_nbf": False, "require": ["iss", "exp", "nbf"]})


def authenticate(header: str, *, key: str, access_key: str, secret_key: str, now: float) -> None:
    """Accept a request with this Authorization header. `now` is the Unix time in seconds.

    Raises:
        KlingRefusal: the header is missing, or the key or token is invalid.
    """
    if not header:
        raise KlingRefusal(1001)
    scheme, _, token = header.partition(" ")
    if scheme != "Bearer" or not token:
        raise KlingRefusal(1002)
    if token == key:
        return
    try:
        claims = _JWT.decode(token, secret_key, algorithms=["HS256"])
    except jwt.InvalidTokenError as error:
        raise KlingRefusal(1002) from error
    if claims["iss"] != access_key:
        raise KlingRefusal(1000)
    if claims["nbf"] > now:
        raise KlingRefusal(1003)
    if claims["exp"] <= now:
        raise KlingRefusal(1004)
