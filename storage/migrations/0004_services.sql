-- The service that could not make the job, and had not taken it, before the present one was asked: once at most.
ALTER TABLE jobs ADD COLUMN moved_from TEXT CHECK (moved_from IS NULL OR moved_from <> service);

-- Notices name the service that they are about, since there may be several.
UPDATE notices SET kind = kind || '.aiml' WHERE kind IN ('out_of_credit', 'bad_key', 'misconfigured');

-- What a person has chosen in /settings; NULL: whatever the operator has set.
CREATE TABLE choices (
    person_id     INTEGER PRIMARY KEY,
    quality       TEXT,
    duration      INTEGER CHECK (duration > 0),  -- seconds, where the effect can be made so long
    service       TEXT,
    animate_model TEXT,
    language      TEXT                           -- NULL: as Telegram says
) STRICT;

-- What is made once for this database and kept, such as the unguessable part of an address.
CREATE TABLE installation (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
