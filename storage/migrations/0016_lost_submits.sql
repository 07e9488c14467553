-- The account that the latest submit was made with, as a digest of its address and key: only its record shows that submit.
-- NULL: unknown.
ALTER TABLE jobs ADD COLUMN account TEXT;
-- Whether that account's record was read and does not show the latest submit: the person reads what is known.
ALTER TABLE jobs ADD COLUMN record_read INTEGER NOT NULL DEFAULT 0 CHECK (record_read IN (0, 1));

-- Lost submits that their users had sent again. Each counts towards the limits like a video of its own.
CREATE TABLE resubmits (
    job_id     TEXT NOT NULL REFERENCES jobs (id) ON DELETE CASCADE,
    submit     INTEGER NOT NULL,  -- the number of the lost one: it is answered once
    exempt     INTEGER NOT NULL CHECK (exempt IN (0, 1)),
    created_at REAL NOT NULL,
    PRIMARY KEY (job_id, submit)
) STRICT, WITHOUT ROWID;
CREATE INDEX resubmits_created ON resubmits (created_at);
