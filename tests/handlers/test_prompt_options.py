"""Options of /animate: anywhere, in any order; wrong ones get a sentence that shows the right form."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.requests.image_to_video import parse_prompt
from storage import ImageToVideoOptions
from tests.assertions import MENTION, is_video, says
from tests.handlers.image_to_video import V1_6, V2, animated, asks_for_words

if TYPE_CHECKING:
    from tests.bot_under_test import BotUnderTest

NOTHING = ImageToVideoOptions(model="v1.6")


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("she waves", {"prompt": "she waves"}),
        ("  she\n\nwaves\t", {"prompt": "she waves"}),
        ("she waves 10s", {"prompt": "she waves", "duration": 10}),
        ("10s she waves", {"prompt": "she waves", "duration": 10}),
        ("she 5s waves", {"prompt": "she waves", "duration": 5}),
        ("she waves, 10s.", {"prompt": "she waves,", "duration": 10}),
        ("she waves --10s", {"prompt": "she waves", "duration": 10}),
        ("she waves --no blur, text", {"prompt": "she waves", "negative_prompt": "blur, text"}),
        ("--no blur 10s she waves", {"prompt": "she waves", "negative_prompt": "blur", "duration": 10}),
        ("she waves —no blur —cfg 1", {"prompt": "she waves", "negative_prompt": "blur", "cfg_scale": 1.0}),
        ("she waves –no blur", {"prompt": "she waves", "negative_prompt": "blur"}),
        ("--no blur --no text she", {"negative_prompt": "blur text she"}),
        ("--cfg 0 she waves", {"prompt": "she waves", "cfg_scale": 0.0}),
        ("she --cfg=.5 waves", {"prompt": "she waves", "cfg_scale": 0.5}),
        ("she waves --cfg 0,75", {"prompt": "she waves", "cfg_scale": 0.75}),
        ("--model v2 she waves", {"prompt": "she waves", "model": "v2"}),
        ("she waves --MODEL V1.6", {"prompt": "she waves", "model": "v1.6"}),
        ("she waves --model=2", {"prompt": "she waves", "model": "v2"}),
        ("dances like in the 80s", {"prompt": "dances like in the 80s"}),
        ("wind—strong wind—and rain — a lot", {"prompt": "wind—strong wind—and rain — a lot"}),
        ("a -- b", {"prompt": "a -- b"}),
        ("", {}),
    ],
)
def test_options_are_understood(said: str, found: dict[str, Any]) -> None:
    """Options may stand anywhere; what is none of them is the prompt; a phone's dash counts as two hyphens."""
    assert parse_prompt(said, NOTHING) == replace(NOTHING, **found)


@pytest.mark.parametrize(
    ("said", "mistake"),
    [
        ("she waves 7s", "seconds:7s"),
        ("she waves 15s", "seconds:15s"),
        ("she waves 100s", "seconds:100s"),
        ("she waves --cfg", "cfg:"),
        ("she waves --cfg much", "cfg:much"),
        ("she waves --cfg 1.01", "cfg:1.01"),
        ("she waves --cfg -1", "cfg:-1"),
        ("she waves --cfg nan", "cfg:nan"),
        ("she waves --cfg --no blur", "cfg:"),
        ("she waves --model v3", "model:v3"),
        ("she waves --model", "model:"),
        ("she waves --no", "no:"),
        ("she waves --no --cfg 1", "no:"),
        ("she waves --cfg 7 12s --model v9 13s", "cfg:7\nseconds:12s\nmodel:v9\nseconds:13s"),
        ("she waves --speed 3", "option:--speed 3"),
        ("she waves --speed 3 --cfg 7", "option:--speed 3\ncfg:7"),
        ("x" * 2501, "long:2501"),
        ("she waves --no " + "x" * 2501, "long:2501"),
        ("she waves --" + "x" * 99, "option:--" + "x" * 38 + "…"),
    ],
)
def test_mistakes_are_found(said: str, mistake: str) -> None:
    """Each wrong option is named, all of several."""
    assert parse_prompt(said, NOTHING).mistake == mistake


@given(st.text(max_size=200), st.sampled_from(["", " 10s", " --no", " --cfg 0.5", " —model v2"]))
def test_whatever_is_said(said: str, option: str) -> None:
    """Any text at all is read, and what comes of it can be stored and sent."""
    motion = parse_prompt(said + option, NOTHING)
    assert ImageToVideoOptions.decode(motion.encode()) == motion
    assert motion.prompt is None or 0 < len(motion.prompt) <= 2500
    assert "\0" not in (motion.prompt or "")


def test_later_words_stand_over_earlier_ones() -> None:
    """What is said later takes the place of what was said before, and the rest stays; a mistake is forgotten."""
    before = ImageToVideoOptions(model="v2", prompt="she waves", cfg_scale=0.5, mistake="seconds:7s")
    assert parse_prompt("10s", before) == replace(before, duration=10, mistake=None)
    assert parse_prompt("he nods", before) == replace(before, prompt="he nods", mistake=None)


