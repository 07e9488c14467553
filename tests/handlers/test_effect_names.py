"""An effect goes by its command, by its name after /effect, and by other names."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.handlers.private_sights import made

if TYPE_CHECKING:
    from tests.conftest import Play


@pytest.mark.parametrize(
    ("words", "scene"),
    [
        ("/jelly_squish", "jelly_squish"),
        ("/effect jelly_squish", "jelly_squish"),
        ("/effect Jelly Squish", "jelly_squish"),
        ("/lets_ride", "let's_ride"),
        ("/effect let’s_ride", "let's_ride"),
        ("/inflate", "expansion"),
        ("/expansion", "expansion"),
    ],
)
async def test_every_other_scene(play: Play, coffee: bytes, words: str, scene: str) -> None:
    """Other scenes go by /effect NAME and by their own command, aliases included."""
    await play.start()
    play.chat.photo(coffee, words)
    await made(play, scene, 1)


async def test_heart_is_heart_gesture(play: Play, ada: bytes, ben: bytes) -> None:
    """/heart asks the service for heart_gesture."""
    await play.start()
    play.chat.album([ada, ben], "/heart")
    await made(play, "heart_gesture", 2)


async def test_unknown_effect(play: Play, coffee: bytes) -> None:
    """A name that is not there gets the nearest ones, and whatever is in it is shown as it is."""
    await play.start()
    play.chat.photo(coffee, "/effect jely_squish <b>")
    answer = await play.chat.wait_for(lambda seen: "Did you mean" in seen.text)
    assert "jely_squish <b>" in answer.text
    assert "/jelly" in answer.text
    assert await play.jobs() == []
