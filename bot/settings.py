"""Settings from the environment or a `.env` file. All mistakes are reported at once; no repr contains a secret."""

from __future__ import annotations

import difflib
import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal, NamedTuple, Self

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

from bot.env_file import Entry, read_entries
from bot.errors import SettingsError
from bot.health import DEFAULT_DATABASE
from video.effects.models import MODELS
from video.services.aiml.spec import AIML, AimlSettings
from video.services.kling.spec import KLING, KlingSettings
from video.services.spec import ServiceSpec, Url  # noqa: TC001 -- pydantic reads the annotation

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping


_BUDGETS = ("daily_budget_usd", "monthly_budget_usd", "user_daily_budget_usd", "group_daily_budget_usd")
UsdOrNone = Annotated[float | None, Field(ge=0, le=1_000_000)]


def _check_one_of(value: str, names: Collection[str]) -> str:
    if value not in names:
        *most, last = map(repr, names)
        expected = f"{', '.join(most)} or {last}" if most else last
        raise PydanticCustomError("literal_error", "Input should be {expected}", {"expected": expected})
    return value


class BotSettings(BaseSettings):
    """What an operator can set, beside the video services. `.env.example` has each field's description."""

    specs: ClassVar[tuple[ServiceSpec[Any], ...]] = ()
    """The video services that can be configured; the first of those with a key is preferred."""

    model_config = SettingsConfigDict(
        env_file=".env",
        env_file_encoding="utf-8",
        extra="ignore",
        frozen=True,
        hide_input_in_errors=True,
    )

    telegram_bot_token: SecretStr = Field(description="the bot's token, from @BotFather")
    telegram_api_url: Url = Field(
        default="https://api.telegram.org", description="the Bot API server: Telegram's or your own"
    )
    telegram_local_mode: bool = Field(
        default=False,
        description="whether photos are read from the disk of your own Bot API server, "
        "which runs with --local and shares its folder",
    )
    video_service: str | None = Field(
        default=None, description="aiml or kling: which one is preferred if both have a key; aiml if not set"
    )
    listen: str = Field(
        default="127.0.0.1:8090", description="the address and port on which callbacks are received, and nothing else"
    )
    effects_quality: Literal["standard", "pro"] = Field(
        default="standard", description="standard or pro (higher quality, costs more)"
    )
    animate_model: Annotated[str, AfterValidator(lambda name: _check_one_of(name, MODELS))] = Field(
        default="v1.6", description="the model of /animate: v1.6, or v2 (costs more, one photo only)"
    )
    effects_file: Path | None = Field(
        default=None, description="a TOML file of your own that adds, changes and hides effects; see docs/effects.md"
    )
    own_choices: Literal["true", "same-price", "false"] = Field(
        default="same-price",
        description="what people may choose about quality, length, model and service: true (everything), same-price "
        "(what costs no more than your own choice) or false (nothing); admins may choose everything",
    )
    database_path: Path = Field(default=Path(DEFAULT_DATABASE), description="the SQLite file")

    admin_ids: Annotated[frozenset[int], NoDecode] = Field(
        default=frozenset(),
        description="Telegram ids, separated by commas: these people get notices and are exempt from limits",
    )
    allowed_ids: Annotated[frozenset[int], NoDecode] = Field(
        default=frozenset(),
        description="Telegram ids of the people and groups that may use the bot, separated by commas; empty: everybody",
    )
    storage_chat_id: int | None = Field(
        default=None,
        description="a channel where the bot is an admin; inline and guest videos pass through it",
    )
    user_daily_limit: int = Field(default=10, ge=0, description="videos that one person may ask for in 24 hours")
    user_daily_attempts: int | None = Field(
        default=None,
        ge=0,
        description="videos of one person that may be sent to the service in 24 hours, failed ones included; "
        "if not set, three times USER_DAILY_LIMIT",
    )
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
    daily_budget_usd: UsdOrNone = Field(
        default=20, description="US dollars for everybody together in 24 hours; 0: nothing, empty: no limit"
    )
    monthly_budget_usd: UsdOrNone = Field(
        default=300, description="US dollars for everybody together in 30 days; 0: nothing, empty: no limit"
    )
    user_daily_budget_usd: UsdOrNone = Field(
        default=2, description="US dollars for one person in 24 hours; 0: nothing, empty: no limit"
    )
    group_daily_budget_usd: UsdOrNone = Field(
        default=5, description="US dollars for one group in 24 hours; 0: nothing, empty: no limit"
    )
    assumed_price_usd: float = Field(
        default=0.5,
        gt=0,
        le=1_000,
        description="US dollars that a video of five seconds is taken to cost where nobody told its price; "
        "longer ones and dearer models are taken to cost more",
    )
    active_limit: int = Field(
        default=5, ge=1, description="videos in progress at each service at once; the others wait in a fair queue"
    )
    low_balance_usd: float = Field(
        default=5,
        ge=0,
        description="the admins get one notice when an account's balance falls below this, in US dollars; 0: never",
    )
    rate_per_chat: int = Field(
        default=20,
        ge=1,
        description="messages and edits in one chat per minute; results go before progress",
    )

    poll_interval: float = Field(
        default=2, gt=0, description="the shortest time between two polls of one job, in seconds"
    )
    album_wait: float = Field(
        default=2.5, gt=0, description="an album is complete when no photo has come for so long, in seconds"
    )
    status_interval: float = Field(default=15, gt=0, description="the time between two progress edits, in seconds")
    usual_seconds: float = Field(
        default=120, gt=0, description="how long a video takes, until the bot has measured it, in seconds"
    )
    deadline_minutes: float = Field(
        default=15,
        gt=0,
        description="after this time a person is told that it takes longer than usual; "
        "models that take longer have a third more",
    )
    in_doubt_minutes: float = Field(
        default=30,
        gt=0,
        description="how long the bot looks for a submit whose answer was lost before it asks the person; "
        "it goes on looking for a day",
    )
    ai_label: bool = Field(
        default=True, description="whether the caption of each video says that it was made with AI, as EU law asks for"
    )
    privacy_policy_url: str = Field(
        default="", description="the address of your own privacy policy; if empty, /privacy shows the bot's text"
    )
    terms_url: str = Field(
        default="", description="the address of your own terms of use; if empty, /terms shows the bot's text"
    )
    services_country: str = Field(
        default="", description="the country in which your video services process photos, as /privacy should say it"
    )
    keep_days: float = Field(default=30, ge=2, description="how long finished jobs are kept, in days")
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(
        default="INFO", description="the least severe messages that are logged: DEBUG, INFO, WARNING or ERROR"
    )

    @field_validator("video_service")
    @classmethod
    def _check_video_service(cls, value: str | None) -> str | None:
        return value if value is None else _check_one_of(value, [spec.name for spec in cls.specs])

    @field_validator("admin_ids", "allowed_ids", mode="before")
    @classmethod
    def _parse_ids(cls, value: Any) -> Any:
        if not isinstance(value, str):
            return value
        numbers = value.replace(",", " ").split()
        if not all(number.lstrip("-").isdigit() for number in numbers):
            raise ValueError("must be numbers with commas between, like 1234567,7654321")
        return frozenset(map(int, numbers))

    @field_validator("privacy_policy_url", "terms_url")
    @classmethod
    def _check_page(cls, value: str) -> str:
        if value and not value.startswith("https://"):
            raise ValueError("must begin with https://")
        return value

    @field_validator("own_choices", mode="before")
    @classmethod
    def _read_own_choices(cls, value: Any) -> Any:
        words = {"1": "true", "yes": "true", "on": "true", "0": "false", "no": "false", "off": "false"}
        return words.get(str(value).lower(), str(value).lower())

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
        if not (number.isdigit() and rest and not any(character.isspace() or character == "/" for character in rest)):
            raise ValueError("does not look like a token; @BotFather gives one like 1234567:AbC…")
        return value

    @model_validator(mode="wrap")
    @classmethod
    def _collect_errors(cls, data: Any, handler: ModelWrapValidatorHandler[Self]) -> Self:
        """Report mistakes in several settings together with those in each alone."""
        errors: list[InitErrorDetails] = []
        settings = None
        if isinstance(data, dict):  # an empty setting is one that is not set; an empty budget is one without a limit
            data = {name: value for name, value in data.items() if value != "" or name in _BUDGETS}
            data |= {name: None for name in _BUDGETS if data.get(name) == ""}
        try:
            settings = handler(data)
        except ValidationError as error:
            errors += [_error_details(one["type"], one["loc"], one["msg"]) for one in error.errors()]
        values = data if isinstance(data, dict) else {}
        errors += [_error_details("services", (name,), text) for name, text in _service_errors(cls.specs, values)]
        if settings is None or errors:
            raise ValidationError.from_exception_data(cls.__name__, errors, hide_input=True) from None
        return settings

    @property
    def listen_address(self) -> tuple[str, int]:
        """`listen` as a host and a port."""
        host, _, port = self.listen.rpartition(":")
        return host.removeprefix("[").removesuffix("]"), int(port)

    @property
    def services(self) -> tuple[str, ...]:
        """The names of the video services that have a key, the preferred one first."""
        values = dict(self)
        names = [spec.name for spec in self.specs if spec.is_configured(values)]
        return tuple(sorted(names, key=lambda name: name != self.video_service))

    def spec(self, service: str) -> ServiceSpec[Any]:
        """Return what is known of a video service, by its name."""
        return next(spec for spec in self.specs if spec.name == service)

    @property
    def callback_urls(self) -> dict[str, str]:
        """The public address for callbacks, for each configured service that is to send them."""
        callbacks = {spec.name: spec.callback for spec in map(self.spec, self.services)}
        urls = {name: callback.public_url(self) for name, callback in callbacks.items() if callback}
        return {name: url for name, url in urls.items() if url}

    @property
    def secrets(self) -> tuple[str, ...]:
        """What must never appear in a log."""
        return tuple(value.get_secret_value() for _, value in self if isinstance(value, SecretStr))

    @classmethod
    def read(cls) -> Self:
        """Read the environment and `.env`.

        Raises:
            SettingsError: with every mistake in it, or because `.env` can't be read.
        """
        read_entries()
        try:
            return cls()
        except ValidationError as error:
            raise SettingsError("\n".join(_error_message(details) for details in error.errors())) from None


