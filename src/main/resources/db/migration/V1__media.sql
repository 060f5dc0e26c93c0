-- Times are milliseconds since 1970, sizes are bytes. The same text runs on H2 and PostgreSQL.

-- Bytes in the blob store. The row comes before the bytes and goes after them, so bytes without a row cannot be.
create table stored_blob (
    hash varchar(64) not null primary key,
    generation varchar(36) not null,
    size bigint not null,
    created_at bigint not null,
    removing_since bigint
);

create table media (
    origin varchar(255) not null,
    media_id varchar(255) not null,
    uploader varchar(255) not null,
    content_type varchar(255) not null,
    file_name varchar(255),
    size bigint not null,
    blob_hash varchar(64) not null references stored_blob (hash),
    created_at bigint not null,
    last_access_at bigint not null,
    authenticated_only boolean not null,
    quarantined boolean not null,
    primary key (origin, media_id)
);
create index media_by_blob on media (blob_hash);
create index media_by_uploader on media (uploader, created_at);

-- Content URIs that wait for their content. A claim is a running upload; it lapses when its node no longer renews it.
create table pending_media (
    media_id varchar(255) not null primary key,
    uploader varchar(255) not null,
    created_at bigint not null,
    expires_at bigint not null,
    claim varchar(36),
    claimed_until bigint not null
);
create index pending_media_by_uploader on pending_media (uploader, expires_at);
create index pending_media_by_expiry on pending_media (expires_at);

-- What each user keeps here. Its row lock is what makes quotas hold when uploads run side by side.
create table user_usage (
    user_id varchar(255) not null primary key,
    bytes bigint not null,
    files bigint not null
);

-- Work that only one node may do at a time.
create table lease (
    name varchar(64) not null primary key,
    holder varchar(36) not null,
    held_until bigint not null
);
