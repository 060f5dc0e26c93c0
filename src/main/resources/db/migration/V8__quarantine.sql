-- Who quarantined media: an administrator, or 'system' where the content was quarantined before the media was stored.
-- Protected media (Synapse: safe from quarantine) is not quarantined with others of the same content.
alter table media add column quarantined_by varchar(255);
alter table media add column safe_from_quarantine boolean default false not null;

-- Content that is stored quarantined (QUARANTINED), or not stored at all (BLOCKED), by its SHA-256.
create table hash_restriction (
    hash varchar(64) not null,
    restriction varchar(16) not null,
    reason varchar(1000),
    created_by varchar(255) not null,
    created_at bigint not null,
    primary key (hash, restriction)
);
create index hash_restriction_by_restriction on hash_restriction (restriction, hash);

-- Which media was quarantined or released, in the order of the commits. A number is assigned while the counter's row is
-- locked, so that no number becomes visible after a higher one. As in Synapse the first position is 1.
create table quarantine_change (
    change_number bigint not null primary key,
    origin varchar(255) not null,
    media_id varchar(255) not null,
    quarantined boolean not null
);
create table quarantine_counter (
    id integer not null primary key,
    last_number bigint not null
);
insert into quarantine_counter (id, last_number) values (1, 1);
