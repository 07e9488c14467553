-- Telegram does not tell when a button was pressed. It was after `sent_after`: nothing waited at Telegram then.
ALTER TABLE inbox ADD COLUMN sent_after REAL;
