-- A code by mail before the dossier opens; each code asked for, its hash once its mail left.
alter table company_link add column asks_code boolean not null default false;
create table company_link_code (
    id uuid primary key,
    link_id uuid not null references company_link (id),
    asked_at timestamptz not null,
    code_hash text null,
    sent_at timestamptz null,
    tries integer not null default 0,
    used_at timestamptz null
);
create index company_link_code_by_link on company_link_code (link_id, asked_at);

-- The key of the form that a company answered with: the same form sent twice is one answer.
alter table preselection_step add column answer_key text null;
create unique index preselection_step_by_answer on preselection_step (preselection_id, answer_key);

-- The days and hours proposed to meet a person; the one that is kept is also the interview_at of the preselection.
create table interview_slot (
    id uuid primary key,
    preselection_id uuid not null references preselection (id),
    number integer not null,
    starts_at timestamptz not null,
    place text null,
    state text not null check (state in ('PROPOSE', 'RETENU', 'ANNULE', 'ABSENT')),
    proposed_by text not null check (proposed_by in ('FACILITATEUR', 'ENTREPRISE')),
    by_name text not null,
    sequence integer not null,
    updated_at timestamptz not null,
    unique (preselection_id, number)
);
create unique index interview_slot_kept on interview_slot (preselection_id) where state = 'RETENU';
