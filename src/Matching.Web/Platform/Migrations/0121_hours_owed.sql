-- A lot may live less long than its marché.
alter table lot add column starts_on date null;
alter table lot add column ends_on date null;

-- What a lot owes: versions that are only added. Money in cents, shares in thousandths.
create table lot_target (
    lot_id uuid not null references lot (id),
    version integer not null,
    kind text not null check (kind in ('HEURES', 'PART_MAIN_OEUVRE', 'FACTURES', 'OFFRE')),
    applies_from date not null,
    reason text not null,
    hours integer null check (hours between 0 and 10000000),
    amount_cents bigint null,
    labour_permille integer null check (labour_permille between 1 and 1000),
    rate_permille integer null check (rate_permille between 1 and 1000),
    hourly_cost_cents integer null check (hourly_cost_cents > 0),
    step_cents bigint null check (step_cents > 0),
    threshold_cents bigint null check (threshold_cents >= 0),
    offer_minimum integer null,
    offer_maximum integer null,
    created_at timestamptz not null,
    created_by_id uuid not null,
    created_by text not null,
    primary key (lot_id, version)
);

-- Invoices are only added: a wrong one is taken back once, by a credit note of the same amount.
create table invoice (
    id uuid primary key,
    lot_id uuid not null references lot (id),
    number text not null,
    dated_on date not null,
    amount_cents bigint not null check (amount_cents <> 0),
    corrects uuid null references invoice (id),
    created_at timestamptz not null,
    created_by_id uuid not null,
    created_by text not null,
    unique (lot_id, number),
    check (amount_cents > 0 or corrects is not null)
);
create unique index invoice_corrected_once on invoice (corrects) where corrects is not null;

-- How co-contractors share what they owe together: versions that are only added.
create table lot_share (
    lot_id uuid not null references lot (id),
    version integer not null,
    place integer not null,
    company_id uuid not null references organization (id),
    permille integer not null check (permille between 1 and 1000),
    created_at timestamptz not null,
    created_by text not null,
    primary key (lot_id, version, company_id)
);
