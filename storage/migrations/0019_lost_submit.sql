-- Whether an earlier submit of the job was lost and sent again: it may have been charged, however the job ends.
ALTER TABLE jobs ADD COLUMN lost_submit INTEGER NOT NULL DEFAULT 0;
UPDATE jobs SET lost_submit = 1 WHERE id IN (SELECT job_id FROM resubmits);
