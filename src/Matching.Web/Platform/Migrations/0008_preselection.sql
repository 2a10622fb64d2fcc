create table preselection (
    id uuid primary key,
    posting_id uuid not null references posting (id),
    person_id uuid not null references person (id),
    facilitator_id uuid not null references organization (id),
    ranked_list_id uuid null references ranked_list (id),
    state text not null,
    reason_code text null,
    interview_at timestamptz null,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    unique (posting_id, person_id)
);
create index preselection_by_facilitator on preselection (facilitator_id, state, updated_at);
create index preselection_by_person on preselection (person_id, state);

-- Every step: who, when, from, to. Rows are only added; the same fact is in the chained event log.
create table preselection_step (
    id uuid primary key,
    preselection_id uuid not null references preselection (id),
    at timestamptz not null,
    by_id uuid null,
    by_name text not null,
    from_state text null,
    to_state text not null,
    reason_code text null,
    note text null
);
create index preselection_step_by_preselection on preselection_step (preselection_id, at);

-- The company's link: only the hash of its secret is kept.
create table company_link (
    id uuid primary key,
    posting_id uuid not null references posting (id),
    secret_hash text not null unique,
    contact_name text not null,
    contact_email text null,
    facilitator_words text null,
    answer_before date not null,
    expires_on date not null,
    created_at timestamptz not null,
    created_by text not null,
    revoked_at timestamptz null
);
create index company_link_by_posting on company_link (posting_id, created_at);

create table company_link_person (
    link_id uuid not null references company_link (id),
    preselection_id uuid not null references preselection (id),
    position integer not null,
    primary key (link_id, preselection_id)
);

create table company_link_opening (
    id uuid primary key,
    link_id uuid not null references company_link (id),
    at timestamptz not null
);
create index company_link_opening_by_link on company_link_opening (link_id, at);
