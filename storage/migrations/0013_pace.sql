-- How long jobs took is learnt from those that failed, too.
DROP INDEX jobs_pace;
CREATE INDEX jobs_pace ON jobs (service, coalesce(motion ->> 'model', quality), duration, finished_at)
    WHERE finished_at IS NOT NULL AND accepted_at IS NOT NULL;
