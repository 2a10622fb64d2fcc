-- The last assignment of people to the open postings of a facilitator, taken together; replaced when it is computed again.
create table proposal_run (
    facilitator_id uuid primary key references organization (id),
    computed_at timestamptz not null,
    -- What it was computed from: another text means that it is out of date.
    computed_from text not null,
    model_version text not null,
    postings integer not null,
    posts integer not null,
    people integer not null,
    value bigint not null,
    bound double precision not null
);

create table proposal (
    facilitator_id uuid not null references proposal_run (facilitator_id),
    posting_id uuid not null references posting (id),
    person_id uuid not null references person (id),
    rank integer not null,
    score integer not null,
    price double precision not null,
    primary key (facilitator_id, person_id)
);
create index proposal_by_posting on proposal (posting_id, rank);
