-- The document that proves a line: its kind and reference only; it may be noted again while the line waits for the facilitator.
create table hour_proof (
    entry_id uuid primary key references hour_entry (id),
    kind text not null,
    reference text not null,
    noted_at timestamptz not null,
    noted_by_id uuid not null,
    noted_by text not null
);

-- The line of another lot that already carries these hours, under a convention: they count there.
alter table hour_entry add column shares uuid null references hour_entry (id);
create index hour_entry_shares on hour_entry (shares) where shares is not null;

-- Months of a marché closed and opened again: rows are only added, the last one says.
create table market_month (
    id uuid primary key,
    market_id uuid not null references market (id),
    month date not null,
    is_closed boolean not null,
    reason text null,
    at timestamptz not null,
    by_id uuid not null,
    by_name text not null,
    check (is_closed or reason is not null)
);
create index market_month_by_market on market_month (market_id, month, at);

create table pooling_convention (
    id uuid primary key,
    facilitator_id uuid not null references organization (id),
    company_id uuid not null references organization (id),
    reference text not null,
    signed_on date not null,
    starts_on date not null,
    ends_on date null,
    created_at timestamptz not null,
    created_by_id uuid not null,
    created_by text not null,
    unique (facilitator_id, reference),
    check (ends_on is null or ends_on >= starts_on)
);
create table pooling_lot (
    convention_id uuid not null references pooling_convention (id),
    lot_id uuid not null references lot (id),
    primary key (convention_id, lot_id)
);
create index pooling_lot_by_lot on pooling_lot (lot_id);

-- How the hours of a marché are controlled: versions that are only added.
create table market_control (
    market_id uuid not null references market (id),
    version integer not null,
    due_before integer not null check (due_before between 2 and 28),
    proof_asked boolean not null,
    cents_per_missing_hour integer null check (cents_per_missing_hour > 0),
    cents_per_late_day integer null check (cents_per_late_day > 0),
    created_at timestamptz not null,
    created_by_id uuid not null,
    created_by text not null,
    primary key (market_id, version)
);

create table formal_notice (
    id uuid primary key,
    market_id uuid not null references market (id),
    first_month date not null,
    last_month date not null,
    sent_on date not null,
    settled_on date null,
    created_at timestamptz not null,
    created_by_id uuid not null,
    created_by text not null,
    unique (market_id, first_month),
    check (settled_on is null or settled_on >= sent_on)
);
