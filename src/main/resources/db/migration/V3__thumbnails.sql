-- Thumbnails: what was drawn of media for a box of pixels, or the word that the original serves there; then the row
-- points at the original's own bytes. They go with their media, and count against nobody's quota.
create table thumbnail (
    origin varchar(255) not null,
    media_id varchar(255) not null,
    width integer not null,
    height integer not null,
    method varchar(8) not null,
    animated boolean not null,
    content_type varchar(64) not null,
    size bigint not null,
    blob_hash varchar(64) not null references stored_blob (hash),
    created_at bigint not null,
    last_used_at bigint not null,
    primary key (origin, media_id, width, height, method, animated),
    foreign key (origin, media_id) references media (origin, media_id) on delete cascade
);
create index thumbnail_by_blob on thumbnail (blob_hash);
