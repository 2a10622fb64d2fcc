-- A file received and not yet imported: its bytes are in the data folder of the node that received it, and go when it is done or given up.
-- A_ASSOCIER: its columns wait for a person. EN_COURS: being checked, then stored. REFUSE, ANNULE: nothing of it was stored.
create table pool_upload (
    id uuid not null primary key,
    organization_id uuid not null references organization (id),
    file_name text not null,
    at timestamptz not null,
    by_id uuid null,
    by_name text not null,
    submission_key text null,
    state text not null check (state in ('A_ASSOCIER', 'EN_COURS', 'REFUSE', 'ANNULE')),
    rows_read integer not null default 0,
    percent integer not null default 0,
    refusal text null,
    seen_at timestamptz not null,
    unique (organization_id, submission_key)
);
create index pool_upload_by_pool on pool_upload (organization_id, at);

-- What a structure said once of the headers of its own files: a column of the template, or '' for one left aside.
create table pool_heading (
    organization_id uuid not null references organization (id),
    heading_key text not null,
    column_name text not null,
    primary key (organization_id, heading_key)
);
