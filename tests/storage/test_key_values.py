from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from storage import Store


async def test_a_value_is_created_once(store: Store) -> None:
    """The secret part of the callback path stays the same at every start."""
    assert await store.key_values.get_or_create("path", lambda: "first") == "first"
    assert await store.key_values.get_or_create("path", lambda: "second") == "first"


async def test_a_value_is_replaced(store: Store) -> None:
    """A value that is set again replaces the earlier one, and other names keep theirs."""
    assert await store.key_values.get("menu") is None
    await store.key_values.set("menu", "one")
    await store.key_values.set("path", "other")
    await store.key_values.set("menu", "two")
    assert await store.key_values.get("menu") == "two"
    assert await store.key_values.get("path") == "other"
