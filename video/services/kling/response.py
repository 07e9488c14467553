"""What Kling, or a reseller of it, answers: one way to read all the forms that are known.

    {"code": 0, "data": {"task_id", "task_status", "task_result": {"videos": [{"url"}]}}}          Kling itself
    {"code": "success", "data": {"status", "url", "error": {"message", "code"}}}
    {"code": "success", "data": {"status", "fail_reason", "data": {Kling's own response}}}
    {"task_id", "status", "url", "error"}
    {"error": {"message", "type", "param", "code"}}                                                a refusal

Kling writes `succeed`, its newer addresses `succeeded`. A failed task comes with HTTP 200 and code 0.
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

_OK_CODES = frozenset({0, "success", "succeed", "succeeded", "ok", None})
_MAX_DEPTH = 4


@dataclass(frozen=True)
class KlingResponse:
    """A response of Kling's, in any form."""

    http: Response

    @cached_property
    def code(self) -> int | str | None:
        """Kling's code, as a number if it can be read as one; a reseller's word; None if there is none."""
        error = self.http.document.get("error")
        value = self.http.document.get("code", error.get("code") if isinstance(error, dict) else None)
        return _code(value)

    @property
    def ok(self) -> bool:
        """Whether it is no refusal."""
        return self.http.is_success and self.code in _OK_CODES

    @cached_property
    def task_id(self) -> str | None:
        """The service's id of the task."""
        return self._first("task_id", _task_id)

    @cached_property
    def external_task_id(self) -> str | None:
        """Our id of the task, if the response repeats it."""
        for item in self._objects:
            info = item.get("task_info")
            inner = valid_id(info.get("external_task_id")) if isinstance(info, dict) else None
            if external_task_id := inner or valid_id(item.get("external_task_id")):
                return external_task_id
        return None

    @cached_property
    def status(self) -> str | None:
        """The task's status in lower case."""
        status = self._first("task_status", _text) or self._first("status", _text)
        return status.lower() if status else None

    @cached_property
    def url(self) -> str | None:
        """Where the video is."""
        for item in self._objects:
            if url := _first_video_url(item.get("task_result")) or valid_url(item.get("url")):
                return url
        return None

    @cached_property
    def failure_message(self) -> str:
        """Why a task failed, in the service's words."""
        keys = ("task_status_msg", "fail_reason", "error")
        values = (item.get(key) for item in self._objects for key in keys)
        found = (sentence for value in values for sentence in iter_sentences(value) if sentence.strip())
        return ". ".join(dict.fromkeys(found))

    @cached_property
    def failure_code(self) -> int | str | None:
        """The code beside the failure's message, if there is one."""
        errors = (item.get("error") for item in self._objects)
        codes = (_code(error.get("code")) for error in errors if isinstance(error, dict))
        return next((code for code in codes if code), None)

    @property
    def message(self) -> str:
        """What a refusal says."""
        document = self.http.document
        values = (document.get("message"), document.get("msg"), document.get("error"))
        return ". ".join(sentence for value in values for sentence in iter_sentences(value)) or self.http.text

    @cached_property
    def _objects(self) -> list[dict[str, Any]]:
        """The objects that may tell of the task: `data`, the `data` in it, and so on; the whole document last."""
        return [*_nested_data(self.http.document), self.http.document]

    def _first(self, key: str, read: Callable[[object], str | None]) -> str | None:
        return next((value for item in self._objects if (value := read(item.get(key)))), None)


def _nested_data(document: dict[str, Any]) -> Iterator[dict[str, Any]]:
    inner = document.get("data")
    for _ in range(_MAX_DEPTH):
        if not isinstance(inner, dict):
            return
        yield inner
        inner = inner.get("data")


def _task_id(value: object) -> str | None:
    """Return the value if it can be an id in a path; dots alone would lead elsewhere (RFC 3986, 5.2.4). Else None."""
    task_id = valid_id(value)
    return task_id if task_id and task_id.strip(".") else None


def _code(value: object) -> int | str | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, str):
        word = value.strip().lower()
        return int(word) if re.fullmatch(r"\d{1,9}", word, re.ASCII) else word or None
    return value if isinstance(value, int) else None


def _text(value: object) -> str | None:
    return value.strip() or None if isinstance(value, str) else None


def _first_video_url(result: object) -> str | None:
    videos = result.get("videos") if isinstance(result, dict) else None
    first = videos[0] if isinstance(videos, list) and videos else None
    return valid_url(first.get("url")) if isinstance(first, dict) else None
