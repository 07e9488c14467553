"""What an answer about a job says, in whatever shape: the job's id, its status, its video, and why there is none.

Services and their resellers put these in many places. The whole document is looked through, from the outside inwards;
what only repeats the request is left out.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from video.services.classify import valid_id
from video.services.embedded_json import split_json
from video.services.failure_patterns import kind_of
from video.services.job_status import Ending, Status, read_status
from video.services.redact import log_line
from video.services.video_urls import find_video_url

if TYPE_CHECKING:
    from collections.abc import Iterator

_MAX_DEPTH = 7
_MAX_OBJECTS = 300
_MAX_ITEMS = 50  # of one object or array
_OTHER_MATTERS = frozenset(
    {
        *("input", "request", "params", "parameters", "task_info", "error", "errors", "ctx", "usage", "meta"),
        *("properties", "callback", "webhook", "notify", "notification", "account", "user", "billing", "payment"),
        *("refund", "moderation", "review", "queue", "quota"),
    }
)
"""Keys, in lower case, of objects that are not about the job's progress."""
_CONTAINERS = frozenset(
    {
        *("data", "task", "tasks", "job", "jobs", "result", "results", "response", "output", "generation"),
        *("generations", "prediction", "item", "items", "record", "records", "body", "payload", "info", "detail"),
        *("status", "state", "raw", "raw_data", "upstream"),
    }
)
"""Keys, in lower case, of objects that are the job itself, or a service's answer in a gateway's."""
_ENDED = frozenset({Ending.COMPLETED, Ending.FAILED})
_STATUS_KEYS = (
    "taskstatus",
    "status",
    "state",
    "jobstatus",
    "taskstate",
    "jobstate",
    "videostatus",
    "generationstatus",
)
_END_FLAGS = ("done", "finished", "completed", "is_done", "is_finished", "is_completed")
_TASK_ID_KEYS = ("task_id", "taskid", "generation_id", "job_id")
_REASON_KEYS = frozenset(
    {
        *("task_status_msg", "fail_reason", "failure_reason", "fail_msg", "failmsg", "failurereason", "failreason"),
        *("error", "errors", "error_message", "errormessage", "error_msg", "errormsg", "err_msg", "error_detail"),
        *("message", "msg", "reason", "detail", "details", "status_msg", "status_message", "status_reason", "failure"),
        *("code", "error_code", "errorcode", "err_code", "fail_code"),
    }
)
"""Keys, in lower case, of what tells why a job failed."""


@dataclass(frozen=True)
class JobDocument:
    """A parsed answer about a job, or about a submit that became one."""

    document: dict[str, Any]

    @cached_property
    def objects(self) -> list[dict[str, Any]]:
        """The objects that may tell of the job, the outermost first."""
        return [one for one, _ in self._found]

    @cached_property
    def _found(self) -> list[tuple[dict[str, Any], bool]]:
        """The objects, and whether each is the job itself by the names of all keys above it."""
        return [*_iter_objects(self.document)]

    @cached_property
    def task_id(self) -> str | None:
        """The job's id, if it stands under a name that means nothing else."""
        return next(_ids(self.objects, _TASK_ID_KEYS), None)

    @cached_property
    def id(self) -> str | None:
        """The job's id; also one called just `id`, if a status stands beside it."""
        with_status = [one for one in self.objects if _own_status(one)]
        return self.task_id or next(_ids(with_status, ("id",)), None)

    @cached_property
    def statuses(self) -> list[Status]:
        """Every status, the outermost first, but not one that is only about the answer or another matter.

        A part with a name that says nothing, such as a step of the job, counts only if the job itself has no status.
        """
        found = [(one, is_job, status) for one, is_job in self._found if (status := _own_status(one))]
        of_job = [status for one, is_job, status in found if is_job and one is not self.document]
        outer = next((status for one, _, status in found if one is self.document), None)
        others = [status for one, _, status in found if one is not self.document]
        if outer is None:
            return of_job or others
        if outer.ending is not Ending.COMPLETED:
            return [outer, *of_job]
        inner = of_job if self.url else of_job or others
        return inner or [outer]  # {"status": "success", "data": {"state": "processing"}}

    @cached_property
    def status(self) -> Status | None:
        """How the job is doing. None if the answer does not say.

        A gateway keeps the last answer of the service behind it, so that one part may be older than the other: the part
        that has ended counts. If one says that it failed and there is a video, there is a video.
        """
        by_ending = {status.ending: status for status in reversed(self.statuses)}
        completed, failed = by_ending.get(Ending.COMPLETED), by_ending.get(Ending.FAILED)
        if completed and (self.url or not (failed or Ending.PENDING in by_ending)):
            return completed
        unended = by_ending.get(Ending.PENDING) or by_ending.get(Ending.UNKNOWN)
        if all(status.word.isdecimal() for status in self.statuses) and self.has_certain_url:
            return Status("", Ending.COMPLETED)  # a bare result, or one with a number that says nothing
        return failed or unended

    @property
    def tells_end(self) -> bool:
        """Whether it says that the job has ended, and which job: no matter what else an answer like that may be."""
        return self.id is not None and self.status is not None and self.status.ending in _ENDED

    @cached_property
    def url(self) -> str | None:
        """Where the video is."""
        return find_video_url(self.document)

    @property
    def has_certain_url(self) -> bool:
        """Whether the URL is a video's by its own end or by a name above it."""
        return find_video_url(self.document, certain=True) is not None

    @property
    def reasons(self) -> list[dict[str, Any]]:
        """What tells why there is no video: of each object the fields that may, the innermost object first."""
        found = [
            {key: item for key, item in one.items() if key.lower() in _REASON_KEYS and item}
            for one in reversed(self.objects)
        ]
        words = [{"status": status.word} for status in self.statuses if kind_of(status.word)]  # such as "nsfw"
        return [fields for fields in found if fields] + words

    @property
    def shape(self) -> str:
        """The names in the document without what they hold, for the operator."""
        return log_line(_shape(self.document, 0))


