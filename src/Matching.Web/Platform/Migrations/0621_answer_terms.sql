-- The days that a company has to answer, and when it is reminded: versions that are only added.
create table market_answer_terms (
    market_id uuid not null references market (id),
    version integer not null,
    first_reminder_days integer not null,
    second_reminder_days integer not null,
    answer_days integer not null,
    created_at timestamptz not null,
    created_by_id uuid not null,
    created_by text not null,
    primary key (market_id, version),
    check (1 <= first_reminder_days and first_reminder_days < second_reminder_days and second_reminder_days < answer_days and answer_days <= 60)
);
