-- A validated eligibility that the facilitator took back: one row for a decision, which itself stays as it was.
create table eligibility_withdrawal (
    decision_id uuid primary key references eligibility_decision (id),
    person_id uuid not null references person (id),
    market_id uuid not null references market (id),
    valid_from date not null,
    withdrawn_from date not null,
    reason text not null,
    withdrawn_on date not null,
    at timestamptz not null,
    by_id uuid not null,
    by_name text not null,
    check (withdrawn_from >= valid_from)
);
create index eligibility_withdrawal_by_person on eligibility_withdrawal (person_id, market_id, valid_from);

-- A penalty by a multiple of an hourly rate (in hundredths), and the cap of an AI that the prefect fixed.
alter table market_control add column rate_multiple integer null;
alter table market_control add column hourly_rate_cents integer null;
alter table market_control add column ai_cap_hours integer null;
alter table market_control add column ai_cap_order text null;