async def confirm(bot: BotUnderTest, *words: str) -> None:
    """Wait until the corrected words and options are shown, and nothing is made yet; press the button."""
    question = await bot.chat.wait_for(says("this is what I have now"))
    assert [word for word in words if word not in question.text] == []
    assert await bot.jobs() == []
    bot.chat.press(question.id, "Run it now")


MISSPELT = [
    ("she waves --modle v2", "she waves", "option:--modle v2"),
    ("she --modle v2 waves", "she waves", "option:--modle v2"),
    ("she waves --modle=v2", "she waves", "option:--modle=v2"),
    ("she waves —modle v2", "she waves", "option:—modle v2"),
    ("she waves –mdoel v2", "she waves", "option:–mdoel v2"),
    ("she waves -model v2", "she waves", "option:-model v2"),
    ("she waves —cgf 1", "she waves", "option:—cgf 1"),
    ("she waves -no blur", "she waves", "option:-no blur"),
    ("she --negative blur, text 10s waves", "she waves", "option:--negative blur, text"),
    ("she waves --duration 10", "she waves", "option:--duration 10"),
    ("she waves --fast --modle v2", "she waves", "option:--fast\noption:--modle v2"),
    ("she waves --fast 10s", "she waves", "option:--fast"),
    ("she waves --fast", "she waves", "option:--fast"),
    ("she waves —and smiles, -slowly — all day", "she waves —and smiles, -slowly — all day", None),
]


@pytest.mark.parametrize(("said", "prompt", "mistake"), MISSPELT)
def test_row_32_an_unknown_option_takes_its_value(said: str, prompt: str, mistake: str | None) -> None:
    """The value of an option that is not known is never a word of the prompt; dashes in words are left alone."""
    found = parse_prompt(said, NOTHING)
    assert (found.prompt, found.mistake) == (prompt, mistake)


async def test_row_32_all_mistakes_are_told_at_once(bot: BotUnderTest, coffee: bytes) -> None:
    """Of several mistakes each has its sentence, and what was corrected is shown before it is made."""
    await bot.start()
    bot.chat.send_photo(coffee, "/animate she waves --modle v2 --speed 3 --cfg 7 12s --model v9")
    told = await bot.chat.wait_for(says("kept the rest"))
    for words in ("“--modle v2, --speed 3”", "like --cfg 0.5", "12s can't be made", "--model v1.6 and --model v2"):
        assert words in told.text
    bot.chat.send_text("--model v2")
    await confirm(bot, "“she waves”", "--model v2")
    submission = await animated(bot, coffee, prompt="she waves")
    assert submission.body["model"] == V2


async def test_row_32_what_was_shown_is_made(bot: BotUnderTest, coffee: bytes) -> None:
    """Words sent after the button was shown are shown anew; the older button does not make them."""
    await bot.start()
    bot.chat.send_photo(coffee, "/animate she waves --cfg 7")
    await bot.chat.wait_for(says("kept the rest"))
    bot.chat.send_text("--cfg 1 --no blur")
    first = await bot.chat.wait_for(says("“she waves”"))
    old = next(
        button.data for row in first.buttons for button in row if button.data and button.data.startswith("confirm")
    )
    bot.chat.send_text("he sings")
    second = await bot.chat.wait_for(says("“he sings”"))
    assert "--model v1.6 --cfg 1 --no blur" in second.text
    bot.chat.press(second.id, data=old)
    bot.chat.send_text("/status")
    await bot.chat.wait_for(says("Your videos"))
    assert await bot.jobs() == []
    question = await bot.chat.wait_for(says("“he sings”"))
    bot.chat.press(question.id, "Run it now")
    await animated(bot, coffee, prompt="he sings")


async def test_row_32_many_mistakes(bot: BotUnderTest, coffee: bytes) -> None:
    """However many mistakes there are, the answer fits into a message."""
    await bot.start()
    bot.chat.send_photo(coffee)
    await bot.chat.wait_for(says("What shall I do"))
    bot.chat.send_text("/animate she waves " + " ".join(f"--a{number}" for number in range(500)))
    await bot.chat.wait_for(says("--a7 …"))


async def test_row_32_in_a_group(bot: BotUnderTest, coffee: bytes) -> None:
    """In a group, too, the corrected words are shown to who asked before anything is made."""
    group = bot.telegram.add_group("Friends", [bot.ada])
    await bot.start()
    group.send_photo(coffee, f"/animate{MENTION} she waves --modle v2", by=bot.ada)
    question = await group.wait_for(says("kept the rest"))
    group.send_text("--model v2", by=bot.ada, reply_to=question.id)
    shown = await group.wait_for(says("this is what I have now"))
    assert await bot.jobs() == []
    group.press(shown.id, "Run it now", by=bot.ada)
    submission = await animated(bot, coffee, chat=group, prompt="she waves")
    assert submission.body["model"] == V2


