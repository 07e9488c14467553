"""Four small photos for the demo and the tests: `ada` and `ben` show a face each, `coffee` and `cat` none."""

from importlib import resources


def photo(name: str) -> bytes:
    """Return the JPEG of this name (without its suffix), 512 pixels wide.

    Raises:
        FileNotFoundError: there is no photo of this name.
    """
    return (resources.files(__name__) / f"{name}.jpg").read_bytes()
