-- What a facilitator answered to a fact that contradicts a frozen decision. Rows are only added; another contradiction asks again.
create table eligibility_alert_review (
    id uuid primary key,
    person_id uuid not null references person (id),
    market_id uuid not null references market (id),
    decision_id uuid not null references eligibility_decision (id),
    contradiction text not null,
    note text not null,
    reviewed_at timestamptz not null,
    reviewed_by_id uuid not null,
    reviewed_by text not null,
    unique (decision_id, contradiction)
);
create index eligibility_alert_review_by_market on eligibility_alert_review (market_id, reviewed_at);
