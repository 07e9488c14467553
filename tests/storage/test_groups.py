from __future__ import annotations

from typing import TYPE_CHECKING

from storage.people.groups import DEFAULT_RULES

if TYPE_CHECKING:
    from storage import Store

GROUP, SUPERGROUP = -70, -100_70


async def test_a_group_without_rules(store: Store) -> None:
    """A group that has set nothing, and every private chat, allows everything."""
    assert await store.groups.rules(GROUP) == DEFAULT_RULES
    assert await store.groups.rules(7) == DEFAULT_RULES
    assert DEFAULT_RULES.allows("pet_bee", "pets")


async def test_a_theme_and_its_exceptions(store: Store) -> None:
    """A switch turns one effect to the opposite of its theme, until the whole theme is switched."""
    await store.groups.set_theme(GROUP, "pets", ["pet_bee"], on=False)
    await store.groups.set_switch(GROUP, "pet_bee", on=True)
    rules = await store.groups.rules(GROUP)
    assert (rules.allows_theme("pets"), rules.allows("pet_bee", "pets"), rules.allows("pet_cat", "pets")) == (
        False,
        True,
        False,
    )
    assert rules.allows("hug", "people")
    await store.groups.set_theme(GROUP, "pets", ["pet_bee"], on=True)
    rules = await store.groups.rules(GROUP)
    assert rules.allows("pet_bee", "pets")
    assert rules.allows("pet_cat", "pets")


async def test_rules_follow_the_group(store: Store) -> None:
    """When a group becomes a supergroup, its rules are there, and the group that is gone has none."""
    await store.groups.set(GROUP, "daily", 5)
    await store.groups.set(GROUP, "who", "admins")
    await store.groups.set_switch(GROUP, "hug", on=True)
    before = await store.groups.rules(GROUP)
    for _ in range(2):
        await store.groups.move_chat(GROUP, SUPERGROUP)
    assert await store.groups.rules(SUPERGROUP) == before
    assert await store.groups.rules(GROUP) == DEFAULT_RULES


async def test_rules_of_the_supergroup_come_first(store: Store) -> None:
    """If the supergroup has rules of its own already, those of the former group only add their switches."""
    await store.groups.set(GROUP, "daily", 5)
    await store.groups.set(SUPERGROUP, "daily", 9)
    for chat_id in (GROUP, SUPERGROUP):
        await store.groups.set_switch(chat_id, "hug", on=True)
    await store.groups.set_switch(GROUP, "kiss", on=True)
    await store.groups.move_chat(GROUP, SUPERGROUP)
    rules = await store.groups.rules(SUPERGROUP)
    assert (rules.daily, rules.switches) == (9, frozenset({"hug", "kiss"}))


async def test_languages_of_groups(store: Store) -> None:
    """Only groups that chose a language are listed with it."""
    await store.groups.set(GROUP, "language", "en")
    await store.groups.set(SUPERGROUP, "daily", 5)
    assert await store.groups.languages() == {GROUP: "en"}
