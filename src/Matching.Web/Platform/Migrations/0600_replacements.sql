-- The work that was already taken off when the posts and hours of a reopened posting were written.
alter table posting add column reopened_working integer not null default 0;
alter table posting add column reopened_minutes integer not null default 0;

-- A replacement looked for after someone left: once for each person who left.
create table replacement (
    id uuid primary key,
    preselection_id uuid not null unique references preselection (id),
    posting_id uuid not null references posting (id),
    posting_version integer not null,
    at timestamptz not null,
    by_id uuid not null references app_user (id),
    by_name text not null,
    company_told boolean not null,
    partners_told boolean not null
);
create table replacement_person (
    replacement_id uuid not null references replacement (id),
    preselection_id uuid not null references preselection (id),
    primary key (replacement_id, preselection_id)
);
