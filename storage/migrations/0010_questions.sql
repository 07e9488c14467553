-- When a request ended: whoever said no to one is left in peace for a while.
ALTER TABLE drafts ADD COLUMN ended_at REAL;
CREATE INDEX drafts_asked ON drafts (chat_id, waits_for) WHERE waits_for IS NOT NULL;
