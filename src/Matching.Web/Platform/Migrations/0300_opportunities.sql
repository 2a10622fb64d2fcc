-- The opportunity sheet of a coming marché, and the marché that it became.
create table opportunity (
    id uuid primary key,
    facilitator_id uuid not null references organization (id),
    reference text not null,
    created_at timestamptz not null,
    market_id uuid null references market (id),
    awarded_at timestamptz null,
    unique (facilitator_id, reference),
    check ((market_id is null) = (awarded_at is null))
);
create unique index opportunity_of_market on opportunity (market_id) where market_id is not null;

-- What the sheet says: versions that are only added, each with its day.
create table opportunity_version (
    opportunity_id uuid not null references opportunity (id),
    version integer not null,
    sheet_json text not null,
    created_at timestamptz not null,
    created_by_id uuid not null,
    created_by text not null,
    primary key (opportunity_id, version)
);
