-- Media that we fetched from other servers was uploaded by nobody here.
alter table media alter column uploader drop not null;

-- What nobody asks for any more may go.
create index media_by_last_access on media (last_access_at);
