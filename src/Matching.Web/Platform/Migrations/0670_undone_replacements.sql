-- What a replacement changed, so that it can be taken back: the posting as it was, and where each person asked stood (null: on no path).
alter table replacement add column posting_before text null;
alter table replacement_person add column state_before text null;

-- A replacement that was taken back: another one may then be launched for the same person who left.
create table replacement_undone (
    id uuid primary key,
    preselection_id uuid not null references preselection (id),
    at timestamptz not null,
    by_name text not null,
    undone_at timestamptz not null
);
create index replacement_undone_by_preselection on replacement_undone (preselection_id, undone_at);

-- The mails written by one act are found from its instant.
create index mail_by_creation on mail (created_at);
