-- Addresses that an organisation's own programs listen at. The secret is kept as the service's keys protect it: it signs each message.
create table webhook (
    id uuid primary key,
    organization_id uuid not null references organization (id),
    url text not null,
    events text not null,
    protected_secret text not null,
    created_at timestamptz not null,
    created_by_id uuid not null,
    created_by text not null,
    disabled_at timestamptz null
);
create index webhook_by_organization on webhook (organization_id, created_at);

-- Written with the fact itself; ids and codes only.
create table webhook_delivery (
    id uuid primary key,
    webhook_id uuid not null references webhook (id),
    event text not null,
    body text not null,
    state text not null check (state in ('EN_ATTENTE', 'ENVOYE', 'REBUT', 'CLOS')),
    attempts integer not null,
    next_attempt_at timestamptz not null,
    last_error text null,
    created_at timestamptz not null,
    sent_at timestamptz null
);
create index webhook_delivery_due on webhook_delivery (state, next_attempt_at, id);
create index webhook_delivery_by_hook on webhook_delivery (webhook_id, created_at);
