"""What is wrong with the settings of the video services, taken together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic import SecretStr

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


_KEYS = ("aiml_api_key", "kling_api_key", "kling_access_key", "kling_secret_key")


def service_faults(values: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Each mistake as the name of a setting and a sentence; `values` are the raw settings by their names.

    No sentence holds a value: it may be a secret.
    """
    aiml, bearer, access, secret = (_is_set(values.get(name)) for name in _KEYS)
    if not (aiml or bearer or access or secret):
        yield "aiml_api_key", "AIML_API_KEY is missing, or KLING_API_KEY: a video service needs a key."
    if access != secret:
        there, missing = ("ACCESS", "SECRET") if access else ("SECRET", "ACCESS")
        yield "kling_api_key", f"KLING_{missing}_KEY is missing: KLING_{there}_KEY needs it beside it."
    if bearer and (access or secret):
        yield "kling_api_key", "KLING_API_KEY: set it, or KLING_ACCESS_KEY and KLING_SECRET_KEY, not all of them."
    if values.get("kling_callback_url") and not (bearer or access or secret):
        yield "kling_callback_url", "KLING_CALLBACK_URL: callbacks come from Kling, and KLING_API_KEY is missing."
    preferred = values.get("video_service")
    if preferred == "aiml" and not aiml:
        yield "video_service", "VIDEO_SERVICE: aiml is preferred, and AIML_API_KEY is missing."
    if preferred == "kling" and not (bearer or access or secret):
        yield "video_service", "VIDEO_SERVICE: kling is preferred, and KLING_API_KEY is missing."


def _is_set(value: Any) -> bool:
    words = value.get_secret_value() if isinstance(value, SecretStr) else value
    return isinstance(words, str) and bool(words.strip())
