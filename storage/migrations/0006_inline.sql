-- Videos in messages that inline or guest mode placed wherever a person was.

ALTER TABLE jobs ADD COLUMN inline_message_id TEXT;  -- the status message, where it is such a one; chat_id: where
                                                     -- the bot goes when that is gone, the person's private chat
ALTER TABLE jobs ADD COLUMN source TEXT;             -- where the photos come from, where that has to be said
ALTER TABLE jobs ADD COLUMN video_is_animation INTEGER NOT NULL DEFAULT 0 CHECK (video_is_animation IN (0, 1));
                                                     -- what video_file_id names: Telegram's word for one without sound
CREATE UNIQUE INDEX jobs_inline ON jobs (inline_message_id) WHERE inline_message_id IS NOT NULL;
CREATE INDEX jobs_videos ON jobs (person_id, finished_at) WHERE state = 'delivered' AND video_file_id IS NOT NULL;

-- What an answer to an inline query, or a guest message, described: its id is the first part of each result's id and
-- of the Start button's data.
CREATE TABLE inline_offers (
    id        TEXT PRIMARY KEY,
    origin    TEXT UNIQUE,               -- the guest query that it answers; NULL for inline queries
    person_id INTEGER NOT NULL,
    language  TEXT NOT NULL,
    photos    TEXT NOT NULL CHECK (json_valid(photos)),  -- [{file_id, file_size}], the left one first
    source    TEXT NOT NULL,             -- where they come from
    made_at   REAL NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX inline_offers_age ON inline_offers (made_at);

-- Messages that were placed, and whose they are: the first to be heard of, and nobody after.
CREATE TABLE inline_messages (
    inline_message_id TEXT PRIMARY KEY,
    person_id         INTEGER NOT NULL,
    offer_id         TEXT NOT NULL,
    placed_at         REAL NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX inline_messages_age ON inline_messages (placed_at);

ALTER TABLE drafts ADD COLUMN inline_query TEXT;     -- photos for inline mode: what was typed after the bot's name
