"""What Kling, or a reseller of it, answers: one way to read all the forms that are known.

    {"code": 0, "data": {"task_id", "task_status", "task_result": {"videos": [{"url"}]}}}          Kling itself
    {"code": "success", "data": {"status", "url", "error": {"message", "code"}}}
    {"code": "success", "data": {"status", "fail_reason", "data": {Kling's own response}}}
    {"task_id", "status", "url", "error"}
    {"id", "object": "video", "status", "metadata": {"url"}}
    {"error": {"message", "type", "param", "code"}}                                                a refusal
    {"code": "fail_to_fetch_task", "message": "Kling's own refusal, as JSON", "data": null}        a refusal

Kling writes `succeed`, its newer addresses `succeeded`. A failed task comes with HTTP 200 and code 0.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from video.services.classify import valid_id
from video.services.failure_codes import Code, known_code, read_code
from video.services.failure_patterns import iter_sentences
from video.services.job_document import JobDocument, read_id

if TYPE_CHECKING:
    from collections.abc import Iterator

    from video.services.http import Response
    from video.services.job_status import Status

USD_PER_UNIT = 0.14
"""Kling's list price of a unit of a resource pack."""

_OK_WORDS = frozenset({0, "success", "succeed", "succeeded", "ok", None})
_MAX_USD = 1000.0  # nothing above is believed


@dataclass(frozen=True)
class KlingResponse:
    """A response of Kling's, in any form."""

    http: Response

    @cached_property
    def job(self) -> JobDocument:
        """The document, read as one about a task."""
        return JobDocument(self.http.document)

    @cached_property
    def code(self) -> Code | None:
        """The code that decides: the innermost whose meaning is known, else the outermost; None if there is none."""
        known = known_code(self.http.document)
        return self._outer_code if known is None else known

    @property
    def _outer_code(self) -> Code | None:
        error = self.http.document.get("error")
        value = self.http.document.get("code", error.get("code") if isinstance(error, dict) else None)
        return read_code(value)

    @property
    def ok(self) -> bool:
        """Whether it is no refusal."""
        code = self._outer_code
        accepted = code in _OK_WORDS or (isinstance(code, int) and 200 <= code < 300)
        return self.http.is_success and (accepted or self.is_about_task)

    @property
    def is_about_task(self) -> bool:
        """Whether it tells how a task is doing: then a code in it is no refusal of the request."""
        return self.job.id is not None and self.job.status is not None

    @cached_property
    def task_id(self) -> str | None:
        """The service's id of the task; never dots alone, which would lead elsewhere in a path (RFC 3986, 5.2.4)."""
        data = self.http.document.get("data")
        task_id = self.job.id or read_id(data.get("id") if isinstance(data, dict) else None)
        return task_id if task_id and task_id.strip(".") else None

    @cached_property
    def external_task_id(self) -> str | None:
        """Our id of the task, if the response repeats it."""
        for item in reversed(self.job.objects):
            info = item.get("task_info")
            inner = valid_id(info.get("external_task_id")) if isinstance(info, dict) else None
            outer = valid_id(item.get("external_task_id")) or valid_id(item.get("external_id"))
            if external_task_id := inner or outer:
                return external_task_id
        return None

    @property
    def status(self) -> Status | None:
        """The task's status."""
        return self.job.status

    @property
    def cost(self) -> tuple[float, bool] | None:
        """What the task cost in US dollars, and whether that is the list price of units. None if it does not say."""
        for item in self.job.objects:
            deducted = item.get("final_balance_deduction")
            sums = [deducted.get("quota"), deducted.get("list_price")] if isinstance(deducted, dict) else [deducted]
            usd = next((number for number in map(read_number, sums) if number is not None), None)
            if usd is not None and usd <= _MAX_USD:
                return usd, False
        for item in self.job.objects:
            units = read_number(item.get("final_unit_deduction"))
            if units is not None and units * USD_PER_UNIT <= _MAX_USD:
                return round(units * USD_PER_UNIT, 6), True
        return None

    @property
    def packs(self) -> list[dict[str, Any]] | None:
        """The account's resource packs, None if the answer has no list of them."""
        data = self.http.document.get("data")
        packs = data.get("resource_pack_subscribe_infos") if isinstance(data, dict) else None
        return [pack for pack in packs if isinstance(pack, dict)] if isinstance(packs, list) else None

    @property
    def message(self) -> str:
        """What a refusal says."""
        return ". ".join(self._sentences()) or ("" if self.http.document else self.http.text)

    def _sentences(self) -> Iterator[str]:
        document = self.http.document
        for key in ("message", "msg", "error", "detail"):
            yield from iter_sentences(document.get(key))


def read_number(value: object) -> float | None:
    """Return a number that is finite and not below 0; Kling writes decimals in strings. None if it is none."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        number = float(value)
    except (ValueError, OverflowError):
        return None
    return number if math.isfinite(number) and number >= 0 else None
