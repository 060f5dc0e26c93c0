-- Media that was imported from the store of another server. When it is deleted, its content URI stays here, so that it is
-- neither imported again nor served from that store.
alter table media add column adopted boolean default false not null;
create table removed_media (
    origin varchar(255) not null,
    media_id varchar(255) not null,
    primary key (origin, media_id)
);
