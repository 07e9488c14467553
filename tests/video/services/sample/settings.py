"""The sample service's registration: the two lines that a real service adds to `bot/settings.py`."""

from __future__ import annotations

from bot.settings import Settings
from tests.video.services.sample.spec import SAMPLE, SampleSettings


class SettingsWithSample(Settings, SampleSettings):
    """The bot's settings with a third video service."""

    specs = (*Settings.specs, SAMPLE)
