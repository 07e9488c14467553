-- The CHECK of `motion` listed the image-to-video models and their limits. Both are data of the bot, so it no longer
-- does. SQLite can't change a CHECK of an existing table: `jobs` is rebuilt, as CONTRIBUTING.md explains.
-- Every column is here again, with what the earlier migrations said of it.
CREATE TABLE jobs_new (
    id                 TEXT PRIMARY KEY,
    state              TEXT NOT NULL CHECK (state IN ('queued', 'submitting', 'in_doubt', 'needs_decision',
        'generating', 'ready', 'delivering', 'delivered', 'undeliverable', 'failed', 'cancelled')),
    origin             TEXT NOT NULL UNIQUE,   -- what asked for it; the same request makes no second job
    parent_id          TEXT,                   -- the job that was asked for again …
    variant            TEXT,                   -- … and how: again, swap, or with another effect
    chat_id            INTEGER NOT NULL,
    thread_id          INTEGER,
    person_id          INTEGER NOT NULL,
    message_id         INTEGER,                -- the request; NULL once its group became a supergroup
    media_group_id     TEXT,
    group_id           INTEGER,                -- the group whose daily limit it counts towards
    language           TEXT NOT NULL,
    effect             TEXT NOT NULL,          -- the command
    motion             TEXT CHECK (motion IS NULL OR (json_valid(motion)
        AND motion ->> 'model' IS NOT NULL
        AND coalesce(length(motion ->> 'prompt'), 1) > 0
        AND motion ->> 'mistake' IS NULL)),    -- {model, prompt, negative_prompt, cfg_scale, duration, mistake};
                                               -- NULL for an effect
    photos             TEXT NOT NULL CHECK (json_valid(photos)),  -- [{file_id, file_size, …}], the left one first
    extra_photos       INTEGER NOT NULL DEFAULT 0 CHECK (extra_photos IN (0, 1)),  -- more came than were needed
    source             TEXT,                   -- where the photos come from, if that has to be said
    service            TEXT NOT NULL,
    moved_from         TEXT CHECK (moved_from IS NULL OR moved_from <> service),   -- the service that did not take it
    quality            TEXT NOT NULL,
    duration           INTEGER NOT NULL,       -- seconds
    submits            INTEGER NOT NULL DEFAULT 0,
    client_request_id  TEXT UNIQUE,            -- ours, of the latest submit
    service_job_id     TEXT,
    video_url          TEXT,
    video_file_id      TEXT,
    video_is_animation INTEGER NOT NULL DEFAULT 0 CHECK (video_is_animation IN (0, 1)),  -- what video_file_id names:
                                               -- "animation" is Telegram's word for a video without sound
    usd                REAL,
    reason             TEXT,
    reason_photo       INTEGER,
    reason_detail      TEXT,
    cancel_requested   INTEGER NOT NULL DEFAULT 0 CHECK (cancel_requested IN (0, 1)),
    exempt             INTEGER NOT NULL DEFAULT 0 CHECK (exempt IN (0, 1)),  -- an admin's; it counts towards no limit
    tries              INTEGER NOT NULL DEFAULT 0,  -- of the present state's step
    due_at             REAL NOT NULL,          -- when a worker takes the next step
    show_at            REAL,                   -- when the status message is due to be drawn
    card_id            INTEGER,                -- the status message
    inline_message_id  TEXT,                   -- the status message, if inline or guest mode placed it
    announced          TEXT,                   -- the last state that the user was notified of
    version            INTEGER NOT NULL DEFAULT 1,  -- grows with each change of state
    created_at         REAL NOT NULL,
    changed_at         REAL NOT NULL,
    submitted_at       REAL,
    accepted_at        REAL,
    finished_at        REAL,
    removed_by         INTEGER,                -- who had the video deleted
    removed_at         REAL,
    CHECK (state NOT IN ('submitting', 'in_doubt', 'needs_decision') OR client_request_id IS NOT NULL),
    CHECK (state <> 'generating' OR (service_job_id IS NOT NULL AND accepted_at IS NOT NULL)),
    CHECK (state NOT IN ('ready', 'delivering', 'delivered') OR video_url IS NOT NULL),
    CHECK (state NOT IN ('failed', 'undeliverable') OR reason IS NOT NULL),
    CHECK ((state IN ('delivered', 'undeliverable', 'failed', 'cancelled')) = (finished_at IS NOT NULL))
) STRICT;

