-- A consent is to one video, as it was shown when its person was asked: the asker, the effect, the photos, the words.
ALTER TABLE draft_photos ADD COLUMN subject TEXT;   -- digest of that video; NULL: not asked, as they always allow it
ALTER TABLE draft_photos ADD COLUMN given_at REAL;  -- when consent was given
ALTER TABLE drafts ADD COLUMN waits_subject TEXT;   -- digest of the video that the person in waits_for is asked about
ALTER TABLE drafts ADD COLUMN card_for INTEGER;     -- the person whose consent the message card_id asks for
ALTER TABLE people ADD COLUMN picture_at REAL;      -- when they last said something about their picture

-- The jobs of drafts that are done keep the consents that they were made with.
UPDATE draft_photos SET subject = 'earlier', given_at = (SELECT created_at FROM drafts WHERE id = draft_id)
    WHERE consent = 'given' AND draft_id IN (SELECT id FROM drafts WHERE state = 'done');
