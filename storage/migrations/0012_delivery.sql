-- How often Telegram, or the host of the video, refused the video; trouble of transport does not count.
ALTER TABLE jobs ADD COLUMN rejections INTEGER NOT NULL DEFAULT 0;
-- How often Telegram was asked to fetch the video by its URL and did not say what came of it.
ALTER TABLE jobs ADD COLUMN url_failures INTEGER NOT NULL DEFAULT 0;
