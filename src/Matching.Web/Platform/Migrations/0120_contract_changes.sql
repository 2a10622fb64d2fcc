-- A hire sent twice by a program makes one contract; a renewal is a contract of its own that follows another; an extension keeps the end it replaced.
alter table work_contract add column submission_key text null;
create unique index work_contract_submission on work_contract (submission_key) where submission_key is not null;
alter table work_contract add column renews_id uuid null references work_contract (id);
create unique index work_contract_renewed_once on work_contract (renews_id) where renews_id is not null;
create index work_contract_by_person on work_contract (person_id, market_id);

create table contract_extension (
    id uuid primary key,
    contract_id uuid not null references work_contract (id),
    previous_end date not null,
    new_end date not null check (new_end > previous_end),
    reason text not null,
    extended_at timestamptz not null,
    extended_by_id uuid not null,
    extended_by text not null
);
create index contract_extension_by_contract on contract_extension (contract_id, extended_at);
