"""A pretend Kling service over real HTTP, with a ledger of what it charged and callbacks that may go wrong."""

from sandbox.kling.codes import Refusal
from sandbox.kling.service import Kling
from sandbox.kling.task import Task
from sandbox.kling.views import Shape
from sandbox.services.records import Submission

__all__ = ["Kling", "Refusal", "Shape", "Submission", "Task"]
