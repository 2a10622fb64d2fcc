-- A structure suggests one of its people for a posting, with a word. What became of it is the preselection when there is one, else what is written here.
create table suggestion (
    posting_id uuid not null references posting (id),
    person_id uuid not null references person (id),
    pool_id uuid not null references organization (id),
    word text null,
    suggested_at timestamptz not null,
    suggested_by text not null,
    taken_back_at timestamptz null,
    declined_at timestamptz null,
    declined_by text null,
    reason_code text null,
    primary key (posting_id, person_id),
    check ((declined_at is null) = (reason_code is null))
);
create index suggestion_by_pool on suggestion (pool_id, suggested_at);
