"""The words in which services say how a job is doing, sorted by a table."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

_MAX_LENGTH = 40  # characters


class Ending(StrEnum):
    """What a status means."""

    PENDING = "pending"
    COMPLETED = "completed"
    FAILED = "failed"
    UNKNOWN = "unknown"
    """No word of the table: it counts as pending, and the operator is told."""


@dataclass(frozen=True, slots=True)
class Status:
    """A status: the service's own word, in lower case, and what it means."""

    word: str
    ending: Ending


_WORDS = {
    Ending.PENDING: (
        "queued queue queueing queuing in_queue enqueued pending waiting wait submitted submitting submit created"
        " create new accepted received scheduled registered initialized initializing init preparing prepared not_start"
        " not_started started starting start processing process in_process in_progress inprogress progress"
        " running run working ongoing generating active executing rendering uploading downloading"
        " transcoding retrying staged"
        " 排队中 排队 等待中 等待 已提交 提交成功 处理中 生成中 进行中 执行中 运行中"
    ),
    Ending.COMPLETED: (
        "succeed succeeded success successful successfully completed complete completion finished finish done ready"
        " generated ok available 成功 已成功 完成 已完成 生成成功"
    ),
    Ending.FAILED: (
        "failed failure fail error errored cancelled canceled cancel aborted abort rejected reject refused denied"
        " expired timeout timed_out time_out terminated killed stopped blocked moderated content_moderated"
        " request_moderated nsfw banned dead crashed unsuccessful exception revoked discarded"
        " 失败 已失败 生成失败 任务失败 已取消 取消 超时 已超时 已拒绝 拒绝 错误 异常"
    ),
}
_ENDINGS = {word: ending for ending, words in _WORDS.items() for word in words.split()}
_NOTE = re.compile(r"\s*[:,;(|].*|[\s_]+\d+\s*%?$")  # "failed: no face", "processing (45%)", "queued 3"
_FAILED_END = re.compile(r"(_(failed|failure|rejected|cancelled|canceled|aborted)|失败)$")  # "moderation_failed"
_PREFIX = re.compile(r"^(task|job|video|generation|state|status|run)(_status|_state)?_(?=\w)")


def read_status(value: object) -> Status | None:
    """Return what a status means. None if it is no word."""
    if not isinstance(value, str) or not (word := value.strip()[: 2 * _MAX_LENGTH].lower()):
        return None
    keys = [re.sub(r"[\s.!-]+", "_", text).strip("_") for text in (word, _NOTE.sub("", word))]
    known = (_ENDINGS.get(key) or _ENDINGS.get(_PREFIX.sub("", key)) for key in keys)
    ending = next((ending for ending in known if ending), None)
    if ending is None:
        ending = Ending.FAILED if any(map(_FAILED_END.search, keys)) else Ending.UNKNOWN
    return Status(word, ending)
