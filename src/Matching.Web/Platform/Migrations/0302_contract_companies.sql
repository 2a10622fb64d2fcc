-- The co-contractor for whom the hours of a contract are done: rows are only added, the last one says.
create table contract_company (
    id uuid primary key,
    contract_id uuid not null references work_contract (id),
    company_id uuid not null references organization (id),
    at timestamptz not null,
    by_id uuid not null,
    by_name text not null
);
create index contract_company_by_contract on contract_company (contract_id, at);
