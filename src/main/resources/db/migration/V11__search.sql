-- Administrators list media by age and by size, page by page.
create index media_by_creation on media (created_at, origin, media_id);
create index media_by_size on media (size, origin, media_id);
