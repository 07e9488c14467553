"""docs/services.md names settings that exist."""

from __future__ import annotations

import re
from pathlib import Path

from bot.settings import Settings

ROOT = Path(__file__).parents[2]
DOCUMENT = (ROOT / "docs" / "services.md").read_text("utf-8")


def test_every_setting_is_there() -> None:
    """Whoever sets a service up finds each setting that the page names."""
    names = set(re.findall(r"`([A-Z]+_[A-Z_]+|LISTEN)`", DOCUMENT))
    assert names - {name.upper() for name in Settings.model_fields} == set()
