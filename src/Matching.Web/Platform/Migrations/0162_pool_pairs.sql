-- What a person decided of two records of one pool that may be the same person. DISTINCTES: kept apart. FUSION: the other is withdrawn in favour
-- of the one kept; nothing is erased, so that it can be undone.
create table pool_pair (
    organization_id uuid not null references organization (id),
    first_id uuid not null references person (id),
    second_id uuid not null references person (id),
    decision text not null check (decision in ('DISTINCTES', 'FUSION')),
    kept_id uuid null,
    other_withdrawn_at timestamptz null,
    decided_at timestamptz not null,
    decided_by text not null,
    primary key (first_id, second_id)
);
create index pool_pair_by_pool on pool_pair (organization_id, decided_at);
