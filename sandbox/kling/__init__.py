"""A fake Kling service over real HTTP, with a ledger of what it charged, and callbacks that can be lost or repeated."""

from sandbox.kling.codes import KlingRefusal
from sandbox.kling.service import FakeKling
from sandbox.kling.task import KlingTask
from sandbox.kling.views import ResponseShape
from sandbox.services.records import Submission

__all__ = ["FakeKling", "KlingRefusal", "KlingTask", "ResponseShape", "Submission"]
