"""The catalogue as people, operators and developers meet it."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from video.effects.catalogue import Catalogue, CatalogueError

_THEME = '[themes.fun]\ntitle = "Fun"\nemoji = "🎬"\n'
_EFFECT = '[effects.wave]\ntitle = "Wave"\nemoji = "👋"\ntheme = "fun"\n'
_SERVICE = 'aiml = { scene = "wave" }\n'


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return Catalogue.load()


def _load(folder: Path, text: str) -> Catalogue:
    path = folder / "mine.toml"
    path.write_text(text, encoding="utf-8")
    return Catalogue.load_only(path)


def test_main_effects(catalogue: Catalogue) -> None:
    """Under a lone photo a person sees the six main effects, in this order, and may say in words what should happen."""
    assert [effect.command for effect in catalogue.main] == [
        "hug",
        "kiss",
        "heart",
        "fight",
        "squish",
        "expansion",
        "animate",
    ]


def test_everything_is_on_a_shelf(catalogue: Catalogue) -> None:
    """Every effect has a service, a theme and a title of its own, and no theme is empty."""
    assert all(effect.first_service(["aiml", "kling"]) for effect in catalogue.effects)
    assert sum(len(catalogue.in_theme(theme.key)) for theme in catalogue.themes) == len(catalogue.effects)
    assert all(catalogue.in_theme(theme.key) for theme in catalogue.themes)
    titles = [effect.title for effect in catalogue.effects]
    assert len(set(titles)) == len(titles)


def test_every_name_is_one_effects_own(catalogue: Catalogue) -> None:
    """Whatever a service calls a scene, a person who types that gets this effect."""
    for effect in catalogue.effects:
        assert [name for name in effect.names if catalogue.by_name(name) is not effect] == []


def test_klings_list(catalogue: Catalogue) -> None:
    """Every scene of Kling's list that it has not ended is offered, and takes as many photos as the list says."""
    listed = json.loads((Path(__file__).parent / "kling_scenes.json").read_text("utf-8"))
    for photos, names in ((1, listed["one_photo"]), (2, listed["two_photos"])):
        ours = [effect.scenes["kling"].name for effect in catalogue.offered(["kling"]) if effect.photos == photos]
        assert set(names) - set(ours) == {"magic_match_tree"} & set(names)


def test_either_service_makes_a_hug(catalogue: Catalogue) -> None:
    """A person's /hug is `hug` at AIML and `hug_pro` at Kling."""
    hug, heart = catalogue.by_name("hug"), catalogue.by_name("heart")
    assert hug is not None
    assert heart is not None
    assert {service: scene.name for service, scene in hug.scenes.items()} == {"aiml": "hug", "kling": "hug_pro"}
    assert heart.scenes["kling"].name == "heart_gesture_pro"


@pytest.mark.parametrize(
    "scene",
    ["squish", "expansion", "balloon_parade", "jelly_squish", "jelly_press", "jelly_slice", "jelly_jiggle"],
)
def test_row_56_scenes_that_left_klings_list_without_notice(catalogue: Catalogue, scene: str) -> None:
    """A bot with a key for Kling alone offers what Kling may still make: a refusal costs nothing and hides it."""
    effect = catalogue.by_name(scene)
    assert effect is not None
    assert effect.scenes["kling"].name == scene
    assert effect in catalogue.offered(["kling"])


def test_row_56_a_scene_that_kling_ended(catalogue: Catalogue) -> None:
    """Nobody is offered a scene whose end Kling has announced."""
    assert catalogue.by_name("magic_match_tree") is None


def test_scenes_are_the_vendors(catalogue: Catalogue) -> None:
    """A developer who has the vendor's OpenAPI file sees that every scene of it is offered, under its own name."""
    folder = Path(os.environ.get("AIML_OPENAPI_DIR", "../shared/contracts/aiml"))
    path = folder / "v1.6-pro-effects.json"
    if not path.exists():
        pytest.skip("the vendor's OpenAPI file is not here (AIML_OPENAPI_DIR)")
    spec = json.loads(path.read_text(encoding="utf-8"))
    post: dict[str, Any] = spec["paths"]["/v2/video/generations"]["post"]
    body = post["requestBody"]["content"]["application/json"]["schema"]["properties"]
    ours = {effect.scenes["aiml"].name for effect in catalogue.offered(("aiml",)) if not effect.prompt}
    assert set(body["effect_scene"]["enum"]) - ours == set()
    assert {s for effect in catalogue.offered(["aiml"]) for s in effect.scenes["aiml"].durations} <= set(
        body["duration"]["enum"]
    )


def test_photos_faces_and_durations(catalogue: Catalogue) -> None:
    """The four pairs ask for two photos; squish, expansion and pets for no face; three, and /animate, can last 10 s."""
    aiml = catalogue.offered(["aiml"])
    two = {effect.command for effect in aiml if effect.photos == 2}
    assert two >= {"hug", "kiss", "heart", "fight"}
    assert all(effect.faces for effect in aiml if effect.photos == 2)
    faceless = [effect for effect in catalogue.effects if effect.command in {"squish", "expansion"}]
    assert len(faceless) == 2
    assert not any(effect.faces for effect in [*faceless, *catalogue.in_theme("pets")])
    ten = {e.command for e in aiml if 10 in e.scenes["aiml"].durations}
    assert ten >= {"hug", "kiss", "heart", "animate"}
    assert {scene.durations[0] for effect in catalogue.main for scene in effect.scenes.values()} == {5}


