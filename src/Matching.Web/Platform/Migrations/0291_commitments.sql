-- The quality commitments of the holder of a marché; findings are only added.
create table commitment (
    id uuid primary key,
    market_id uuid not null references market (id),
    theme text not null,
    promised text not null,
    due_on date null,
    created_at timestamptz not null,
    created_by text not null,
    submission_key text not null unique
);
create index commitment_by_market on commitment (market_id, created_at);

create table commitment_finding (
    id uuid primary key,
    commitment_id uuid not null references commitment (id),
    finding text not null,
    on_day date not null,
    words text not null,
    created_at timestamptz not null,
    created_by text not null,
    submission_key text not null unique
);
create index commitment_finding_by_commitment on commitment_finding (commitment_id, on_day, id);
