"""A fake AIML video service over real HTTP, with a ledger of what it charged."""

from sandbox.aiml.job import AimlJob
from sandbox.aiml.job_errors import ErrorShape, job_error
from sandbox.aiml.service import FakeAiml
from sandbox.services.records import Charge, Submission

__all__ = ["AimlJob", "Charge", "ErrorShape", "FakeAiml", "Submission", "job_error"]
