-- The publics that one lot keeps among those of its marché: a new version is a new row, an empty list keeps them all.
create table lot_public_list (
    lot_id uuid not null references lot (id),
    version integer not null,
    categories text not null,
    created_at timestamptz not null,
    created_by text not null,
    primary key (lot_id, version)
);
-- Every public proved the day of a decision, so that a lot that keeps only some of them can be opened.
alter table eligibility_decision add column met_categories text null;
