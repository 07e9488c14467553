-- Who may use the bot, beside ALLOWED_IDS: people, groups and channels by their Telegram id.
CREATE TABLE access (
    id         INTEGER PRIMARY KEY,
    status     TEXT NOT NULL CHECK (status IN ('banned', 'allowed', 'unknown')),
    changed_at REAL NOT NULL,
    told_at    REAL  -- when they were told that they may not use the bot
) STRICT;
