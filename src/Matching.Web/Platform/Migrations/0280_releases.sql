-- The states from which figures about people left the facilitator. Rows are only added: what could be read once is what the next one is judged by.
create table figure_release (
    scope text not null,
    number integer not null check (number > 0),
    month date not null,
    cut_at timestamptz not null,
    -- For each contract: its person, its lot, its cell of each breakdown, its counted minutes. No name.
    contracts_json text not null,
    primary key (scope, number)
);
