-- The answer given to a person and to their structure after a no: one for each no, whatever the clicks.
create table given_answer (
    preselection_id uuid not null references preselection (id),
    decided_at timestamptz not null,
    words text null,
    given_at timestamptz not null,
    given_by_id uuid not null,
    given_by text not null,
    primary key (preselection_id, decided_at)
);
