-- Who said first that the video is not to be posted; an admin of the group goes before the person who asked for it.
ALTER TABLE jobs ADD COLUMN cancelled_by INTEGER;
-- Whether somebody confirmed that, once they had read that it is paid for.
ALTER TABLE jobs ADD COLUMN cancel_confirmed INTEGER NOT NULL DEFAULT 0 CHECK (cancel_confirmed IN (0, 1));
UPDATE jobs SET cancelled_by = person_id, cancel_confirmed = 1 WHERE cancel_requested = 1;
