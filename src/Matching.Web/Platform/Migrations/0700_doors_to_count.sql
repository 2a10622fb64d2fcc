-- The first lists whose counts by group are still to be taken, behind the request that showed them. A row is added with its list and goes with
-- its counts: a stop in between loses none.
create table door_to_count (
    posting_id uuid primary key references posting (id),
    list_id uuid not null references ranked_list (id),
    facilitator_id uuid not null references organization (id),
    kept_at timestamptz not null
);
create index door_to_count_by_age on door_to_count (kept_at, posting_id);
