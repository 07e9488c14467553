"""Row 20: two processes on one database."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.crash.conftest import NewWorld


async def test_row_20_a_second_bot_on_the_same_database_ends_with_a_sentence(new_world: NewWorld) -> None:
    """Whoever starts the bot twice is told so, with exit code 1; the first one goes on."""
    async with new_world() as world:
        await world.start()
        world.one_photo()
        assert await world.settle()
        second = world.another()
        await second.start()
        assert await second.ended() == 1
        assert "Another bot is running on" in second.said
        assert "Traceback" not in second.said
        world.one_photo()
        assert await world.settle()
        world.check()
