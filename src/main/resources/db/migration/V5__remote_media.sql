-- What nobody asks for any more may go.
create index media_by_last_access on media (last_access_at);
