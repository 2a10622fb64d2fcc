create table organization (
    id uuid not null primary key,
    name text not null,
    kind text not null check (kind in ('FACILITATEUR', 'EI', 'ETTI', 'AI', 'ACI', 'EITI', 'GEIQ', 'EA', 'EATT', 'ESAT',
        'FT', 'ML', 'CAP_EMPLOI', 'DEPT', 'PLIE', 'ENTREPRISE', 'ACHETEUR', 'ADMINISTRATION')),
    siret text null unique check (siret is null or length(siret) = 14),
    insee_code text null,
    email text null,
    phone text null,
    created_at timestamptz not null
);

-- Where an organisation works: a whole département or single communes.
create table territory (
    organization_id uuid not null references organization (id),
    zone_kind text not null check (zone_kind in ('DEP', 'COMMUNE')),
    zone_code text not null,
    primary key (organization_id, zone_kind, zone_code)
);
create index territory_zone on territory (zone_kind, zone_code);

create table app_user (
    id uuid not null primary key,
    organization_id uuid not null references organization (id),
    user_name text not null,
    normalized_user_name text not null unique,
    display_name text not null,
    password_hash text null,
    role text not null check (role in ('FACILITATEUR', 'STRUCTURE', 'ACHETEUR', 'ENTREPRISE', 'ADMINISTRATION')),
    security_stamp text not null,
    concurrency_stamp text not null,
    access_failed_count integer not null default 0,
    lockout_end timestamptz null,
    created_at timestamptz not null,
    disabled_at timestamptz null
);
create index app_user_organization on app_user (organization_id);

-- A token lets a program of one organisation call the API; only its SHA-256 is kept.
create table api_token (
    id uuid not null primary key,
    organization_id uuid not null references organization (id),
    created_by uuid not null references app_user (id),
    name text not null,
    token_hash text not null unique,
    scopes text not null,
    created_at timestamptz not null,
    expires_at timestamptz not null,
    revoked_at timestamptz null
);
create index api_token_organization on api_token (organization_id);

-- The change feed. On PostgreSQL xid is the writer's transaction, so that a reader can wait for older ones; 0 on SQLite,
-- where writers take turns.
create table change (
    seq {{identity}},
    xid bigint not null default 0,
    entity text not null,
    entity_id uuid not null,
    at timestamptz not null
);
create index change_position on change (xid, seq);

-- Appended history: each row carries the hash of the one before.
create table event (
    seq {{identity}},
    stream_kind text not null,
    stream_id uuid not null,
    at timestamptz not null,
    actor_id uuid null,
    actor_name text not null,
    kind text not null,
    body_json text not null,
    previous_hash text not null,
    hash text not null unique
);
create index event_stream on event (stream_kind, stream_id, seq);

create table data_protection_key (
    friendly_name text not null primary key,
    xml text not null,
    created_at timestamptz not null
);

create table setting (
    name text not null primary key,
    value text not null
);
-- The head of the chain: writing it first makes writers of history take turns, and shows a cut at the end.
insert into setting (name, value) values ('event.head', '');
