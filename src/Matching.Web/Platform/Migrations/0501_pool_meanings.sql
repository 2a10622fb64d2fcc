-- What a structure said once that a word of its own files means: a ROME code, the label of a skill, an INSEE code; '' when nothing corresponds.
create table pool_meaning (
    organization_id uuid not null references organization (id),
    kind text not null check (kind in ('METIER', 'COMPETENCE', 'COMMUNE')),
    meaning_key text not null,
    written text not null,
    value text not null,
    decided_at timestamptz not null,
    decided_by text not null,
    primary key (organization_id, kind, meaning_key)
);
