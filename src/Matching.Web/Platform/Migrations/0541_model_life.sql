-- Models loaded by an administrator. The text of a file is never changed: a list is replayed with it.
create table ranking_model (
    version text primary key,
    file_json text not null,
    checksum text not null,
    state text not null check (state in ('CANDIDATE', 'SHADOW', 'INTERLEAVED', 'SERVING', 'RETIRED')),
    gate_json text null,
    loaded_at timestamptz not null,
    loaded_by_id uuid not null,
    loaded_by text not null
);

-- Which version serves: the last row. Without any, the one that the service was started with. Rows are only added.
create table model_service (
    id uuid primary key,
    version text not null,
    version_before text not null,
    at timestamptz not null,
    by_id uuid not null,
    by_name text not null,
    reason text not null,
    is_rollback boolean not null
);

-- What a version on trial would have shown, beside the list that was: never shown to anybody.
create table shadow_person (
    list_id uuid not null references ranked_list (id),
    model_version text not null,
    rank integer not null,
    person_id uuid not null references person (id),
    score integer not null,
    primary key (list_id, model_version, rank)
);

-- A list that alternates two models: the other version, the seed of the draft, and the side that chose each line.
alter table ranked_list add column other_version text null;
alter table ranked_list add column draft_seed bigint null;
alter table ranked_person add column side text null check (side in ('A', 'B'));
