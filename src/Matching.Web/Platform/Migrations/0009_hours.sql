create table work_contract (
    id uuid primary key,
    person_id uuid not null references person (id),
    lot_id uuid not null references lot (id),
    market_id uuid not null references market (id),
    posting_id uuid null references posting (id),
    preselection_id uuid null unique references preselection (id),
    facilitator_id uuid not null references organization (id),
    employer_id uuid not null references organization (id),
    modality text not null,
    kind text not null,
    starts_on date not null,
    ends_on date null,
    weekly_minutes integer not null check (weekly_minutes between 1 and 2880),
    eligible_from date not null,
    category_code text not null,
    created_at timestamptz not null,
    ended_on date null,
    exit_code text null,
    check (ends_on is null or ends_on >= starts_on),
    check (ended_on is null or ended_on >= starts_on)
);
create index work_contract_by_market on work_contract (market_id, starts_on);
create index work_contract_by_facilitator on work_contract (facilitator_id, starts_on);

-- The ledger, in minutes. Rows are only added: a correction is a counter-entry, a validation is its own row.
create table hour_entry (
    id uuid primary key,
    contract_id uuid not null references work_contract (id),
    month date not null,
    kind text not null check (kind in ('WORK', 'TRAINING')),
    minutes integer not null check (minutes <> 0 and minutes between -60000 and 60000),
    corrects uuid null references hour_entry (id),
    reason text null,
    declared_at timestamptz not null,
    declared_by_id uuid null,
    declared_by text not null,
    submission_key text null unique,
    check (minutes > 0 or corrects is not null)
);
create index hour_entry_by_contract on hour_entry (contract_id, month);
create unique index hour_entry_corrected_once on hour_entry (corrects) where corrects is not null;

create table hour_decision (
    entry_id uuid primary key references hour_entry (id),
    status text not null check (status in ('VALIDATED', 'REJECTED')),
    reason text null,
    decided_at timestamptz not null,
    decided_by_id uuid not null,
    decided_by text not null,
    check (status = 'VALIDATED' or reason is not null)
);