def _error_details(kind: str, location: tuple[int | str, ...], message: str) -> InitErrorDetails:
    error = PydanticCustomError(kind, "{message}", {"message": message})
    return InitErrorDetails(type=error, loc=location, input=None)


def _error_message(details: Any) -> str:
    """Return one mistake as a sentence, never with the value, which may be a secret."""
    name = "_".join(str(part) for part in details["loc"][:1]).upper()
    if details["type"] == "missing":
        return f"{name} is missing."
    if details["type"] == "services":
        return str(details["msg"])
    return f"{name}: {details['msg'].removeprefix('Value error, ')}."


def _service_errors(specs: Collection[ServiceSpec[Any]], values: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield mistakes in the services' settings: a setting's name and a sentence. No sentence holds a value.

    `values` are the raw settings by their names.
    """
    configured = {spec.name: spec.is_configured(values) for spec in specs}
    if not any(configured.values()):
        first, *others = (spec.keys[0].upper() for spec in specs)
        yield (
            first.lower(),
            f"{first} is missing{''.join(f', or {key}' for key in others)}: a video service needs a key.",
        )
    for spec in specs:
        yield from spec.errors(values)
        if values.get("video_service") == spec.name and not configured[spec.name]:
            key = spec.keys[0].upper()
            yield "video_service", f"VIDEO_SERVICE: {spec.name} is preferred, and {key} is missing."


class Settings(BotSettings, AimlSettings, KlingSettings):
    """What an operator can set. To add a video service, add its settings and its spec here."""

    specs: ClassVar[tuple[ServiceSpec[Any], ...]] = (AIML, KLING)


class UnknownSetting(NamedTuple):
    """A name that is no setting's: in `.env`, or in the environment if it is nearly one.

    Attributes:
        text: a sentence for the operator, never with the value, which may be a secret.
        nearest: the setting that may be meant, or None.
    """

    text: str
    nearest: str | None = None


_PLAIN_NAME = re.compile(r"[A-Z_][A-Z0-9_]{0,40}|[a-z_][a-z0-9_]{0,40}")  # anything else may be a secret
_ENVIRONMENT_ONLY = frozenset({"HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY", "SSL_CERT_FILE", "SSL_CERT_DIR"})
_OF_OTHERS = ("COMPOSE_", "DOCKER_", "PYTHON", "TZ")
_NEAR = 0.6  # of difflib's ratio, in `.env`
_VERY_NEAR = 0.85  # in the environment, which holds much that is not meant for the bot


def unknown_settings() -> list[UnknownSetting]:
    """Return what an operator may have misspelt, each with the nearest name that is known.

    Raises:
        SettingsError: `.env` can't be read.
    """
    known = [name.upper() for name in Settings.model_fields]
    found = [_judge_entry(entry, known) for entry in read_entries()]
    for name in sorted(os.environ):
        nearest = difflib.get_close_matches(name.upper(), known, n=1, cutoff=_VERY_NEAR)
        if nearest and name.upper() not in known:
            found.append(_unknown(name, "the environment", nearest[0]))
    return list(dict.fromkeys(unknown for unknown in found if unknown is not None))


def _judge_entry(entry: Entry, known: Collection[str]) -> UnknownSetting | None:
    name = (entry.name or "").upper()
    if name in known:
        return None
    if entry.value is None or not _PLAIN_NAME.fullmatch(entry.name or ""):
        return UnknownSetting(f"Line {entry.line} of .env is no setting: it should look like NAME=value.")
    if name in _ENVIRONMENT_ONLY:
        return None if os.environ.get(name) or os.environ.get(name.lower()) else _not_read_from_file(name)
    if name.startswith(_OF_OTHERS):
        return None
    nearest = difflib.get_close_matches(name, known, n=1, cutoff=_NEAR)
    return _unknown(name, f"line {entry.line} of .env", nearest[0] if nearest else None)


def _not_read_from_file(name: str) -> UnknownSetting:
    return UnknownSetting(f"{name} has no effect in .env: set it in the environment of the process.")


def _unknown(name: str, place: str, nearest: str | None) -> UnknownSetting:
    if nearest is None:
        return UnknownSetting(f"{name} in {place} is not a setting of the bot, and has no effect.")
    return UnknownSetting(f"{name} in {place} is not a setting of the bot. Did you mean {nearest}?", nearest)
