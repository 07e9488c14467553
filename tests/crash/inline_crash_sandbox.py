"""A sandbox in which people use inline and guest mode while the bot is killed."""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sandbox.photos import photo
from storage.models import FINAL, State
from tests.assertions import labels
from tests.crash.crash_sandbox import CrashSandbox
from tests.crash.evidence import Evidence
from tests.crash.invariants import i2_charged_once, i5_path, i6_intact, i7_silent
from tests.crash.people import CONFIRM_QUESTION, TRY_AGAIN

if TYPE_CHECKING:
    from pathlib import Path

    from sandbox.telegram import MessageSnapshot, Person
    from tests.crash.evidence import Rows

START = "▶️ Start"
_PATIENCE = 1.5  # seconds before a person presses Start on a message that does not change


@dataclass(slots=True)
class InlineRequest:
    """A request for a video: the query, and the message that it becomes."""

    person: Person
    query: str
    guest: bool
    message: str | None = None
    looked_since: float = 0.0
    answered: set[int] = field(default_factory=set)


class InlineCrashSandbox(CrashSandbox):
    """A bot with a storage chat. People choose inline results, or mention the bot in chats that it is not in.

    Attributes:
        requests: what people asked for, in order.
        presses: the callback queries that must be answered.
    """

    def __init__(self, folder: Path, clip: bytes, *, feedback: bool = True, storage: bool = True) -> None:
        """Make it with inline feedback, and with a storage chat, unless told otherwise."""
        super().__init__(folder, clip)
        self.telegram.account.inline_feedback = feedback
        if storage:
            self._settings |= {"STORAGE_CHAT_ID": str(self.telegram.add_channel("Storage").id)}
        self.requests: list[InlineRequest] = []
        self.presses: list[str] = []

    # ------------------------------------------------------------ what people do
    def request_inline(self) -> InlineRequest:
        """Type `@bot squish` as a person with a profile picture, who chooses the result as soon as it is shown."""
        person = self._new_person()
        return self._add_request(InlineRequest(person, self.telegram.send_inline_query(person, "squish"), guest=False))

    def request_as_guest(self) -> InlineRequest:
        """Reply to a photo with `@bot hug` in a chat that the bot is not in."""
        person = self._new_person()
        query = self.telegram.send_guest_message(person, "@kling_sandbox_bot hug", reply_to_photo=photo("ben"))
        return self._add_request(InlineRequest(person, query, guest=True))

    def _new_person(self) -> Person:
        return self.telegram.add_person(f"Person {len(self.telegram.people) + 1}", profile_photo=photo("ada"))

    def _add_request(self, request: InlineRequest) -> InlineRequest:
        self.requests.append(request)
        return request

    def look(self) -> None:
        """Let everyone look at their message and do what it asks for."""
        for request in self.requests:
            if request.message is None:
                self._place(request)
            else:
                self._read(request, self.telegram.inline_messages[request.message])

    def _place(self, request: InlineRequest) -> None:
        if request.guest:
            request.message = self.telegram.guest_answers.get(request.query)
        elif request.query in self.telegram.inline_answers:
            results = self.telegram.inline_answers[request.query].results
            squish = next(one for one in results if one["id"].endswith(":squish"))
            request.message = self.telegram.choose_inline_result(request.person, request.query, squish["id"])
        request.looked_since = time.monotonic()

    def _read(self, request: InlineRequest, seen: MessageSnapshot) -> None:
        buttons = labels(seen)
        if CONFIRM_QUESTION in seen.text and seen.edit_count not in request.answered:
            request.answered.add(seen.edit_count)
            self._press(request, TRY_AGAIN)
        elif START in buttons and time.monotonic() - request.looked_since > _PATIENCE:
            request.looked_since = time.monotonic()
            self._press(request, START)

    def _press(self, request: InlineRequest, button: str) -> None:
        self.presses.append(self.telegram.press_inline(request.person, request.message or "", button))

    # ------------------------------------------------------------ what must come of it
    def is_idle(self, rows: Rows) -> bool:
        """Return True if every request has come to its end."""
        self.look()
        ends = {job.inline_id for job in rows.jobs if job.state in FINAL}
        return super().is_idle(rows) and all(request.message in ends for request in self.requests)

    def check(self) -> None:
        """Check I1 to I7 for messages of inline and guest mode."""
        rows = self.rows()
        evidence = Evidence([], rows, self.sandbox, self.bot.log_text)
        left = [row for row in rows.inbox if row[1] != "done"]
        assert not left, f"I1: updates that were never handled: {left}"
        lost = [press for press in self.presses if press not in self.telegram.callback_answers]
        assert not lost, f"I1: presses that were never answered: {lost}"
        made = Counter(job.inline_id for job in rows.jobs)
        assert made == Counter(request.message for request in self.requests), f"I1: jobs for each message: {made}"
        for request in self.requests:
            seen = self.telegram.inline_messages[request.message or ""]
            assert "video" in seen.raw, f"I3: no video in {seen}"
        assert {job.state for job in rows.jobs} <= {State.DELIVERED}, "I4: what was not delivered"
        for invariant in (i2_charged_once, i5_path, i6_intact, i7_silent):
            invariant(evidence)
