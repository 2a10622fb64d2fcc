create table posting (
    id uuid primary key,
    lot_id uuid not null references lot (id),
    market_id uuid not null references market (id),
    facilitator_id uuid not null references organization (id),
    state text not null check (state in ('DRAFT', 'PUBLISHED', 'FILLED', 'CLOSED')),
    version integer not null,
    title text not null,
    rome_code text null references rome (code),
    insee_code text null references commune (insee_code),
    starts_on date null,
    ends_on date null,
    weekly_minutes integer null check (weekly_minutes between 1 and 2880),
    shifts integer not null,
    contract text null,
    posts integer not null check (posts between 1 and 500),
    insertion_hours integer null check (insertion_hours between 1 and 1000000),
    required_level integer null check (required_level between 2 and 8),
    required_french integer null check (required_french between 1 and 6),
    -- The lists of PostingTerms (certificates, skills, constraints) and the description, as JSON.
    terms_json text not null,
    -- The company's text as received, and the words each value came from.
    source_text text null,
    spans_json text null,
    published_at timestamptz null,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    check (state = 'DRAFT' or (rome_code is not null and insee_code is not null)),
    check (ends_on is null or starts_on is null or ends_on >= starts_on)
);
create index posting_by_facilitator on posting (facilitator_id, state, updated_at);
create index posting_by_state on posting (state, published_at);

create table posting_version (
    posting_id uuid not null references posting (id),
    version integer not null,
    at timestamptz not null,
    by_name text not null,
    terms_json text not null,
    primary key (posting_id, version)
);
