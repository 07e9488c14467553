"""An effect: its names, its scenes at the services, and the theme that it belongs to."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


@dataclass(frozen=True, slots=True)
class Scene:
    """An effect at one video service.

    Attributes:
        name: the service's own name.
        durations: seconds, the usual one first.
        usd: what one video costs in US dollars; None if the operator does not say.
    """

    name: str
    durations: tuple[int, ...] = (5,)
    usd: float | None = None


@dataclass(frozen=True, slots=True)
class Theme:
    """A group of effects that people see together; `title_key` as an effect's."""

    key: str
    title: str
    emoji: str
    title_key: str = ""


@dataclass(frozen=True, slots=True)
class Effect:
    """What a person can ask for.

    Attributes:
        command: what they type after the slash, `a-z0-9_`.
        title: for people; English, or the operator's own.
        title_key: the key of the title in other languages; empty if the title is the operator's own.
        emoji: one.
        theme: the key of its theme.
        photos: 1 or 2; of two, the first is the left person, or what is seen first.
        in_turn: whether two photos are seen one after the other instead of side by side.
        faces: whether each photo must show a face.
        sound: whether the video carries sound.
        prompt: whether it is image-to-video with a person's own prompt; then a second photo may be the last frame.
        main: whether it is offered for a photo that came without a command.
        hidden: whether the operator has hidden it. It is kept so that earlier jobs still have its title.
        aliases: other words for the command.
        scenes: by the service's name; a service that is missing does not make it.
        retired: the services that said that they no longer make it.
    """

    command: str
    title: str
    emoji: str
    theme: str
    photos: int = 1
    in_turn: bool = False
    faces: bool = False
    sound: bool = False
    prompt: bool = False
    main: bool = False
    hidden: bool = False
    aliases: tuple[str, ...] = ()
    scenes: Mapping[str, Scene] = field(default_factory=dict, hash=False)
    retired: frozenset[str] = frozenset()
    title_key: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """Every name it answers to: the command, aliases and services' names, each once."""
        scenes = (normalized_name(scene.name) for scene in self.scenes.values())
        return tuple(dict.fromkeys((self.command, *self.aliases, *scenes)))

    @property
    def max_photos(self) -> int:
        """How many photos it takes at most; `photos` is how many it needs."""
        return 2 if self.prompt else self.photos

    def first_service(self, services: Iterable[str]) -> str | None:
        """Return the first of these services that makes it, None if none does."""
        if self.hidden:
            return None
        return next((one for one in services if one in self.scenes and one not in self.retired), None)


def normalized_name(name: str) -> str:
    """Return the name as it is looked up: lower case, underscores for spaces and dashes, no slash, no apostrophes."""
    bare = name.strip().lstrip("/").casefold()
    return re.sub(r"[\s_‐‑–-]+", "_", re.sub(r"['’‘`]", "", bare))
