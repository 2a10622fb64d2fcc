-- The situation of a person 6 and 12 months after the last contract (the one at its end is in work_contract). Rows are only added: the newest of
-- a contract and a milestone is the one that counts.
create table exit_situation (
    id uuid primary key,
    contract_id uuid not null references work_contract (id),
    milestone integer not null check (milestone in (6, 12)),
    code text not null,
    recorded_at timestamptz not null,
    recorded_by_id uuid not null,
    recorded_by text not null
);
create index exit_situation_by_contract on exit_situation (contract_id, milestone, recorded_at);

-- What people write in the final bilan of a marché, by heading, as JSON. Readers outside see it once it is published.
create table market_bilan (
    market_id uuid primary key references market (id),
    version integer not null,
    texts_json text not null,
    updated_at timestamptz not null,
    updated_by text not null,
    published_at timestamptz null
);
