-- A validated eligibility is frozen: rows are only added. The newest of a person and marché is the one in force.
create table eligibility_decision (
    id uuid primary key,
    person_id uuid not null references person (id),
    market_id uuid not null references market (id),
    public_list_version integer not null,
    category_code text not null,
    basis text not null check (basis in ('PROOF', 'OPINION')),
    proof_seen_on date null,
    opinion text null,
    decided_by_id uuid not null,
    decided_by text not null,
    decided_on date not null,
    decided_at timestamptz not null,
    valid_from date not null,
    valid_until date not null,
    check (valid_until >= valid_from),
    check (basis = 'PROOF' or opinion is not null)
);
create index eligibility_decision_by_market on eligibility_decision (market_id, person_id, decided_at);

-- A proof that a facilitator saw, beside those that the structure declared in its file.
create table seen_proof (
    id uuid primary key,
    person_id uuid not null references person (id),
    code text not null,
    seen_on date not null,
    seen_by text not null,
    seen_by_id uuid not null,
    at timestamptz not null
);
create index seen_proof_by_person on seen_proof (person_id, code, seen_on);
