-- Media that we fetched from other servers was uploaded by nobody here.
alter table media alter column uploader drop not null;