INSERT INTO jobs_new (
    id, state, origin, parent_id, variant, chat_id, thread_id, person_id, message_id, media_group_id, group_id,
    language, effect, motion, photos, extra_photos, source, service, moved_from, quality, duration, submits,
    client_request_id, service_job_id, video_url, video_file_id, video_is_animation, usd, reason, reason_photo,
    reason_detail, cancel_requested, exempt, tries, due_at, show_at, card_id, inline_message_id, announced, version,
    created_at, changed_at, submitted_at, accepted_at, finished_at, removed_by, removed_at)
SELECT
    id, state, origin, parent_id, variant, chat_id, thread_id, person_id, message_id, media_group_id, group_id,
    language, effect, motion, photos, extra_photos, source, service, moved_from, quality, duration, submits,
    client_request_id, service_job_id, video_url, video_file_id, video_is_animation, usd, reason, reason_photo,
    reason_detail, cancel_requested, exempt, tries, due_at, show_at, card_id, inline_message_id, announced, version,
    created_at, changed_at, submitted_at, accepted_at, finished_at, removed_by, removed_at
FROM jobs;

-- This drops the table's indexes and triggers, too.
DROP TABLE jobs;
ALTER TABLE jobs_new RENAME TO jobs;

CREATE UNIQUE INDEX jobs_service_job ON jobs (service, service_job_id) WHERE service_job_id IS NOT NULL;
CREATE UNIQUE INDEX jobs_one_child ON jobs (parent_id, variant) WHERE parent_id IS NOT NULL
    AND state IN ('queued', 'submitting', 'in_doubt', 'needs_decision', 'generating');
CREATE UNIQUE INDEX jobs_inline ON jobs (inline_message_id) WHERE inline_message_id IS NOT NULL;
CREATE INDEX jobs_due ON jobs (state, due_at) WHERE finished_at IS NULL;
CREATE INDEX jobs_show ON jobs (show_at) WHERE show_at IS NOT NULL;
CREATE INDEX jobs_person ON jobs (person_id, created_at);
CREATE INDEX jobs_group ON jobs (group_id, created_at) WHERE group_id IS NOT NULL;
CREATE INDEX jobs_created ON jobs (created_at);
CREATE INDEX jobs_chat ON jobs (chat_id, media_group_id);
CREATE INDEX jobs_pace ON jobs (service, coalesce(motion ->> 'model', quality), duration, finished_at)
    WHERE state = 'delivered';
CREATE INDEX jobs_videos ON jobs (person_id, finished_at) WHERE state = 'delivered' AND video_file_id IS NOT NULL;
CREATE INDEX jobs_finished ON jobs (finished_at) WHERE finished_at IS NOT NULL;

CREATE TRIGGER jobs_born AFTER INSERT ON jobs BEGIN
    INSERT INTO job_events (job_id, from_state, to_state, at) VALUES (NEW.id, NULL, NEW.state, NEW.changed_at);
END;
CREATE TRIGGER jobs_moved AFTER UPDATE OF state ON jobs WHEN OLD.state <> NEW.state BEGIN
    INSERT INTO job_events (job_id, from_state, to_state, at) VALUES (NEW.id, OLD.state, NEW.state, NEW.changed_at);
END;

-- The expression that the queries use; an index is used only for the very same one.
DROP INDEX drafts_one_open;
CREATE UNIQUE INDEX drafts_one_open ON drafts (chat_id, coalesce(thread_id, 0), person_id)
    WHERE state = 'open' AND waits_for IS NULL;
