-- All uploads of a user, also those that are deleted: shows whether upload_count has all of them.
alter table user_usage add column uploads bigint default 0 not null;

-- What users uploaded in the periods (milliseconds) of their quotas. Slots are sixtieths of the period, from 1970 on.
create table upload_count (
    user_id varchar(255) not null,
    period bigint not null,
    slot bigint not null,
    bytes bigint not null,
    files bigint not null,
    total_uploads bigint not null,
    expires_at bigint not null,
    primary key (user_id, period, slot)
);
create index upload_count_by_expiry on upload_count (expires_at);
