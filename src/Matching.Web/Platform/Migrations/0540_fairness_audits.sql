-- Audits of fairness as they were published: rows are only added, and the chained history holds the fingerprint of each.
create table fairness_audit (
    id uuid primary key,
    number integer not null unique check (number > 0),
    published_at timestamptz not null,
    signed_by_id uuid not null,
    signed_by text not null,
    signed_as text not null,
    remarks text not null,
    -- What is printed, masks included.
    report_json text not null,
    -- Who was counted and where, never printed: what the masks of the next audit are chosen against.
    cases_json text not null
);
