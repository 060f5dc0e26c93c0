-- Bytes are kept under a name (location) that no other bytes ever get, so that a late removal cannot hit a new upload.
-- Those that are there keep the name they have.
alter table stored_blob add column location varchar(128);
update stored_blob set location = hash;
alter table stored_blob alter column location set not null;

-- What may have to be removed. A row is written when bytes are about to be put, and when a row that points at them is
-- deleted; it goes when something points at them or when they are removed.
create table removal_candidate (
    location varchar(128) not null primary key,
    due_at bigint not null
);
create index removal_candidate_by_due on removal_candidate (due_at);
insert into removal_candidate (location, due_at)
select b.location, 0 from stored_blob b
where not exists (select 1 from media m where m.blob_hash = b.hash)
and not exists (select 1 from thumbnail t where t.blob_hash = b.hash);
delete from stored_blob where removing_since is not null;
alter table stored_blob drop column removing_since;
alter table stored_blob drop column generation;

alter table blob_chunk alter column hash set data type varchar(128);
alter table blob_chunk rename column hash to location;
alter table complete_blob alter column hash set data type varchar(128);
alter table complete_blob rename column hash to location;

-- Media of other servers goes when nobody asks for it; the index leads to it past our own and past what is quarantined.
alter table media add column remote boolean default false not null;
update media set remote = true where uploader is null and expires_at is null;
drop index media_by_last_access;
create index media_by_last_access on media (remote, quarantined, last_access_at);
