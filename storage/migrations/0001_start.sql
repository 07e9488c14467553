-- Times are Unix times in seconds. Every id from outside is stored as it came.

CREATE TABLE inbox (
    seq         INTEGER PRIMARY KEY AUTOINCREMENT,  -- the order of arrival: update ids may jump down
    update_id   INTEGER NOT NULL UNIQUE,
    lane        TEXT NOT NULL,                      -- the chat or person whose updates keep their order
    payload     TEXT NOT NULL,                      -- raw JSON; emptied when done
    state       TEXT NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'done', 'set_aside')),
    tries       INTEGER NOT NULL DEFAULT 0,
    due_at      REAL NOT NULL,
    received_at REAL NOT NULL,
    error       TEXT
) STRICT;
CREATE INDEX inbox_pending ON inbox (lane, seq) WHERE state = 'pending';
CREATE INDEX inbox_received ON inbox (received_at) WHERE state <> 'pending';

-- Every photo that was seen in a message: an album's siblings are found here.
CREATE TABLE sightings (
    chat_id        INTEGER NOT NULL,
    message_id     INTEGER NOT NULL,
    media_group_id TEXT,
    file_id        TEXT NOT NULL,
    file_size      INTEGER,
    seen_at        REAL NOT NULL,
    PRIMARY KEY (chat_id, message_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX sightings_album ON sightings (chat_id, media_group_id) WHERE media_group_id IS NOT NULL;
CREATE INDEX sightings_age ON sightings (seen_at);

-- What a person has asked for so far: an effect, photos, or both.
CREATE TABLE drafts (
    id             TEXT PRIMARY KEY,
    state          TEXT NOT NULL CHECK (state IN ('open', 'done', 'cancelled', 'expired', 'replaced', 'refused')),
    chat_id        INTEGER NOT NULL,
    thread_id      INTEGER,
    person_id      INTEGER NOT NULL,
    message_id     INTEGER NOT NULL,     -- the request; the answer replies to it
    media_group_id TEXT,                 -- the album whose siblings belong here
    language       TEXT NOT NULL,
    effect         TEXT,                 -- the command; NULL while it is not chosen
    held           INTEGER NOT NULL DEFAULT 0 CHECK (held IN (0, 1)),  -- found late: runs when the person says so
    reason         TEXT,                 -- why it was refused
    card_id        INTEGER,              -- the message that asks for what is missing
    show_at        REAL,                 -- when the card is due to be drawn; an album moves it on
    created_at     REAL NOT NULL,
    expires_at     REAL NOT NULL,
    CHECK (state <> 'refused' OR reason IS NOT NULL),
    CHECK (state <> 'done' OR effect IS NOT NULL)
) STRICT;
CREATE UNIQUE INDEX drafts_one_open ON drafts (chat_id, ifnull(thread_id, 0), person_id) WHERE state = 'open';
CREATE INDEX drafts_album ON drafts (chat_id, media_group_id) WHERE media_group_id IS NOT NULL;
CREATE INDEX drafts_expire ON drafts (expires_at) WHERE state = 'open';
CREATE INDEX drafts_show ON drafts (show_at) WHERE show_at IS NOT NULL;
CREATE INDEX drafts_age ON drafts (created_at) WHERE state <> 'open';

CREATE TABLE draft_photos (
    draft_id   TEXT NOT NULL REFERENCES drafts (id) ON DELETE CASCADE,
    place      INTEGER NOT NULL,        -- left to right: the message id, own photos before replied-to ones
    message_id INTEGER NOT NULL,
    file_id    TEXT NOT NULL,
    file_size  INTEGER,
    PRIMARY KEY (draft_id, place, message_id)
) STRICT, WITHOUT ROWID;

-- A message that has had its effect: handling it again changes nothing.
CREATE TABLE consumed (
    chat_id    INTEGER NOT NULL,
    message_id INTEGER NOT NULL,
    draft_id   TEXT NOT NULL REFERENCES drafts (id) ON DELETE CASCADE,
    PRIMARY KEY (chat_id, message_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX consumed_draft ON consumed (draft_id);

CREATE TABLE jobs (
    id                TEXT PRIMARY KEY,
    state             TEXT NOT NULL CHECK (state IN ('queued', 'submitting', 'in_doubt', 'needs_decision',
        'generating', 'ready', 'delivering', 'delivered', 'undeliverable', 'failed', 'cancelled')),
    origin            TEXT NOT NULL UNIQUE,   -- what asked for it: a second handling makes no second job
    parent_id         TEXT,                   -- the job that was asked for again …
    variant           TEXT,                   -- … and how: again, swap, one effect instead of another
    chat_id           INTEGER NOT NULL,
    thread_id         INTEGER,
    person_id         INTEGER NOT NULL,
    message_id        INTEGER,                -- the request; NULL once its chat became a supergroup
    media_group_id    TEXT,
    language          TEXT NOT NULL,
    effect            TEXT NOT NULL,          -- the command
    photos            TEXT NOT NULL CHECK (json_valid(photos)),  -- [{file_id, file_size}], the left one first
    extra_photos      INTEGER NOT NULL DEFAULT 0 CHECK (extra_photos IN (0, 1)),  -- more came than were needed
    service           TEXT NOT NULL,
    quality           TEXT NOT NULL,
    duration          INTEGER NOT NULL,       -- seconds
    submits           INTEGER NOT NULL DEFAULT 0,
    client_request_id TEXT UNIQUE,            -- ours, of the latest submit
    service_job_id    TEXT,
    video_url         TEXT,
    video_file_id     TEXT,
    usd               REAL,
    reason            TEXT,
    reason_photo      INTEGER,
    reason_detail     TEXT,
    cancel_requested  INTEGER NOT NULL DEFAULT 0 CHECK (cancel_requested IN (0, 1)),
    exempt            INTEGER NOT NULL DEFAULT 0 CHECK (exempt IN (0, 1)),  -- an admin's: not counted
    tries             INTEGER NOT NULL DEFAULT 0,  -- of what the present state does
    due_at            REAL NOT NULL,          -- when the worker takes its next step
    show_at           REAL,                   -- when the status message is due to be drawn
    card_id           INTEGER,                -- the status message
    announced         TEXT,                   -- the last state that the person got a notification of
    version           INTEGER NOT NULL DEFAULT 1,  -- grows with each change of state
    created_at        REAL NOT NULL,
    changed_at        REAL NOT NULL,
    submitted_at      REAL,
    accepted_at       REAL,
    finished_at       REAL,
    CHECK (state NOT IN ('submitting', 'in_doubt', 'needs_decision') OR client_request_id IS NOT NULL),
    CHECK (state <> 'generating' OR (service_job_id IS NOT NULL AND accepted_at IS NOT NULL)),
    CHECK (state NOT IN ('ready', 'delivering', 'delivered') OR video_url IS NOT NULL),
    CHECK (state NOT IN ('failed', 'undeliverable') OR reason IS NOT NULL),
    CHECK ((state IN ('delivered', 'undeliverable', 'failed', 'cancelled')) = (finished_at IS NOT NULL))
) STRICT;
CREATE UNIQUE INDEX jobs_service_job ON jobs (service, service_job_id) WHERE service_job_id IS NOT NULL;
CREATE UNIQUE INDEX jobs_one_child ON jobs (parent_id, variant) WHERE parent_id IS NOT NULL
    AND state IN ('queued', 'submitting', 'in_doubt', 'needs_decision', 'generating');
CREATE INDEX jobs_due ON jobs (state, due_at) WHERE finished_at IS NULL;
CREATE INDEX jobs_show ON jobs (show_at) WHERE show_at IS NOT NULL;
CREATE INDEX jobs_person ON jobs (person_id, created_at);
CREATE INDEX jobs_chat ON jobs (chat_id, media_group_id);
CREATE INDEX jobs_pace ON jobs (service, quality, finished_at) WHERE state = 'delivered';
CREATE INDEX jobs_finished ON jobs (finished_at) WHERE finished_at IS NOT NULL;

CREATE TABLE job_events (
    seq        INTEGER PRIMARY KEY,
    job_id     TEXT NOT NULL REFERENCES jobs (id) ON DELETE CASCADE,
    from_state TEXT,
    to_state   TEXT NOT NULL,
    at         REAL NOT NULL
) STRICT;
CREATE INDEX job_events_job ON job_events (job_id);

CREATE TRIGGER jobs_born AFTER INSERT ON jobs BEGIN
    INSERT INTO job_events (job_id, from_state, to_state, at) VALUES (NEW.id, NULL, NEW.state, NEW.changed_at);
END;
CREATE TRIGGER jobs_moved AFTER UPDATE OF state ON jobs WHEN OLD.state <> NEW.state BEGIN
    INSERT INTO job_events (job_id, from_state, to_state, at) VALUES (NEW.id, OLD.state, NEW.state, NEW.changed_at);
END;

-- What the operator is told once, until it is mended.
CREATE TABLE notices (
    admin_id INTEGER NOT NULL,
    kind     TEXT NOT NULL,
    detail   TEXT NOT NULL,
    told_at  REAL,
    made_at  REAL NOT NULL,
    PRIMARY KEY (admin_id, kind)
) STRICT, WITHOUT ROWID;
