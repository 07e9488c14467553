-- Each command in an album is a request of its own: which of the album's captions named an effect, and open drafts of
-- one album beside each other. `Drafts.start` replaces every other open draft.
ALTER TABLE sightings ADD COLUMN effect TEXT;  -- the effect that the command in the photo's caption names

DROP INDEX drafts_one_open;
CREATE UNIQUE INDEX drafts_one_open ON drafts (chat_id, coalesce(thread_id, 0), person_id)
    WHERE state = 'open' AND waits_for IS NULL AND media_group_id IS NULL;
CREATE INDEX drafts_open ON drafts (chat_id, coalesce(thread_id, 0), person_id)
    WHERE state = 'open' AND waits_for IS NULL;
