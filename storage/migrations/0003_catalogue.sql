-- Scenes that a video service said it does not know any more: not offered there until the operator restores them.
CREATE TABLE retired_scenes (
    service    TEXT NOT NULL,
    scene      TEXT NOT NULL,   -- the service's own name
    detail     TEXT NOT NULL,   -- what it said
    retired_at REAL NOT NULL,
    PRIMARY KEY (service, scene)
) STRICT, WITHOUT ROWID;
