from __future__ import annotations

import pytest

from sandbox.telegram.formats.entities import find_entities, to_html, utf16_slice
from sandbox.telegram.formats.errors import ApiError
from sandbox.telegram.formats.html_parser import parse_html


@pytest.mark.parametrize(
    ("html", "text", "entities"),
    [
        ("plain", "plain", []),
        ("a &lt;b&gt; &amp; &quot;c&quot; &#65;&#x42; &nbsp;", 'a <b> & "c" AB &nbsp;', []),
        ("<b>x</b>", "x", [{"type": "bold", "offset": 0, "length": 1}]),
        ("🤗 <i>x</i>", "🤗 x", [{"type": "italic", "offset": 3, "length": 1}]),
        (
            "<b>a<i>b</i></b>",
            "ab",
            [{"type": "bold", "offset": 0, "length": 2}, {"type": "italic", "offset": 1, "length": 1}],
        ),
        (
            '<a href="https://e.org/?a=1&amp;b=2">x</a>',
            "x",
            [{"type": "text_link", "offset": 0, "length": 1, "url": "https://e.org/?a=1&b=2"}],
        ),
        ("<a>x</a>", "x", []),
        (
            '<pre><code class="language-py">x</code></pre>',
            "x",
            [{"type": "pre", "offset": 0, "length": 1, "language": "py"}],
        ),
        ("<blockquote expandable>x</blockquote>", "x", [{"type": "expandable_blockquote", "offset": 0, "length": 1}]),
        ('<span class="tg-spoiler">x</span>', "x", [{"type": "spoiler", "offset": 0, "length": 1}]),
        (
            '<tg-emoji emoji-id="5">👍</tg-emoji>',
            "👍",
            [{"type": "custom_emoji", "offset": 0, "length": 2, "custom_emoji_id": "5"}],
        ),
        (" \n<b> x </b>\n", "x", [{"type": "bold", "offset": 0, "length": 1}]),
        ("<b></b>x<i> </i>", "x", []),
    ],
)
def test_html_is_read_as_telegram_reads_it(html: str, text: str, entities: list[dict[str, object]]) -> None:
    """HTML becomes the entities that Telegram makes of it."""
    assert parse_html(html) == (text, entities)


@pytest.mark.parametrize(
    ("html", "reason"),
    [
        ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("ü<b>x</i>", 'Unmatched end tag at byte offset 6, expected "</b>", found "</i>"'),
        ("<h1>x</h1>", 'Unsupported start tag "h1" at byte offset 0'),
        ("<span>x</span>", 'Unsupported start tag "span" at byte offset 0'),
        ("1 <", "Unclosed start tag at byte offset 2"),
    ],
)
def test_broken_html_is_refused(html: str, reason: str) -> None:
    """Broken HTML is refused with Telegram's description and the position."""
    with pytest.raises(ApiError) as refusal:
        parse_html(html)
    assert refusal.value.description == f"Bad Request: can't parse entities: {reason}"


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("/start", ["bot_command"]),
        ("🤗 /hug@some_bot now", ["bot_command"]),
        ("a/b and x@y", []),
        ("/a/b", []),
        ("hi @ada #fun", ["mention", "hashtag"]),
        ("see https://e.org/@x/y.", ["url"]),
        ("nothing", []),
    ],
)
def test_entities_in_plain_text(text: str, kinds: list[str]) -> None:
    """Commands, mentions, hashtags and links are found as Telegram finds them."""
    assert [entity["type"] for entity in find_entities(text)] == kinds


def test_offsets_count_utf16() -> None:
    """The offset of an entity after an emoji is in UTF-16 code units."""
    (entity,) = find_entities("🤗 /hug@some_bot now")
    assert (entity["offset"], entity["length"]) == (3, 13)
    assert utf16_slice("🤗 /hug@some_bot now", 3, 13) == "/hug@some_bot"


def test_explicit_entities_win() -> None:
    """A code entity stays code even if it looks like a command."""
    code = {"type": "code", "offset": 0, "length": 4}
    assert find_entities("/hug @ada", [code])[0] is code
    assert [entity["type"] for entity in find_entities("/hug @ada", [code])] == ["code", "mention"]


@pytest.mark.parametrize(
    "html",
    [
        "a &lt; b &amp; c",
        "<b>a</b><i>b</i>",
        "<b>a<i>b</i></b> 🤗 <code>c</code>",
        '<a href="https://e.org/?a=1&amp;b=2">link</a>',
        '<tg-emoji emoji-id="5">👍</tg-emoji>',
        "<blockquote expandable>x\ny</blockquote>",
    ],
)
def test_html_is_written_back(html: str) -> None:
    """Text and entities become the HTML that was sent."""
    assert to_html(*parse_html(html)) == html


def test_a_mention_without_username_is_written_back() -> None:
    """A text mention becomes a link to the user's id."""
    entity = {"type": "text_mention", "offset": 0, "length": 3, "user": {"id": 7}}
    assert to_html("Ada", [entity]) == '<a href="tg://user?id=7">Ada</a>'
