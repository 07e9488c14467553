from __future__ import annotations

from typing import TYPE_CHECKING

from sandbox.services.scenes import Scene, scenes_of

if TYPE_CHECKING:
    from pathlib import Path

EFFECTS = """
[effects.wave]
photos = 2
faces = true
aiml = { scene = "wave", durations = [5, 10] }
kling = { scene = "wave_pro" }

[effects.smile]
faces = true
aiml = { scene = "smile" }

[effects.animate]
prompt = true
aiml = { scene = "image-to-video" }
"""


def test_an_effect_in_the_catalogue_is_a_scene_of_its_services(tmp_path: Path) -> None:
    """Each service has the scenes of its effects; an effect that follows a prompt has none."""
    (tmp_path / "fun.toml").write_text(EFFECTS)
    (tmp_path / "themes.toml").write_text('[themes.fun]\ntitle = "Fun"\n')
    wave = Scene("wave", 2, needs_faces=True, durations=(5, 10))
    smile = Scene("smile", 1, needs_faces=False, durations=(5,))
    assert scenes_of("aiml", tmp_path) == {"wave": wave, "smile": smile}
    assert scenes_of("kling", tmp_path) == {"wave_pro": Scene("wave_pro", 2, needs_faces=True, durations=(5,))}


def test_the_catalogue_that_comes_with_the_bot_is_found() -> None:
    """Without a folder the scenes are those of the installed catalogue."""
    assert scenes_of("aiml")["hug"] == Scene("hug", 2, needs_faces=True, durations=(5, 10))
    assert scenes_of("kling")["pet_dance"].photos == 1
