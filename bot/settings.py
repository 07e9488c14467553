"""Settings from the environment or a `.env` file: every mistake is told at once, and no secret is in a repr."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, Self
from urllib.parse import urlsplit

from pydantic import (
    AfterValidator,
    Field,
    ModelWrapValidatorHandler,
    SecretStr,
    ValidationError,
    field_validator,
    model_validator,
)
from pydantic_core import InitErrorDetails, PydanticCustomError
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


class SettingsError(Exception):
    """The settings have mistakes; the message lists them all, one a line."""


def _check_url(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError("must be an address like https://api.telegram.org")
    return value.rstrip("/")


Url = Annotated[str, AfterValidator(_check_url)]


class Settings(BaseSettings):
    """What an operator can set. Each field's description is what `.env.example` and the README say of it."""

    model_config = SettingsConfigDict(
        env_file=".env",
        env_file_encoding="utf-8",
        extra="ignore",
        frozen=True,
        env_ignore_empty=True,
        hide_input_in_errors=True,
    )

    telegram_bot_token: SecretStr = Field(description="the bot's token, from @BotFather")
    telegram_api_url: Url = Field(
        default="https://api.telegram.org", description="the Bot API server: Telegram's or your own"
    )
    aiml_api_key: SecretStr | None = Field(default=None, description="the key of your AIML account")
    kling_api_key: SecretStr | None = Field(
        default=None, description="the key of your Kling account, or of a reseller's"
    )
    kling_access_key: SecretStr | None = Field(
        default=None, description="instead of KLING_API_KEY: the access key of a Kling account …"
    )
    kling_secret_key: SecretStr | None = Field(default=None, description="… and its secret key")
    video_service: Literal["aiml", "kling"] | None = Field(
        default=None, description="aiml or kling: which one is preferred if both have a key; aiml if not set"
    )
    aiml_api_url: Url = Field(default="https://api.aimlapi.com", description="the AIML API's address")
    aiml_generations_path: str = Field(
        default="/v2/video/generations",
        pattern=r"^/",
        description="the path for new videos; the older one is /v2/generate/video/kling/generation",
    )
    kling_api_url: Url = Field(
        default="https://www.kkiai.com/kling",
        description="Kling's effects API: the part of its address before /v1/videos/effects",
    )
    kling_callback_url: Url | None = Field(
        default=None,
        description="the public address of LISTEN, to which Kling sends callbacks; if not set, no port is open",
    )
    listen: str = Field(
        default="127.0.0.1:8090", description="the address and port on which callbacks are received, and nothing else"
    )
    effects_quality: Literal["standard", "pro"] = Field(
        default="standard", description="standard or pro (higher quality, costs more)"
    )
    animate_model: Literal["v1.6", "v2"] = Field(
        default="v1.6", description="the model of /animate: v1.6, or v2 (costs more, one photo only)"
    )
    effects_file: Path | None = Field(
        default=None, description="a TOML file of your own that adds, changes and hides effects; see docs/effects.md"
    )
    own_choices: bool = Field(
        default=True,
        description="whether people may choose quality, length, model and service in /settings; admins always may",
    )
    database_path: Path = Field(default=Path("data/bot.db"), description="the SQLite file")

    admin_ids: Annotated[frozenset[int], NoDecode] = Field(
        default=frozenset(),
        description="Telegram ids, separated by commas: these people get notices and are exempt from limits",
    )
    storage_chat_id: int | None = Field(
        default=None,
        description="a channel where the bot is an admin; inline and guest videos pass through it",
    )
    user_daily_limit: int = Field(default=10, ge=0, description="videos that one person may ask for in 24 hours")
    user_active_limit: int = Field(default=2, ge=1, description="videos that one person may have in progress at once")
    group_daily_limit: int = Field(
        default=20,
        ge=0,
        description="videos that one group may ask for in 24 hours; its admins may choose a lower number",
    )
    daily_limit: int = Field(
        default=200,
        ge=0,
        description="videos that all people together may ask for in 24 hours; admins get a notice when it is reached",
    )
    active_limit: int = Field(
        default=5, ge=1, description="videos in progress at the service at once; the others wait in a fair queue"
    )
    low_balance_usd: float = Field(
        default=5,
        ge=0,
        description="the admins get one notice when an account's balance falls below this, in US dollars; 0: never",
    )
    rate_per_chat: int = Field(
        default=20, ge=1, description="messages and edits in one chat per minute; results go before progress"
    )

    poll_interval: float = Field(
        default=5, gt=0, description="the shortest time between two polls of one job, in seconds"
    )
    album_wait: float = Field(
        default=2.5, gt=0, description="an album is complete when no photo has come for so long, in seconds"
    )
    status_interval: float = Field(default=15, gt=0, description="the time between two progress edits, in seconds")
    usual_seconds: float = Field(
        default=120, gt=0, description="how long a video takes, until the bot has measured it, in seconds"
    )
    deadline_minutes: float = Field(
        default=15, gt=0, description="after this time a person is told that it takes longer than usual"
    )
    in_doubt_minutes: float = Field(
        default=30, gt=0, description="how long the bot looks for a submit whose answer was lost"
    )
    keep_days: float = Field(default=30, ge=2, description="how long finished jobs are kept, in days")
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(
        default="INFO", description="the least severe messages that are logged: DEBUG, INFO, WARNING or ERROR"
    )

    @field_validator("admin_ids", mode="before")
    @classmethod
    def _parse_admin_ids(cls, value: Any) -> Any:
        if not isinstance(value, str):
            return value
        words = [word for word in value.replace(",", " ").split() if word]
        if not all(word.lstrip("-").isdigit() for word in words):
            raise ValueError("must be numbers with commas between, like 1234567,7654321")
        return frozenset(int(word) for word in words)

    @field_validator("listen")
    @classmethod
    def _check_listen(cls, value: str) -> str:
        host, _, port = value.rpartition(":")
        if not host or not (port.isascii() and port.isdecimal() and len(port) <= 5 and 0 < int(port) < 65536):
            raise ValueError("must be an address and a port, like 127.0.0.1:8090 or 0.0.0.0:8090")
        return value

    @field_validator("telegram_bot_token")
    @classmethod
    def _check_token(cls, value: SecretStr) -> SecretStr:
        number, _, rest = value.get_secret_value().partition(":")
        if not (number.isdigit() and rest and not any(sign.isspace() or sign == "/" for sign in rest)):
            raise ValueError("does not look like a token; @BotFather gives one like 1234567:AbC…")
        return value

    @field_validator("aiml_api_key", "kling_api_key", "kling_access_key", "kling_secret_key")
    @classmethod
    def _check_key(cls, value: SecretStr | None) -> SecretStr | None:
        key = value.get_secret_value().strip() if value else ""
        if not key.isascii() or not key.isprintable():
            raise ValueError("a key must be printable ASCII")
        return SecretStr(key) if key else None

    @model_validator(mode="wrap")
    @classmethod
    def _collect_errors(cls, data: Any, handler: ModelWrapValidatorHandler[Self]) -> Self:
        """Mistakes of several settings together are told with those of each alone."""
        faults: list[InitErrorDetails] = []
        settings = None
        try:
            settings = handler(data)
        except ValidationError as error:
            faults += [_error_details(fault["type"], fault["loc"], fault["msg"]) for fault in error.errors()]
        values = data if isinstance(data, dict) else {}
        faults += [_error_details("services", (name,), words) for name, words in _service_errors(values)]
        if settings is None or faults:
            raise ValidationError.from_exception_data(cls.__name__, faults, hide_input=True) from None
        return settings

    @property
    def listen_address(self) -> tuple[str, int]:
        """`listen` as a host and a port."""
        host, _, port = self.listen.rpartition(":")
        return host.removeprefix("[").removesuffix("]"), int(port)

    @property
    def services(self) -> tuple[str, ...]:
        """The video services that have a key, the preferred first."""
        keys = {"aiml": self.aiml_api_key, "kling": self.kling_api_key or self.kling_access_key}
        there = [name for name, key in keys.items() if key]
        return tuple(sorted(there, key=lambda name: name != self.video_service))

    @property
    def secrets(self) -> tuple[str, ...]:
        """What must never appear in a log."""
        values = (self.aiml_api_key, self.kling_api_key, self.kling_access_key, self.kling_secret_key)
        return tuple(key.get_secret_value() for key in (self.telegram_bot_token, *values) if key)

    @classmethod
    def read(cls) -> Self:
        """Read the environment and `.env`.

        Raises:
            SettingsError: with every mistake in it.
        """
        try:
            return cls()
        except ValidationError as error:
            raise SettingsError("\n".join(_error_message(fault) for fault in error.errors())) from None


def _error_details(kind: str, loc: tuple[int | str, ...], words: str) -> InitErrorDetails:
    fault = PydanticCustomError(kind, "{words}", {"words": words})
    return InitErrorDetails(type=fault, loc=loc, input=None)


def _error_message(fault: Any) -> str:
    """One mistake in words; never the value, which may be a secret."""
    name = "_".join(str(part) for part in fault["loc"][:1]).upper()
    if fault["type"] == "missing":
        return f"{name} is missing."
    if fault["type"] == "services":
        return str(fault["msg"])
    return f"{name}: {fault['msg'].removeprefix('Value error, ')}."


_KEY_SETTINGS = ("aiml_api_key", "kling_api_key", "kling_access_key", "kling_secret_key")


def _service_errors(values: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Each mistake as the name of a setting and a sentence; `values` are the raw settings by their names.

    No sentence holds a value: it may be a secret.
    """
    aiml, bearer, access, secret = (_is_set(values.get(name)) for name in _KEY_SETTINGS)
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
