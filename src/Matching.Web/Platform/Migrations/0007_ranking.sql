-- A list is kept as it was shown: the decisions taken on it can be explained and learned from later.
create table ranked_list (
    id uuid primary key,
    posting_id uuid not null references posting (id),
    posting_version integer not null,
    model_version text not null,
    shown_at timestamptz not null,
    shown_to_id uuid not null,
    shown_to text not null,
    in_scope integer not null,
    passing integer not null,
    why_not_json text not null
);
create index ranked_list_by_posting on ranked_list (posting_id, shown_at);

create table ranked_person (
    list_id uuid not null references ranked_list (id),
    rank integer not null,
    person_id uuid not null references person (id),
    score integer not null,
    -- Feature codes and points, in the order of the model: enough to replay the line to the unit.
    codes_json text not null,
    points_json text not null,
    opened_at timestamptz null,
    primary key (list_id, rank)
);
create index ranked_person_by_person on ranked_person (person_id, list_id);
