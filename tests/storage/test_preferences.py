from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from storage.preferences import UserPreferences

if TYPE_CHECKING:
    from storage import Store


async def test_one_choice_leaves_the_others(store: Store) -> None:
    """A person who chooses a quality keeps the length and the language that they chose before."""
    await store.preferences.set(7, "duration", 10)
    await store.preferences.set(7, "language", "en")
    await store.preferences.set(7, "quality", "pro")
    assert await store.preferences.get(7) == UserPreferences(duration=10, language="en", quality="pro")
    assert await store.preferences.get(8) == UserPreferences()


async def test_a_choice_is_taken_back(store: Store) -> None:
    """A person may leave it to Telegram again which language they read."""
    await store.preferences.set(7, "language", "en")
    assert await store.preferences.languages() == {7: "en"}
    await store.preferences.set(7, "language", None)
    assert await store.preferences.languages() == {}


async def test_a_choice_that_is_none(store: Store) -> None:
    """A developer who misspells a choice hears of it, and no SQL is made of it."""
    with pytest.raises(ValueError, match="no choice"):
        await store.preferences.set(7, "quality = 'x' --", "pro")


async def test_made_once(store: Store) -> None:
    """What is made once for an installation is the same ever after."""
    assert await store.key_values.get_or_create("path", lambda: "first") == "first"
    assert await store.key_values.get_or_create("path", lambda: "second") == "first"
