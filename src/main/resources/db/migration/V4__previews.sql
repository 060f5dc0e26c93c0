-- Previews of web pages. The hash is that of the URL and the language it was asked for in; hours count from 1970.
create table preview (
    url_hash varchar(64) not null,
    fetched_hour bigint not null,
    url varchar(4096) not null,
    json varchar(200000) not null,
    expires_at bigint not null,
    keep_until bigint not null,
    etag varchar(1000),
    last_modified varchar(100),
    image varchar(600),
    primary key (url_hash, fetched_hour)
);
create index preview_by_keep_until on preview (keep_until);

-- Pictures of previews and media of other servers belong to nobody here; the pictures expire.
alter table media alter column uploader drop not null;
alter table media add column expires_at bigint;
create index media_by_expiry on media (expires_at);
