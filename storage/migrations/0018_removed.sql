-- What is kept of a video that was deleted before: nothing that leads to it or to its photos.
UPDATE jobs SET video_url = '', photos = '[]' WHERE removed_by IS NOT NULL AND video_file_id IS NULL AND show_at IS NULL;
