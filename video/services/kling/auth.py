"""How Kling knows who asks: by a key sent as it is, or a token signed for each request (Kling, "Authentication")."""

from __future__ import annotations

from typing import Self

import jwt

from video.services.http import header_safe

TOKEN_LIFETIME_S = 1800
"""How long a token is valid."""
CLOCK_SKEW_S = 5
"""A token is valid from so long before now: the two clocks may be apart."""


class KlingAuth:
    """An operator's key, of either kind.

    Attributes:
        secrets: what no text may contain.
    """

    def __init__(self, *, bearer: str = "", access_key: str = "", secret_key: str = "") -> None:
        self._bearer = bearer
        self._access_key = access_key
        self._secret_key = secret_key
        self.secrets = tuple(secret for secret in (bearer, access_key, secret_key) if secret)

    @classmethod
    def bearer(cls, api_key: str) -> Self:
        """Use a static key, as kkiai gives them.

        Raises:
            ValueError: it holds characters that no HTTP header may carry.
        """
        return cls(bearer=header_safe(api_key, "Kling key"))

    @classmethod
    def signed(cls, access_key: str, secret_key: str) -> Self:
        """Use a pair of keys, as Kling gives them.

        Raises:
            ValueError: one holds characters that no HTTP header may carry; Kling's keys never do.
        """
        return cls(
            access_key=header_safe(access_key, "Kling access key"),
            secret_key=header_safe(secret_key, "Kling secret key"),
        )

    def __repr__(self) -> str:
        return f"<KlingAuth {'bearer' if self._bearer else 'signed'}>"

    def authorization(self, now: float) -> str:
        """Return the Authorization header's value at `now`, a Unix time in seconds.

        A token is made for each request: that takes microseconds, and none is ever out of date.
        """
        if self._bearer:
            return f"Bearer {self._bearer}"
        claims = {"iss": self._access_key, "exp": int(now) + TOKEN_LIFETIME_S, "nbf": int(now) - CLOCK_SKEW_S}
        return f"Bearer {jwt.encode(claims, self._secret_key, algorithm='HS256')}"
