-- The rows that an import refused, as they were sent (without social security numbers). A_CORRIGER: waits for a person. CORRIGEE: stored since, its
-- cells are gone. DE_COTE: left aside by a person, who can take it up again.
create table pool_refused_row (
    import_id uuid not null references pool_import (id),
    line integer not null,
    reference text not null,
    -- The row of the same file that already bore this reference.
    doubled_line integer null,
    cells_json text null,
    said text not null,
    state text not null default 'A_CORRIGER' check (state in ('A_CORRIGER', 'CORRIGEE', 'DE_COTE')),
    person_id uuid null,
    decided_at timestamptz null,
    decided_by text null,
    primary key (import_id, line)
);
-- The header that the cells stand under, with what it was read as.
alter table pool_import add column refused_header_json text null;
-- From this day on, neither the report nor the refused rows hold any value of anyone.
alter table pool_import add column forgotten_at timestamptz null;
