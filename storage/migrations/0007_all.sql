-- What all people together have asked for lately is counted for each new job.
CREATE INDEX jobs_created ON jobs (created_at);
