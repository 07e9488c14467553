"""Finds the URL of a video in an answer of any shape."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from video.services.classify import valid_url
from video.services.embedded_json import split_json
from video.url_policy import MAX_URL_LENGTH

if TYPE_CHECKING:
    from collections.abc import Iterator

_MAX_DEPTH = 9
_MAX_ITEMS = 50  # of one object or array
_MAX_CANDIDATES = 100
_MAX_TEXT_LENGTH = 20_000  # characters that are searched for a URL among words

_NOT_FIRST = "#"
"""In a path of keys: an item of an array that is not its first. Kling: only the first video matters."""
_OF_A_VIDEO_FILE, _UNDER_A_VIDEO_KEY, _UNDER_A_RESULT_KEY = 8, 4, 2  # how likely a URL is the video's, added up
_CERTAIN = _UNDER_A_VIDEO_KEY
_SCHEMES = ("https://", "http://")
_VIDEO_FILE = re.compile(r"\.(mp4|webm|mov|m4v|mkv|avi|gif)$", re.IGNORECASE)
_OTHER_FILE = re.compile(
    r"\.(jpe?g|png|webp|avif|heic|bmp|svg|ico|mp3|wav|m4a|aac|ogg|flac|html?|json|txt|md|pdf|srt|vtt|zip)$",
    re.IGNORECASE,
)
_IN_WORDS = r"[^\s\"'<>()\[\]\\{}]"
_URL_IN_WORDS = re.compile(rf"https?://{_IN_WORDS}+?\.(?:mp4|webm|mov|m4v)(?:\?{_IN_WORDS}*)?", re.IGNORECASE)
_NOT_THE_RESULT = re.compile(  # a key above or of something that was sent, or of another address
    r"^(input|request|params?|parameters|task_info|origin(al)?(_?(video|image))?|reference.*|ref_.*"
    r"|source_(video|image).*|callback.*|web_?hook.*|notify.*|error|errors|prompt.*|(image|tail_image|static_mask|mask)(_?urls?|_list)?)$",
    re.IGNORECASE,
)
_OTHER_URL = re.compile(
    r"cover|thumb|poster|image|img|photo|picture|avatar|frame|icon|logo|audio|music|sound|voice|subtitle|status_?url"
    r"|response_?url|cancel|(^|_)(get|poll|self|docs?|help|home|web|page|dashboard|billing|log|logs)(_?url)?$",
    re.IGNORECASE,
)
_VIDEO_KEY = re.compile(r"video|mp4|movie|clip|animation", re.IGNORECASE)
_RESULT_KEY = re.compile(
    r"^(urls?|uri|src|link|href|files?|path|outputs?|results?|media|resources?|assets?|contents?|data|response|metadata"
    r"|fail_reason|location|download.*|play.*|works?|items?|artifacts?|generations?|generated.*|creations?|samples?|choices|.*_(url|uri|link|src)"
    r"|.*(url|uri|link))$",
    re.IGNORECASE,
)
_LESS_WANTED = re.compile(r"watermark|preview|low|small|origin_?url_backup", re.IGNORECASE)
_NO_WATERMARK = re.compile(r"(no|without|un|non|remove)_?-?watermark", re.IGNORECASE)


def find_video_url(document: dict[str, Any], *, certain: bool = False) -> str | None:
    """Return the URL that is most likely the video's, None if none may be it. It is not checked yet.

    One that is too long keeps just enough to be refused later. If `certain` is set, only that of a video file counts,
    or one under a name that means a video.
    """
    best, best_rank = None, (0, 0)
    for number, (path, url) in enumerate(_iter_urls(document, (), 0)):
        rank = _rank(path, url)
        if rank is not None and rank > best_rank and (rank[1] >= _CERTAIN or not certain):
            best, best_rank = url, rank
        if number >= _MAX_CANDIDATES:
            break
    return best if best or certain else _documented(document)


def _rank(path: tuple[str, ...], url: str) -> tuple[int, int] | None:
    """Return how likely a URL is the video's by its own end and the names above it; None if it is not."""
    try:
        file = urlsplit(url).path
    except ValueError:
        file = ""
    key = next((name for name in reversed(path) if name != _NOT_FIRST), "")
    is_video_file = _VIDEO_FILE.search(file) is not None
    if _OTHER_FILE.search(file) or (_OTHER_URL.search(key) and not is_video_file):
        return None
    likely = _OF_A_VIDEO_FILE * is_video_file
    likely += _UNDER_A_VIDEO_KEY * any(map(_VIDEO_KEY.search, path))
    likely += _UNDER_A_RESULT_KEY * bool(_RESULT_KEY.search(key))
    if not likely:
        return None
    less_wanted = any(_LESS_WANTED.search(name) and not _NO_WATERMARK.search(name) for name in path)
    return (1 if less_wanted or _NOT_FIRST in path else 2), likely


def _iter_urls(value: Any, path: tuple[str, ...], depth: int) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield every URL in parsed JSON with the names of the keys above it."""
    if depth > _MAX_DEPTH:
        return
    match value:
        case dict():
            for key, item in list(value.items())[:_MAX_ITEMS]:
                if not _NOT_THE_RESULT.search(key):
                    yield from _iter_urls(item, (*path, key), depth + 1)
        case list():
            for number, item in enumerate(value[:_MAX_ITEMS]):
                yield from _iter_urls(item, (*path, _NOT_FIRST) if number else path, depth + 1)
        case str() if (text := value.strip()).lower().startswith(_SCHEMES) and text.isprintable():
            if " " not in text:
                yield path, text[: MAX_URL_LENGTH + 1]
            else:
                yield from ((path, url) for url in _URL_IN_WORDS.findall(text[:_MAX_TEXT_LENGTH]))
        case str() if (text := value.strip()).startswith("//") and text.isprintable() and " " not in text:
            yield path, f"https:{text[:MAX_URL_LENGTH]}"
        case str() if value.lstrip()[:1] in {"{", '"', "["} and (parts := split_json(value)):
            yield from _iter_urls(parts[1], path, depth + 1)
        case str() if "http" in value[:_MAX_TEXT_LENGTH]:
            yield from ((path, url) for url in _URL_IN_WORDS.findall(value[:_MAX_TEXT_LENGTH]))


def _documented(document: dict[str, Any]) -> str | None:
    """Return what stands where the services document the URL, although it is none: it is refused with a reason."""
    inner = document.get("data")
    for one in (document, inner if isinstance(inner, dict) else {}):
        result, video = one.get("task_result"), one.get("video")
        videos = result.get("videos") if isinstance(result, dict) else None
        places = [videos[0] if isinstance(videos, list) and videos else None, video]
        for value in [*(place.get("url") for place in places if isinstance(place, dict)), one.get("url")]:
            url = valid_url(value)
            if url and not url.lower().startswith(_SCHEMES):
                return url
    return None
