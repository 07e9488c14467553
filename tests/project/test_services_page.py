"""docs/services.md names settings that exist, and every file that a new service touches."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.settings import Settings

ROOT = Path(__file__).parents[2]
DOCUMENT = (ROOT / "docs" / "services.md").read_text("utf-8")
PACKAGES = ("bot", "handlers", "storage", "video", "sandbox")
MODULES = {"bot/settings.py", "sandbox/__main__.py", "video/effects/models.py"}
"""Modules that name a service: its registration, the demo, and the image-to-video models by service."""


def test_every_setting_is_there() -> None:
    """Whoever sets a service up finds each setting that the page names."""
    names = set(re.findall(r"`([A-Z]+_[A-Z_]+|LISTEN)`", DOCUMENT)) - {"NAME_API_KEY"}
    assert names - {name.upper() for name in Settings.model_fields} == set()


@pytest.mark.parametrize("service", [spec.name for spec in Settings.specs])
def test_no_other_module_names_a_service(service: str) -> None:
    """Beside a service's own folders, only its registration, the demo and the table of models know its name."""
    named = re.compile(rf"""["']{service}["'.]|\b(services|sandbox)[./]{service}\b|\.{service}\b""")
    found = set()
    for package in PACKAGES:
        for path in (ROOT / package).rglob("*.py"):
            inside = path.relative_to(ROOT)
            if service not in inside.parts and named.search(path.read_text("utf-8")):
                found.add(inside.as_posix())
    assert found <= MODULES


def test_the_page_counts_the_files() -> None:
    """Whoever adds a service finds the list of files that it touches: they exist, and there are eight at most."""
    section = DOCUMENT.partition("Beside its folders, a service touches")[2].partition("\n\n")[2].partition("\n\n")[0]
    files = re.findall(r"^\| `([^`]+)`", section, re.MULTILINE)
    assert 5 <= len(files) <= 8
    for file in files:
        assert (ROOT / file.replace("NAME", "sample")).exists(), file
