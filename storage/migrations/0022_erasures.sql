-- Who wants everything about them deleted once what they have under way has ended.
CREATE TABLE erasures (
    person_id INTEGER PRIMARY KEY,
    asked_at  REAL NOT NULL
) STRICT;

-- Whose data was deleted within a day, as a keyed digest of their id: deleting is no way around the limits of a day.
CREATE TABLE erased (
    digest   TEXT PRIMARY KEY,
    until_at REAL NOT NULL
) STRICT, WITHOUT ROWID;
