-- Identity, work and eligibility facts are kept apart, as the rules keep them: a score reads work_json only.
create table person (
    id uuid primary key,
    organization_id uuid not null references organization (id),
    reference text not null,
    last_name text not null,
    first_name text not null,
    birth_date date not null,
    sex text not null check (sex in ('F', 'M', '')),
    phone text null,
    email text null,
    postal_code text null,
    insee_code text not null references commune (insee_code),
    work_json text not null,
    eligibility_json text not null,
    available_from date not null,
    informed_on date null,
    checked_on date not null,
    published_at timestamptz null,
    withdrawn_at timestamptz null,
    updated_at timestamptz not null,
    unique (organization_id, reference),
    check (published_at is null or informed_on is not null)
);
create index person_by_pool on person (organization_id, last_name, first_name);
create index person_published on person (published_at);

-- Where each pool is published: a facilitator sees the people published to its own territories.
create table pool_publication (
    organization_id uuid not null references organization (id),
    zone_kind text not null check (zone_kind in ('DEP', 'COMMUNE')),
    zone_code text not null,
    published_at timestamptz not null,
    published_by text not null,
    primary key (organization_id, zone_kind, zone_code)
);

create table pool_import (
    id uuid primary key,
    organization_id uuid not null references organization (id),
    file_name text not null,
    at timestamptz not null,
    by_name text not null,
    rows_read integer not null,
    rows_added integer not null,
    rows_updated integer not null,
    rows_refused integer not null,
    report_json text not null,
    -- The wrong rows as the file to mend, in the columns of the template.
    refused_csv text null
);
create index pool_import_by_pool on pool_import (organization_id, at);