def _iter_objects(document: dict[str, Any]) -> Iterator[tuple[dict[str, Any], bool]]:
    queue: deque[tuple[Any, bool, int]] = deque([(document, True, 0)])
    seen = 0
    while queue and seen < _MAX_OBJECTS:
        value, is_job, depth = queue.popleft()
        seen += 1
        if isinstance(value, dict):
            yield value, is_job
            items = [(key.lower(), item) for key, item in list(value.items())[:_MAX_ITEMS]]
            inner = [(item, is_job and key in _CONTAINERS) for key, item in items if key not in _OTHER_MATTERS]
        else:
            inner = [(item, is_job) for item in value[:_MAX_ITEMS]]
        if depth < _MAX_DEPTH:
            opened = ((_opened(item), is_job) for item, is_job in inner)
            queue.extend((item, is_job, depth + 1) for item, is_job in opened if isinstance(item, dict | list))


def _opened(value: Any) -> Any:
    """Return the object that a text consists of; anything else as it is."""
    if isinstance(value, str) and value.lstrip().startswith("{") and (parts := split_json(value)):
        return parts[1]
    return value


def _ids(objects: list[dict[str, Any]], keys: tuple[str, ...]) -> Iterator[str]:
    for one in objects:
        names = {name.lower(): name for name in one}
        for key in keys:
            if key in names and (found := read_id(one[names[key]])):
                yield found


def read_id(value: object) -> str | None:
    """Return a job's id as text; some services write numbers. None if it can't be one."""
    if isinstance(value, int) and not isinstance(value, bool) and 0 < value < 10**40:
        value = str(value)
    return valid_id(value)


def _own_status(one: dict[str, Any]) -> Status | None:
    """Return the status that an object itself has."""
    names = {name.lower().replace("_", "").replace("-", ""): name for name in one}
    for key in _STATUS_KEYS:
        value = one.get(names.get(key, key))
        if isinstance(value, dict):  # {"status": {"code": "FAILED", "message": …}}
            value = next((value[name] for name in ("name", "code", "value") if isinstance(value.get(name), str)), None)
        if type(value) is int and any(_ids([one], ("id", *_TASK_ID_KEYS))):
            value = str(value)  # what it means nobody knows
        if status := read_status(value):
            return status
    if one.get("success") is False or one.get("failed") is True:
        return Status("failed", Ending.FAILED) if any(_ids([one], ("id", *_TASK_ID_KEYS))) else None
    if any(one.get(key) is True for key in _END_FLAGS):  # as Google's long-running operations tell it
        return Status("done", Ending.FAILED if one.get("error") else Ending.COMPLETED)
    return None


def _shape(value: Any, depth: int) -> str:
    match value:
        case dict() if depth < _MAX_DEPTH:
            return "{" + ", ".join(f"{key}: {_shape(item, depth + 1)}" for key, item in list(value.items())[:12]) + "}"
        case list() if depth < _MAX_DEPTH:
            return "[" + ", ".join(_shape(item, depth + 1) for item in value[:2]) + "]"
        case str():
            status = read_status(value)
            return "text" if status is None or status.ending is Ending.UNKNOWN else status.word
        case bool() | None:
            return str(value).lower()
        case int() | float():
            return "number"
    return "…"
