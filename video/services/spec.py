"""What the bot must know of a video service to offer it: its name, its settings, and how to connect to it.

A service is a folder beside this file. Its `spec.py` has the service's settings and its `ServiceSpec`, and
`bot/settings.py` registers both.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, Generic, TypeVar
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, SecretStr

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from video.services.protocol import VideoService


def _check_url(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError("must be an address like https://api.telegram.org")
    return value.rstrip("/")


def _check_key(value: SecretStr | None) -> SecretStr | None:
    key = value.get_secret_value().strip() if value else ""
    if not key.isascii() or not key.isprintable():
        raise ValueError("a key must be printable ASCII")
    return SecretStr(key) if key else None


Url = Annotated[str, AfterValidator(_check_url)]
"""An http or https URL, without a slash at its end."""
ServiceKey = Annotated[SecretStr | None, AfterValidator(_check_key)]
"""A key, without spaces around it; None if it is not set."""

SettingsT = TypeVar("SettingsT", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class CallbackHint:
    """Which job has a new status, by the service's id, by ours, or by both."""

    service_job_id: str | None
    client_request_id: str | None


@dataclass(frozen=True, slots=True)
class CallbackSpec(Generic[SettingsT]):
    """How a service tells the bot of a new status, at `PUBLIC-URL/NAME/SECRET`.

    Attributes:
        public_url: from the settings to the address that leads to the bot's port; None if callbacks are off.
        read: from a callback's body to the job that it is about; None if it names none.
    """

    public_url: Callable[[SettingsT], str | None]
    read: Callable[[bytes], CallbackHint | None]


def no_errors(_values: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
    """Find no mistakes: the check of a service whose settings don't depend on one another."""
    return ()


@dataclass(frozen=True, slots=True)
class ServiceSpec(Generic[SettingsT]):
    """A video service that the bot can use.

    Attributes:
        name: as in `VIDEO_SERVICE`, in the catalogue and in the database.
        title: what people and the operator read.
        settings: the service's settings: their names, defaults and descriptions.
        keys: the settings that hold its key; one of them is enough. Messages name the first.
        keys_text: the same in words, for `python -m bot check`.
        url: from the settings to the service's address.
        connect: makes the service, from the settings, the address for its callbacks if it may send any, and the clock.
        callback: how it sends callbacks; None if it sends none.
        has_qualities: whether its effects come in two qualities.
        errors: finds what is wrong with several settings together, in the raw values by the settings' names: pairs of a
            setting's name and a sentence. No sentence holds a value, which may be a secret.
    """

    name: str
    title: str
    settings: type[SettingsT]
    keys: tuple[str, ...]
    keys_text: str
    url: Callable[[SettingsT], str]
    connect: Callable[[SettingsT, str | None, Callable[[], float]], VideoService]
    callback: CallbackSpec[SettingsT] | None = None
    has_qualities: bool = False
    errors: Callable[[Mapping[str, Any]], Iterable[tuple[str, str]]] = no_errors

    def is_configured(self, values: Mapping[str, Any]) -> bool:
        """Return True if the settings, raw or read, hold a key of this service."""
        return any(is_set(values.get(key)) for key in self.keys)


def is_set(value: object) -> bool:
    """Return True if a setting, raw or read, has a value other than blanks."""
    text = secret_value(value) if isinstance(value, SecretStr) else value
    return isinstance(text, str) and bool(text.strip())


def secret_value(secret: SecretStr | None) -> str:
    """Return the secret itself, empty if it is not set."""
    return secret.get_secret_value() if secret else ""
