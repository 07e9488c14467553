"""Reads the file `.env`. It imports the standard library alone, so that the health check is cheap.

Its grammar is python-dotenv's, which `bot.settings` reads the same file with.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from bot.errors import SettingsError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

ENV_FILE = Path(".env")
_BYTE_ORDER_MARKS = {b"\xff\xfe\0\0": "UTF-32", b"\0\0\xfe\xff": "UTF-32", b"\xff\xfe": "UTF-16", b"\xfe\xff": "UTF-16"}
_NAME = re.compile(r"(?:export[^\S\r\n]+)?(?:'([^']+)'|([^=#\s]+))[^\S\r\n]*")
_EQUAL_SIGN = re.compile(r"=[^\S\r\n]*")
_QUOTED = re.compile(r"""'((?:\\.|[^'\\])*)'|"((?:\\.|[^"\\])*)\"""", re.DOTALL)
_REST = re.compile(r"[^\r\n]*")
_END = re.compile(r"(?:[^\S\r\n]*#[^\r\n]*)?[^\S\r\n]*(?:\r\n|\n|\r|\Z)")
_SINGLE_ESCAPE = re.compile(r"\\([\\'])")
_DOUBLE_ESCAPE = re.compile(r"""\\([\\'"abfnrtv])""")
_ESCAPES = {"a": "\a", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v"}
_VARIABLE = re.compile(r"\$\{([^}:]*)(?::-([^}]*))?\}")


class Entry(NamedTuple):
    """A line of the file.

    Attributes:
        line: its number, from 1.
        name: None if the line is no setting at all.
        value: as it stands there, without quotes; None if there is no equal sign.
    """

    line: int
    name: str | None
    value: str | None


def read_entries(path: Path = ENV_FILE) -> list[Entry]:
    """Return the entries of the file in their order; none if there is no file.

    Raises:
        SettingsError: it can't be read, or is no text in UTF-8.
    """
    return list(_parse(_read_text(path)))


def read_setting(name: str, path: Path = ENV_FILE) -> str | None:
    """Return one setting from the environment or the file, as `bot.settings` finds it; None if it is not set.

    Raises:
        SettingsError: the file can't be read.
    """
    entries = read_entries(path)
    environment = {known.lower(): value for known, value in os.environ.items()}
    found = environment.get(name.lower())
    if found:
        return found
    values: dict[str, str | None] = {}
    for entry in entries:
        if entry.name is not None:
            values[entry.name] = entry.value and _interpolate(entry.value, {**os.environ, **values})
    return {known.lower(): value for known, value in values.items() if value != ""}.get(name.lower())


def _read_text(path: Path) -> str:
    try:
        path.stat()  # raises what the questions below would not tell
        if path.is_dir():
            raise SettingsError(
                f"{path} is a folder (Docker makes one if a file to mount is missing). Put the file there instead."
            )
        if path.is_char_device():
            return ""  # /dev/null
        if not path.is_file():
            raise SettingsError(f"{path} is no file. Put a text file there, or set everything in the environment.")
        data = path.read_bytes()
    except FileNotFoundError:
        if path.is_symlink():
            raise SettingsError(f"{path} is a link to a file that is not there.") from None
        return ""
    except OSError as error:
        raise SettingsError(f"{path} can't be read: {error.strerror}.") from None
    return _decode(path, data)


def _decode(path: Path, data: bytes) -> str:
    for mark, encoding in _BYTE_ORDER_MARKS.items():
        if data.startswith(mark):
            raise SettingsError(f"{path} is in {encoding}. Save it as UTF-8.")
    if b"\0" in data:
        raise SettingsError(f"{path} is no text in UTF-8; it looks like UTF-16. Save it as UTF-8.")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise SettingsError(f"{path}, line {line}: a character is not in UTF-8. Save the file as UTF-8.") from None


def _parse(text: str) -> Iterator[Entry]:
    at = 0
    while True:
        at += len(text[at:]) - len(text[at:].lstrip())
        if at >= len(text):
            return
        line = len(re.findall(r"\r\n|\n|\r", text[:at])) + 1
        entry, end = _parse_entry(text, at, line)
        if entry is not None:
            yield entry
        at = end


def _parse_entry(text: str, at: int, line: int) -> tuple[Entry | None, int]:
    """Return the entry that begins here, or None for a comment, and where the next one begins."""
    name, value = None, None
    after = at
    if text[at] != "#":
        found = _NAME.match(text, at)
        if found is None:
            return Entry(line, None, None), _next_line(text, at)
        name, after = found[1] or found[2], found.end()
    equal_sign = _EQUAL_SIGN.match(text, after)
    if equal_sign and name is not None:
        parsed = _parse_value(text, equal_sign)
        if parsed is None:
            return Entry(line, None, None), _next_line(text, equal_sign.end())
        value, after = parsed
    end = _END.match(text, after)
    if end is None:
        return Entry(line, None, None), _next_line(text, after)
    return (None if name is None else Entry(line, name, value)), end.end()


def _parse_value(text: str, equal_sign: re.Match[str]) -> tuple[str, int] | None:
    """Return the value after the equal sign and its end, or None if its quotes don't end."""
    at = equal_sign.end()
    first = text[at : at + 1]
    if first == "#" and len(equal_sign[0]) > 1:
        return "", at
    if first and first in "'\"":
        quoted = _QUOTED.match(text, at)
        if quoted is None:
            return None
        if first == "'":
            return _SINGLE_ESCAPE.sub(r"\1", quoted[1]), quoted.end()
        return _DOUBLE_ESCAPE.sub(lambda found: _ESCAPES.get(found[1], found[1]), quoted[2]), quoted.end()
    rest = _REST.match(text, at)
    bare = rest[0] if rest else ""
    return re.sub(r"\s+#.*", "", bare).rstrip(), at + len(bare)


def _next_line(text: str, at: int) -> int:
    rest = re.compile(r"[^\r\n]*(?:\r\n|\n|\r)?").match(text, at)
    return rest.end() if rest else len(text)


def _interpolate(value: str, environment: Mapping[str, str | None]) -> str:
    """Return the value with `${NAME}` and `${NAME:-default}` replaced."""
    return _VARIABLE.sub(lambda found: environment.get(found[1], found[2]) or "", value)
