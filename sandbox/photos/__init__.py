"""Four small pictures for the demo and the tests: `ada`, `ben` (a face each), `coffee` and `cat`."""

from importlib import resources


def photo(name: str) -> bytes:
    """The JPEG called `name` (without its suffix), 512 pixels wide.

    Raises:
        FileNotFoundError: there is no such picture.
    """
    return (resources.files(__name__) / f"{name}.jpg").read_bytes()
