-- What is set aside for the latest submit, in millionths of a US dollar. What it cost, once that is known, is `usd`.
ALTER TABLE jobs ADD COLUMN reserved_microusd INTEGER NOT NULL DEFAULT 0 CHECK (reserved_microusd >= 0);
-- The same for a lost submit that was sent again.
ALTER TABLE resubmits ADD COLUMN reserved_microusd INTEGER NOT NULL DEFAULT 0 CHECK (reserved_microusd >= 0);

-- What jobs cost that are deleted by now: a month of bookkeeping.
CREATE TABLE past_spending (
    created_at REAL NOT NULL,
    service    TEXT NOT NULL,
    person_id  INTEGER,
    group_id   INTEGER,
    microusd   INTEGER NOT NULL CHECK (microusd >= 0)
) STRICT;
CREATE INDEX past_spending_created ON past_spending (created_at);
