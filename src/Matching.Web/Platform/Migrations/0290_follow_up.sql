-- The follow-up log of a marché: rows are only added; an action is closed, or opened again, by a row of its own.
create table follow_up (
    id uuid primary key,
    market_id uuid not null references market (id),
    kind text not null,
    on_day date not null,
    roles text not null,
    words text not null,
    decision text null,
    next_action text null,
    due_on date null,
    created_at timestamptz not null,
    created_by text not null,
    submission_key text not null unique,
    check ((next_action is null) = (due_on is null))
);
create index follow_up_by_market on follow_up (market_id, on_day);

create table follow_up_action (
    id uuid primary key,
    follow_up_id uuid not null references follow_up (id),
    is_done boolean not null,
    words text null,
    at timestamptz not null,
    by_name text not null
);
create index follow_up_action_by_entry on follow_up_action (follow_up_id, id);
