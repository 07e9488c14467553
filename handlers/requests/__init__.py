"""Use cases: from what a person wants to a draft and a job."""
