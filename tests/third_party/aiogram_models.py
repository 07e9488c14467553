"""Check calls, answers and updates against aiogram's models of the Bot API, which this project had no hand in.

aiogram accepts unknown fields silently; here they are refused, at any depth. It is imported at the first check:
that takes some seconds, which tests that check nothing need not wait for.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, TypeAdapter, ValidationError

from sandbox.telegram import Upload

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sandbox.telegram import Call


def check_call(call: Call) -> None:
    """Check the method's name and its parameters.

    Raises:
        AssertionError: the call does not conform, with the reasons.
    """
    model = _model(call)
    attached = set(_attached(call.params))
    params = {name: _files(value, call.params) for name, value in call.params.items() if name not in attached}
    missing = [name for name in attached if name not in call.params]
    if missing:
        raise AssertionError(f"{call.method}: attach:// names parts that are not there: {missing}")
    try:
        checked = model.model_validate(params)
    except ValidationError as error:
        raise AssertionError(f"{call.method} does not conform: {error}") from None
    _refuse_unknown_fields(call.method, checked)


def check_answer(call: Call) -> None:
    """Check the `result` that a call got.

    Raises:
        AssertionError: it is not what the method returns.
    """
    returned = getattr(_model(call), "__returning__")  # noqa: B009 - a name that mypy would mangle
    try:
        checked = TypeAdapter(returned).validate_python(call.answer)
    except ValidationError as error:
        raise AssertionError(f"the answer to {call.method} does not conform: {error}") from None
    _refuse_unknown_fields(f"the answer to {call.method}", checked)


def check_update(update: dict[str, Any]) -> None:
    """Check an update.

    Raises:
        AssertionError: it is none that Telegram would send.
    """
    try:
        checked = _aiogram("types").Update.model_validate(update)
    except ValidationError as error:
        raise AssertionError(f"the update {update} does not conform: {error}") from None
    _refuse_unknown_fields("the update", checked)


def _aiogram(package: str) -> Any:
    return import_module(f"aiogram.{package}")


def _model(call: Call) -> type[BaseModel]:
    name = call.method[:1].upper() + call.method[1:]
    model = getattr(_aiogram("methods"), name, None)
    if model is None:
        raise AssertionError(f"there is no method {call.method} in the Bot API")
    found: type[BaseModel] = model
    return found


def _attached(value: Any) -> Iterator[str]:
    """Name the parts of the form that are mentioned as `attach://name`."""
    if isinstance(value, str) and value.startswith("attach://"):
        yield value.removeprefix("attach://")
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _attached(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _attached(inner)


def _files(value: Any, params: dict[str, Any]) -> Any:
    """Put aiogram's files where uploads are meant."""
    if isinstance(value, str) and value.startswith("attach://"):
        value = params.get(value.removeprefix("attach://"), value)
    if isinstance(value, Upload):
        return _aiogram("types").BufferedInputFile(value.data, value.name)
    if isinstance(value, dict):
        return {name: _files(inner, params) for name, inner in value.items()}
    if isinstance(value, list):
        return [_files(inner, params) for inner in value]
    return value


def _refuse_unknown_fields(where: str, value: Any) -> None:
    if isinstance(value, BaseModel):
        if value.model_extra:
            raise AssertionError(f"{where}: unknown fields {sorted(value.model_extra)}")
        for name, inner in value:
            _refuse_unknown_fields(f"{where}.{name}", inner)
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            _refuse_unknown_fields(f"{where}[{number}]", inner)
