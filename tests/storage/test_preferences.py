from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from storage.people.preferences import UserPreferences

if TYPE_CHECKING:
    from storage import Store


async def test_one_choice_leaves_the_others(store: Store) -> None:
    """A user who chooses a quality keeps the length and the language that they chose before."""
    await store.preferences.set(7, "duration", 10)
    await store.preferences.set(7, "language", "en")
    await store.preferences.set(7, "quality", "pro")
    assert await store.preferences.get(7) == UserPreferences(duration=10, language="en", quality="pro")
    assert await store.preferences.get(8) == UserPreferences()


async def test_a_choice_is_taken_back(store: Store) -> None:
    """A user may go back to the language that Telegram reports."""
    await store.preferences.set(7, "language", "en")
    assert await store.preferences.languages() == {7: "en"}
    await store.preferences.set(7, "language", None)
    assert await store.preferences.languages() == {}


async def test_an_unknown_choice(store: Store) -> None:
    """A name that is no choice raises an error and never becomes part of SQL."""
    with pytest.raises(ValueError, match="no choice"):
        await store.preferences.set(7, "quality = 'x' --", "pro")
