-- The content URIs of quarantined media of other servers, whether it is stored or not: it is not fetched, nor are its
-- thumbnails. Deleting the media does not delete the row.
create table quarantined_uri (
    origin varchar(255) not null,
    media_id varchar(255) not null,
    quarantined_by varchar(255) not null,
    primary key (origin, media_id)
);
insert into quarantined_uri (origin, media_id, quarantined_by)
select origin, media_id, coalesce(quarantined_by, 'system') from media where quarantined = true and remote = true;