@pytest.mark.parametrize(
    ("said", "fields"),
    [
        ("steam rises", {"model": V1_6, "duration": 5}),
        ("steam rises 10s", {"model": V1_6, "duration": 10}),
        ("--no people, text --cfg 0.8 steam rises", {"model": V1_6, "duration": 5, "cfg_scale": 0.8}),
        ("—model v2 10s steam rises", {"model": V2, "duration": 10}),
    ],
)
async def test_options_reach_the_service(bot: BotUnderTest, coffee: bytes, said: str, fields: dict[str, Any]) -> None:
    """What a person asks for is what the service is sent, and what the status message says."""
    await bot.start()
    bot.chat.send_photo(coffee, f"/animate {said}")
    submission = await animated(bot, coffee, prompt="steam rises")
    assert fields.items() <= submission.body.items()
    assert submission.body.get("negative_prompt") == ("people, text" if "--no" in said else None)
    model = "v2" if "v2" in said else "v1.6"
    assert any(f"({fields['duration']} s, {model})" in seen.text_or_caption for seen in bot.chat.history)


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ("steam rises 7s", "write 5s or 10s"),
        ("steam rises --cfg 7", "like --cfg 0.5"),
        ("steam rises --model v9", "--model v1.6 and --model v2"),
        ("steam rises --no", "like --no text, blur"),
        ("steam rises --sped <b>", "I don't know the option “--sped <b>”"),
    ],
)
async def test_a_wrong_option_is_mended(bot: BotUnderTest, coffee: bytes, said: str, sentence: str) -> None:
    """A wrong option costs nothing and loses nothing: a sentence shows the right form, and the correction is enough."""
    await bot.start()
    bot.chat.send_photo(coffee, f"/animate {said}")
    told = await bot.chat.wait_for(says(sentence))
    assert "kept the rest" in told.text_or_caption
    assert await bot.jobs() == []
    bot.chat.send_text("10s")
    await confirm(bot, "steam rises", "10s --model v1.6")
    submission = await animated(bot, coffee, prompt="steam rises")
    assert submission.duration == 10


async def test_too_many_words(bot: BotUnderTest, coffee: bytes) -> None:
    """A prompt of more than 2500 characters is told so, with the number, and the next message may be shorter."""
    await bot.start()
    bot.chat.send_photo(coffee, "/animate")
    await bot.chat.wait_for(asks_for_words)
    bot.chat.send_text("x" * 2600)
    told = await bot.chat.wait_for(says("That's 2600 characters"))
    assert "Send me the words again" in told.text_or_caption
    bot.chat.send_text("🌊" * 2500)
    await confirm(bot, "🌊" * 1500 + "…")
    await animated(bot, coffee, prompt="🌊" * 2500)


async def test_two_photos_with_the_model_that_takes_one(bot: BotUnderTest, ada: bytes, coffee: bytes) -> None:
    """Two photos with v2: the person chooses both with the older model, and the choice becomes the video."""
    await bot.start()
    bot.chat.send_album([ada, coffee], "/animate --model v2 they meet")
    choice = await bot.chat.wait_for(says("takes one photo only"))
    assert bot.aiml.submissions == []
    bot.chat.press(choice.id, "Both photos, with v1.6")
    submission = await animated(bot, ada, coffee, prompt="they meet")
    assert submission.model == V1_6
    assert (await bot.chat.wait_for(is_video)).id == choice.id


async def test_one_of_two_photos_with_the_newer_model(bot: BotUnderTest, ada: bytes, coffee: bytes) -> None:
    """Two photos where v2 is the operator's model: the person chooses the first one."""
    await bot.start(animate_model="v2")
    bot.chat.send_album([ada, coffee], "/animate they meet")
    choice = await bot.chat.wait_for(says("takes one photo only"))
    bot.chat.press(choice.id, "The first one, with v2")
    assert (await animated(bot, ada, prompt="they meet")).model == V2


async def test_where_the_operator_has_settled_it(bot: BotUnderTest, coffee: bytes) -> None:
    """Where people may not choose what costs more, they may not in the words of an animation either."""
    await bot.start(own_choices="false")
    bot.chat.send_photo(coffee, "/animate steam rises 10s --model v2")
    await bot.chat.wait_for(says("has settled the length and the model: v1.6"))
    bot.chat.send_text("steam rises")
    await confirm(bot, "steam rises", "--model v1.6")
    submission = await animated(bot, coffee, prompt="steam rises")
    assert (submission.model, submission.duration) == (V1_6, 5)


async def test_own_choice_of_the_model(bot: BotUnderTest, coffee: bytes) -> None:
    """The model that a person has chosen in /settings is the one that animates, unless they say otherwise."""
    await bot.start()
    bot.chat.send_text("/settings")
    settings = await bot.chat.wait_for(says("Your settings"))
    bot.chat.press(settings.id, data="set:animate_model:v2")
    await bot.chat.wait_for(lambda seen: seen.id == settings.id and "✓ v2" in str(seen.buttons))
    bot.chat.send_photo(coffee, "/animate steam rises")
    assert (await animated(bot, coffee, prompt="steam rises")).model == V2
