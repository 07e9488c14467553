-- What an animation is asked with: {model, prompt, negative_prompt, cfg_scale, duration, mistake}; NULL for an effect.
ALTER TABLE drafts ADD COLUMN motion TEXT CHECK (motion IS NULL OR json_valid(motion));
ALTER TABLE jobs ADD COLUMN motion TEXT CHECK (motion IS NULL OR (json_valid(motion)
    AND ifnull(length(json_extract(motion, '$.prompt')), 0) BETWEEN 1 AND 2500
    AND ifnull(length(json_extract(motion, '$.negative_prompt')), 1) BETWEEN 1 AND 2500
    AND ifnull(json_extract(motion, '$.cfg_scale'), 0.5) BETWEEN 0 AND 1
    AND json_extract(motion, '$.model') IN ('v1.6', 'v2')
    AND json_extract(motion, '$.mistake') IS NULL));

-- Photos that came one by one: of more than are needed, the newest are meant; of an album, the first.
ALTER TABLE drafts ADD COLUMN singly INTEGER NOT NULL DEFAULT 0 CHECK (singly IN (0, 1));
UPDATE drafts SET singly = 1 WHERE effect IS NULL AND media_group_id IS NULL;

-- The pace is learnt for each model and length.
DROP INDEX jobs_pace;
CREATE INDEX jobs_pace ON jobs (service, ifnull(json_extract(motion, '$.model'), quality), duration, finished_at)
    WHERE state = 'delivered';
