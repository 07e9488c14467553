-- People who were seen: who "@name" is, and what they say about their profile picture.
CREATE TABLE people (
    person_id INTEGER PRIMARY KEY,
    username  TEXT,            -- in lower case, without the @
    name      TEXT NOT NULL,   -- as Telegram shows it
    picture   TEXT NOT NULL DEFAULT 'ask' CHECK (picture IN ('ask', 'never', 'always')),
    seen_at   REAL NOT NULL
) STRICT;
CREATE UNIQUE INDEX people_username ON people (username) WHERE username IS NOT NULL;
CREATE INDEX people_age ON people (seen_at);

-- A group's own rules, set by its admins.
CREATE TABLE groups (
    chat_id    INTEGER PRIMARY KEY,
    who        TEXT NOT NULL DEFAULT 'everyone' CHECK (who IN ('everyone', 'admins')),
    daily      INTEGER CHECK (daily >= 0),  -- videos in 24 hours; NULL: as the operator allows
    language   TEXT,                        -- NULL: that of the person who asks
    greeted_at REAL
) STRICT;

-- What is switched the other way: a theme ('theme:pets') that is off, an effect unlike its theme.
CREATE TABLE group_switches (
    chat_id INTEGER NOT NULL,
    name    TEXT NOT NULL,
    PRIMARY KEY (chat_id, name)
) STRICT, WITHOUT ROWID;

-- Whose photo it is, where another person than the asker sent it or is shown in their profile picture.
ALTER TABLE draft_photos ADD COLUMN author_id INTEGER;
ALTER TABLE draft_photos ADD COLUMN author TEXT;   -- their name
ALTER TABLE draft_photos ADD COLUMN consent TEXT CHECK (consent IN ('asked', 'given'));  -- of a profile picture

ALTER TABLE drafts ADD COLUMN asker TEXT;          -- the name of the person who asks
ALTER TABLE drafts ADD COLUMN note TEXT;           -- what the question says first: why a photo is needed after all
ALTER TABLE drafts ADD COLUMN waits_for INTEGER;   -- the person whose consent is asked for …
ALTER TABLE drafts ADD COLUMN waits_name TEXT;     -- … and their name

-- A draft that waits for consent stands beside whatever else its person asks for meanwhile.
DROP INDEX drafts_one_open;
CREATE UNIQUE INDEX drafts_one_open ON drafts (chat_id, ifnull(thread_id, 0), person_id)
    WHERE state = 'open' AND waits_for IS NULL;

ALTER TABLE jobs ADD COLUMN group_id INTEGER;      -- the group whose daily limit it counts for
ALTER TABLE jobs ADD COLUMN removed_by INTEGER;    -- who had the video deleted
ALTER TABLE jobs ADD COLUMN removed_at REAL;
UPDATE jobs SET group_id = chat_id WHERE chat_id < 0;
CREATE INDEX jobs_group ON jobs (group_id, created_at) WHERE group_id IS NOT NULL;
