"""The video services in the page's sandbox panel: what they charged, and how they fail."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sandbox.http.faults import FOREVER, CloseAfter, CloseBefore, RespondWith

if TYPE_CHECKING:
    from sandbox.environment import Sandbox
    from sandbox.http.faults import FaultRule, IncomingRequest
    from sandbox.services.service import FakeVideoService

FAILURES = ("none", "down", "credit", "answers", "submits")
"""No failure; the service is down; the balance is zero; responses to submits are lost; submits themselves are lost."""
_UNAVAILABLE = RespondWith(503, {"code": 5001, "message": "Service temporarily unavailable.", "statusCode": 503})
"""In the words of both services."""
_MAX_CHARGES_SHOWN = 8
"""How many of the newest charges are listed."""


class ServicePanel:
    """One service as the page shows it."""

    def __init__(self, service: FakeVideoService[Any]) -> None:
        self.failure = "none"
        self._service = service
        self._rules: list[FaultRule] = []
        self._saved_balance_usd: float | None = None

    def view(self) -> dict[str, Any]:
        """Return the sum of the charges, the newest charges, and the failure that is set."""
        ledger = self._service.ledger
        return {
            "name": self._service.name,
            "title": self._service.title,
            "failure": self.failure,
            "jobs": len(ledger),
            "usd": round(sum(charge.usd for charge in ledger), 4),
            "charges": [
                self._charge_view(charge.job_id, charge.usd) for charge in ledger[: -_MAX_CHARGES_SHOWN - 1 : -1]
            ],
        }

    def _charge_view(self, job_id: str, usd: float) -> dict[str, Any]:
        submission = self._service.jobs[job_id].submission
        return {"id": job_id, "model": submission.model, "scene": submission.scene, "usd": usd}

    def set_failure(self, failure: str) -> None:
        """Let the service fail in this way from now on, and in no other."""
        for rule in self._rules:
            rule.remove()
        self._rules.clear()
        if self._saved_balance_usd is not None:
            self._service.balance_usd, self._saved_balance_usd = self._saved_balance_usd, None
        self.failure = failure
        if failure == "down":
            self._rules.append(self._service.faults.add(_any_request, _UNAVAILABLE, times=FOREVER))
        elif failure in {"answers", "submits"}:
            lost = CloseAfter() if failure == "answers" else CloseBefore()
            self._rules.append(self._service.faults.add(_is_submit, lost, times=FOREVER))
        elif failure == "credit":
            self._saved_balance_usd, self._service.balance_usd = self._service.balance_usd, 0.0


def _any_request(_: IncomingRequest) -> bool:
    return True


def _is_submit(incoming: IncomingRequest) -> bool:
    return incoming.method.startswith("POST ")


def service_panels(sandbox: Sandbox) -> dict[str, ServicePanel]:
    """Return a panel for each service, by its name."""
    return {service.name: ServicePanel(service) for service in sandbox.services}