@pytest.mark.parametrize(
    ("typed", "command"),
    [
        ("hug", "hug"),
        ("/HUG", "hug"),
        ("heart_gesture", "heart"),
        ("Heart Gesture", "heart"),
        ("inflate", "expansion"),
        ("jelly squish", "jelly_squish"),
        ("jelly-squish", "jelly_squish"),
        ("let's_ride", "lets_ride"),
        ("Let’s ride", "lets_ride"),
        ("lets_ride", "lets_ride"),
    ],
)
def test_names_as_people_type_them(catalogue: Catalogue, typed: str, command: str) -> None:
    """A person finds an effect by its command, an alias or the service's name, in any case and spelling."""
    effect = catalogue.by_name(typed)
    assert effect is not None
    assert effect.command == command


@pytest.mark.parametrize(
    ("typed", "first"), [("hugg", "hug"), ("polarbear_hug", "polar_bear_hug"), ("inflat", "expansion")]
)
def test_near_misses(catalogue: Catalogue, typed: str, first: str) -> None:
    """A person who mistypes an effect is offered the one meant, and at most three."""
    assert catalogue.by_name(typed) is None
    offers = catalogue.suggest(typed)
    assert offers[0].command == first
    assert len(offers) <= 3


def test_part_of_a_name(catalogue: Catalogue) -> None:
    """A person who types a part of a name is offered effects that hold it; nonsense is offered nothing."""
    assert {effect.theme for effect in catalogue.suggest("jelly")} == {"squishy"}
    assert {effect.theme for effect in catalogue.suggest("footb", ["kling"])} == {"stadium"}
    assert catalogue.suggest("footb", ["aiml"]) == ()
    assert catalogue.suggest("qqqqqq") == ()
    assert catalogue.suggest("") == ()


def test_a_second_service(tmp_path: Path) -> None:
    """A developer adds a service with a table per effect; effects that it does not make stay apart."""
    text = _THEME + _EFFECT + _SERVICE + 'kling = { scene = "wave_pro", durations = [10, 5] }\n'
    catalogue = _load(
        tmp_path,
        text + '[effects.nod]\ntitle = "Nod"\nemoji = "🙂"\ntheme = "fun"\n' + _SERVICE.replace("wave", "nod"),
    )
    assert [effect.command for effect in catalogue.offered(("kling",))] == ["wave"]
    wave = catalogue.by_name("wave_pro")
    assert wave is not None
    assert wave.scenes["kling"].durations == (10, 5)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[effects", "mine.toml"),
        (_EFFECT + _SERVICE, "themes"),
        (_THEME, "effects"),
        (_THEME + "[effects]\nwave = 1\n", "effects.wave"),
        ('[themes.fun]\ntitle = "Fun"\n' + _EFFECT + _SERVICE, "themes.fun: emoji"),
        (_THEME + "colour = 1\n" + _EFFECT + _SERVICE, "themes.fun: unknown key 'colour'"),
        (_THEME + _EFFECT, "effects.wave: no service"),
        (_THEME + _EFFECT.replace('"fun"', '"sad"') + _SERVICE, "effects.wave: theme"),
        (_THEME + _EFFECT.replace('title = "Wave"\n', "") + _SERVICE, "effects.wave: title"),
        (_THEME + _EFFECT + "photos = 3\n" + _SERVICE, "effects.wave: photos"),
        (_THEME + _EFFECT + "photos = true\n" + _SERVICE, "effects.wave: photos"),
        (_THEME + _EFFECT + "face = true\n" + _SERVICE, "effects.wave: unknown key 'face'"),
        (_THEME + _EFFECT.replace("effects.wave", "effects.Wave") + _SERVICE, "effects.Wave: 'Wave'"),
        (_THEME + _EFFECT + 'aliases = ["a b"]\n' + _SERVICE, "effects.wave: 'a b'"),
        (_THEME + _EFFECT + "aiml = { durations = [5] }\n", "effects.wave: aiml: scene"),
        (_THEME + _EFFECT + 'aiml = { scene = "w", duration = 5 }\n', "effects.wave: aiml: unknown"),
        (_THEME + _EFFECT + 'aiml = { scene = "w", durations = ["5"] }\n', "effects.wave: aiml: durations"),
        (_THEME + _EFFECT + _SERVICE + _EFFECT.replace("wave", "nod") + 'aliases = ["wave"]\n' + _SERVICE, "'wave'"),
    ],
)
def test_mistakes_name_the_table(tmp_path: Path, text: str, words: str) -> None:
    """A developer's mistake in the file is told with the table that holds it."""
    with pytest.raises(CatalogueError) as caught:
        _load(tmp_path, text)
    assert words in str(caught.value)
