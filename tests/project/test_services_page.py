"""docs/services.md is held to the code."""

from __future__ import annotations

import re
from pathlib import Path

from bot.services import SERVICES
from bot.settings import Settings
from video.effects.catalogue import Catalogue

ROOT = Path(__file__).parents[2]
DOCUMENT = (ROOT / "docs" / "services.md").read_text("utf-8")


def test_every_file_is_there() -> None:
    """Whoever adds a service finds each file that the page names."""
    names = re.findall(r"`((?:video|bot|sandbox|tests)/[\w/.]+)`", DOCUMENT)
    assert len(names) > 10
    assert [name for name in names if "NAME" not in name and not (ROOT / name).exists()] == []


def test_every_setting_is_there() -> None:
    """Whoever sets a service up finds each setting that the page names."""
    names = {name for name in re.findall(r"`([A-Z]+_[A-Z_]+|LISTEN)`", DOCUMENT) if name != "KNOWN"}
    assert names - {name.upper() for name in Settings.model_fields} == set()


def test_the_numbers_are_right() -> None:
    """The page tells how many scenes each service has."""
    effects = [effect for effect in Catalogue.load().effects if not effect.prompt]
    for service in SERVICES:
        offered = [effect for effect in effects if service in effect.scenes]
        assert f"{len(offered)} scenes" in DOCUMENT, service
    pairs = [effect for effect in effects if "kling" in effect.scenes and effect.photos == 2]
    assert len(pairs) == 15
