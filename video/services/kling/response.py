"""What Kling, or a reseller of it, answers: one reading of all the shapes that are known.

    {"code": 0, "data": {"task_id", "task_status", "task_result": {"videos": [{"url"}]}}}          Kling itself
    {"code": "success", "data": {"status", "url", "error": {"message", "code"}}}
    {"code": "success", "data": {"status", "fail_reason", "data": {Kling's own answer}}}
    {"task_id", "status", "url", "error"}
    {"error": {"message", "type", "param", "code"}}                                                a refusal

Kling writes `succeed`, its newer addresses `succeeded`; a failed task comes with HTTP 200 and code 0.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from video.services.classify import valid_id, valid_url
from video.services.failure_patterns import iter_sentences

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from video.services.http import Response

_FINE = frozenset({"success", "succeed", "succeeded", "ok"})
_DEEPEST = 4


@dataclass(frozen=True)
class KlingResponse:
    """An answer of Kling's."""

    response: Response

    @cached_property
    def code(self) -> int | str | None:
        """Kling's code, a number wherever it can be read as one; a reseller's word; None where there is none."""
        error = self.response.document.get("error")
        value = self.response.document.get("code", error.get("code") if isinstance(error, dict) else None)
        return _code(value)

    @property
    def ok(self) -> bool:
        """Whether it is an answer, and no refusal."""
        word = isinstance(self.code, str) and self.code in _FINE
        return 200 <= self.response.status < 300 and (self.code in {0, None} or word)

    @cached_property
    def task_id(self) -> str | None:
        """The service's id of the task."""
        return self._first("task_id", _task_id)

    @cached_property
    def external_task_id(self) -> str | None:
        """Our id of the task, where it is told."""
        for part in self._parts:
            info = part.get("task_info")
            told = valid_id(info.get("external_task_id")) if isinstance(info, dict) else None
            if told or (told := valid_id(part.get("external_task_id"))):
                return told
        return None

    @cached_property
    def status(self) -> str | None:
        """The task's status in lower case."""
        word = self._first("task_status", _word) or self._first("status", _word)
        return word.lower() if word else None

    @cached_property
    def url(self) -> str | None:
        """Where the video is."""
        for part in self._parts:
            if url := _first_video(part.get("task_result")) or valid_url(part.get("url")):
                return url
        return None

    @cached_property
    def failure_message(self) -> str:
        """Why a task failed, in the service's words."""
        told = (part.get(key) for part in self._parts for key in ("task_status_msg", "fail_reason", "error"))
        return ". ".join(
            dict.fromkeys(sentence for value in told for sentence in iter_sentences(value) if sentence.strip())
        )

    @cached_property
    def failure_code(self) -> int | str | None:
        """The code beside the reason, where there is one."""
        errors = (part.get("error") for part in self._parts)
        return next((code for error in errors if isinstance(error, dict) and (code := _code(error.get("code")))), None)

    @property
    def message(self) -> str:
        """What a refusal says."""
        document = self.response.document
        parts = (document.get("message"), document.get("msg"), document.get("error"))
        return ". ".join(sentence for part in parts for sentence in iter_sentences(part)) or self.response.text()

    @cached_property
    def _parts(self) -> list[dict[str, Any]]:
        """The objects that may tell of the task: `data`, the `data` in it, and so on; the whole document last."""
        return [*_nested(self.response.document), self.response.document]

    def _first(self, key: str, read: Callable[[object], str | None]) -> str | None:
        return next((value for part in self._parts if (value := read(part.get(key)))), None)


def _nested(document: dict[str, Any]) -> Iterator[dict[str, Any]]:
    inner = document.get("data")
    for _ in range(_DEEPEST):
        if not isinstance(inner, dict):
            return
        yield inner
        inner = inner.get("data")


def _task_id(value: object) -> str | None:
    """An id that can be a part of a path: dots alone would lead elsewhere (RFC 3986, 5.2.4)."""
    task_id = valid_id(value)
    return task_id if task_id and task_id.strip(".") else None


def _code(value: object) -> int | str | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, str):
        word = value.strip().lower()
        return int(word) if re.fullmatch(r"\d{1,9}", word, re.ASCII) else word or None
    return value if isinstance(value, int) else None


def _word(value: object) -> str | None:
    return value.strip() or None if isinstance(value, str) else None


def _first_video(result: object) -> str | None:
    videos = result.get("videos") if isinstance(result, dict) else None
    first = videos[0] if isinstance(videos, list) and videos else None
    return valid_url(first.get("url")) if isinstance(first, dict) else None
