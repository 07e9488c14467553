"""A pretend AIML video service over real HTTP, with a ledger of what it charged."""

from sandbox.aiml.job import Job
from sandbox.aiml.job_errors import ErrorShape, job_error
from sandbox.aiml.service import Aiml
from sandbox.services.records import Charge, Submission

__all__ = ["Aiml", "Charge", "ErrorShape", "Job", "Submission", "job_error"]
