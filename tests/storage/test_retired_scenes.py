from __future__ import annotations

from typing import TYPE_CHECKING

from storage.installation import RetiredScene
from tests.storage.samples import NOW

if TYPE_CHECKING:
    from storage import Store


async def test_a_scene_is_retired_at_one_service(store: Store) -> None:
    """A scene is retired once, with the service's first words, and only at the service that said so."""
    await store.retired_scenes.add("aiml", "kiss", "unknown scene", now=NOW)
    await store.retired_scenes.add("aiml", "kiss", "again", now=NOW + 1)
    assert await store.retired_scenes.all() == [RetiredScene("aiml", "kiss", "unknown scene", NOW)]
    assert await store.retired_scenes.scenes() == {("aiml", "kiss")}


async def test_a_scene_is_restored(store: Store) -> None:
    """The operator restores a scene, and is told if it was not retired."""
    await store.retired_scenes.add("aiml", "kiss", "unknown scene", now=NOW)
    assert not await store.retired_scenes.restore("kling", "kiss")
    assert await store.retired_scenes.restore("aiml", "kiss")
    assert await store.retired_scenes.all() == []
