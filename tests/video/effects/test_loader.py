"""An operator's own file of effects, laid over the catalogue."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from video.effects.catalogue import Catalogue, CatalogueError
from video.effects.models import MODELS, PRICED_MODELS, Quality
from video.effects.toml_lines import TomlFile

DOCUMENT = (Path(__file__).parents[3] / "docs" / "effects.md").read_text("utf-8")
BOTH = ("aiml", "kling")


def over(folder: Path, text: str) -> Catalogue:
    """The catalogue with this file laid over it."""
    path = folder / "mine.toml"
    path.write_text(text, "utf-8")
    return Catalogue.load(path, reserved={"start"})


@pytest.mark.parametrize("example", re.findall(r"```toml\n(.*?)```", DOCUMENT, re.DOTALL))
def test_examples_of_the_document(tmp_path: Path, example: str) -> None:
    """An operator who copies an example out of docs/effects.md has a file without mistakes."""
    over(tmp_path, example)


def test_all_examples_together(tmp_path: Path) -> None:
    """The document's examples do what it says: rename, hide, move, add, and tell prices."""
    examples = re.findall(r"```toml\n(.*?)```", DOCUMENT, re.DOTALL)
    catalogue = over(tmp_path, "".join(examples))
    cuddle = catalogue.by_name("cuddle")
    assert cuddle is not None
    assert (cuddle.title, cuddle.command) == ("Big hug", "cuddle")
    assert catalogue.by_name("hug") is catalogue.by_name("squeeze") is catalogue.by_name("hug_pro") is cuddle
    offered = {effect.command: effect for effect in catalogue.offered(BOTH)}
    assert "gun_shot" not in offered
    assert list(offered["fight"].scenes) == ["kling"]
    assert offered["kiss"].scenes["kling"].name == "kiss_pro_2"
    assert offered["kiss"].scenes["aiml"].durations == (10, 5)
    price = catalogue.prices.get("aiml", "v1.6")
    assert price is not None
    assert price.for_seconds(5) == 0.5
    dear = catalogue.prices.get("kling", "standard", offered["eternal_kiss"].scenes["kling"])
    assert dear is not None
    assert dear.for_seconds(10) == 0.4
    assert [effect.command for effect in catalogue.in_theme("ours")] == ["moonwalk"]
    assert catalogue.themes[-1].title == "Our own"
    assert offered["dollar_rain"] in catalogue.main


def test_hidden_effects_keep_their_words(tmp_path: Path) -> None:
    """A hidden effect is offered nowhere, but videos that were made of it still have its title."""
    catalogue = over(tmp_path, "[effects.gun_shot]\nhidden = true\n")
    hidden = catalogue.by_name("gun_shot")
    assert hidden is not None
    assert hidden.title == "Gunshot"
    assert hidden not in catalogue.offered(BOTH)
    assert hidden not in catalogue.known(BOTH)
    assert hidden not in catalogue.suggest("gun_sho", BOTH)


MISTAKES = '''# mine
[effects.hug]
titel = "x"
photos = "two"

[effects.new]
title = """a
b"""
aliases = ["kiss",
  "A b", "start"]
ailm = { scene = "x" }

[effects]
kiss.kling = false
kiss.aiml = false

[effects.old]
title = 3
emoji = "x"
theme = "nope"
kling = { scene = "", durations = [], usd = "3" }

[prices]
aiml = { standard = -1, v3 = 1 }
klink = { pro = 1 }

[themes."a:b"]
title = "x"

[effect.x]
'''


def test_every_mistake_with_its_line(tmp_path: Path) -> None:
    """However the file is written, each mistake is told with the line where it begins, in the file's order."""
    with pytest.raises(CatalogueError) as caught:
        over(tmp_path, MISTAKES.replace("\n[effects]\nkiss.", "\n[effects.kiss]\n").replace("kiss.aiml", "aiml"))
    told = str(caught.value).replace(f"{tmp_path}/", "").splitlines()
    lines = [int(line.split(",")[1].split(":")[0].removeprefix(" line ")) for line in told]
    assert lines == sorted(lines)
    for words in (
        "mine.toml, line 3: effects.hug: unknown key 'titel'",
        "mine.toml, line 4: effects.hug: photos must be 1 or 2",
        "mine.toml, line 6: effects.new: 'kiss' already means effects.kiss",
        "mine.toml, line 6: effects.new: /start is a command of the bot's own",
        "mine.toml, line 6: effects.new: emoji is missing",
        "mine.toml, line 6: effects.new: theme is missing",
        "mine.toml, line 7: effects.new: title must be a text of one line",
        "mine.toml, line 9: effects.new: 'A b' is no command: 1 to 32 of a-z, 0-9 and _",
        "mine.toml, line 11: effects.new: unknown key 'ailm'",
        "mine.toml, line 13: effects.kiss: no service makes it (hidden = true takes an effect away)",
        "mine.toml, line 18: effects.old: title must be a text of one line",
        "mine.toml, line 21: effects.old: kling: usd must be US dollars for one video, like 0.35",
        "mine.toml, line 24: prices.aiml: standard must be US dollars for one second, like 0.05",
        "mine.toml, line 25: prices.klink: no such video service; there are aiml, kling",
        "mine.toml, line 27: themes.a:b: 'a:b' is no name for a theme: 1 to 32 of a-z, 0-9 and _",
        "mine.toml, line 30: effect: unknown; there are tables [themes.…], [effects.…], [prices.…]",
    ):
        assert words in told


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[effects.hug]\ntitle = \n", "at line 2"),
        ("[effects.hug]\n[effects.hug]\n", "at line 2"),
        ("effects = 3\n", "line 1: effects: unknown"),
        ("\n[effects]\nhug = 3\n", "line 3: effects.hug: must be a table"),
        ("".join(f"[effects.{one.command}]\nmain = true\n" for one in Catalogue.load().effects[:25]), "at most 24"),
        (f'[effects.hug]\ntitle = "{"x" * 65}"\n', "line 2: effects.hug: title must be at most 64 characters"),
        ("[effects.hug]\naliases = [{}]\n", "line 2: effects.hug: {} is no command"),
    ],
)
def test_other_mistakes(tmp_path: Path, text: str, words: str) -> None:
    """What is no TOML, and what no button or menu could show, is told too."""
    with pytest.raises(CatalogueError) as caught:
        over(tmp_path, text)
    assert words in str(caught.value)


def test_no_such_file(tmp_path: Path) -> None:
    """A file that is not there is told by its name."""
    with pytest.raises(CatalogueError, match=r"none\.toml cannot be read: No such file"):
        Catalogue.load(tmp_path / "none.toml")


def test_lines_of_all_ways_to_write() -> None:
    """The line of a key is found in tables, dotted keys, inline tables and values of several lines."""
    text = '[a]\nb.c = 1\n\n# d\nd = { e = [\n 1,\n 2] }\n\n[a.f]\n[g]\n\nh = """\n[a]\n"""\ni = 2'
    file = TomlFile("x", text)
    found = [file.line(*keys.split(".")) for keys in ("a", "a.b", "a.b.c", "a.d.e", "a.f", "g", "g.h", "g.i", "z")]
    assert found == [1, 2, 2, 5, 9, 10, 12, 15, None]


def test_priced_models_are_the_services_own() -> None:
    """A developer who adds a quality or a model is reminded that it needs a price."""
    assert (*Quality, *MODELS) == PRICED_MODELS
