-- A link may have several secrets: the one shown to the facilitator, and one drawn for each mail when it leaves. Only hashes.
create table company_link_secret (
    secret_hash text primary key,
    link_id uuid not null references company_link (id),
    drawn_at timestamptz not null
);
create index company_link_secret_by_link on company_link_secret (link_id);
