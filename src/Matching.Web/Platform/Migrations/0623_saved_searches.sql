-- A search that someone keeps, and whether it tells what is new.
create table saved_search (
    id uuid primary key,
    user_id uuid not null references app_user (id),
    kind text not null check (kind in ('personnes', 'offres')),
    name text not null,
    -- What the address of the search holds after its question mark, in one order.
    query text not null,
    alerts boolean not null,
    created_at timestamptz not null,
    told_on date not null,
    unique (user_id, kind, query)
);
create index saved_search_by_day on saved_search (alerts, told_on);

-- What the search already found: what is new is what is not here.
create table saved_search_seen (
    search_id uuid not null references saved_search (id),
    item_id uuid not null,
    primary key (search_id, item_id)
);
