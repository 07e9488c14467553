-- A queued job without a status message is not submitted: show it again, as an earlier version may have given that up.
UPDATE jobs SET show_at = due_at
WHERE state = 'queued' AND card_id IS NULL AND inline_message_id IS NULL AND show_at IS NULL;
