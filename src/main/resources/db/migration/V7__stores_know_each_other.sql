-- The id that this database ('database') and the store of its bytes have in common; where the bytes are rows of this
-- database, their store's own copy of it is here too ('blobs'). The partner says where the other of the two is.
create table store_identity (
    name varchar(16) not null primary key,
    id varchar(36) not null,
    partner varchar(1024) not null
);

-- Since when the bytes are known to be lost or damaged. They are not handed out until the same bytes are put again.
alter table stored_blob add column damaged_at bigint;

-- How far the scrub has come: all hashes up to the position were verified since the pass began. One row.
create table scrub (
    id integer not null primary key,
    position varchar(64) not null,
    began_at bigint not null,
    blobs bigint not null,
    bytes bigint not null,
    damaged bigint not null,
    last_ended_at bigint
);
