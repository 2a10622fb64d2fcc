create table market (
    id uuid primary key,
    facilitator_id uuid not null references organization (id),
    reference text not null,
    subject text not null,
    buyer_id uuid not null references organization (id),
    starts_on date not null,
    ends_on date null,
    cadence text not null check (cadence in ('MENSUELLE', 'TRIMESTRIELLE')),
    credit_months integer not null check (credit_months between 1 and 120),
    cdi_until_end boolean not null,
    cdi_cap_months integer null check (cdi_cap_months between 1 and 240),
    training_counts boolean not null,
    mask_below integer not null check (mask_below between 1 and 50),
    created_at timestamptz not null,
    unique (facilitator_id, reference),
    check (ends_on is null or ends_on >= starts_on)
);

-- The list of publics is part of the contract: a new version is a new row, never an edit.
create table public_list (
    market_id uuid not null references market (id),
    version integer not null,
    template text not null,
    categories text not null,
    created_at timestamptz not null,
    created_by text not null,
    primary key (market_id, version)
);

create table lot (
    id uuid primary key,
    market_id uuid not null references market (id),
    number integer not null,
    title text not null,
    target_hours integer not null check (target_hours between 0 and 10000000),
    modalities text not null,
    insee_code text null references commune (insee_code),
    company_id uuid null references organization (id),
    unique (market_id, number)
);
