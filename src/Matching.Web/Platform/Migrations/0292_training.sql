-- Training before hire: its minutes never meet the ledger of hours.
create table training_session (
    id uuid primary key,
    facilitator_id uuid not null references organization (id),
    market_id uuid null references market (id),
    title text not null,
    organizer text not null,
    starts_on date not null,
    ends_on date not null,
    minutes integer not null check (minutes between 1 and 120000),
    created_at timestamptz not null,
    created_by text not null,
    submission_key text not null unique,
    check (ends_on >= starts_on)
);
create index training_session_by_facilitator on training_session (facilitator_id, starts_on);

create table training_participant (
    session_id uuid not null references training_session (id),
    person_id uuid not null references person (id),
    minutes integer not null check (minutes between 0 and 120000),
    outcome text not null,
    updated_at timestamptz not null,
    updated_by text not null,
    primary key (session_id, person_id)
);
create index training_participant_by_person on training_participant (person_id);
