-- Counts by group of those whom the rules let pass, with the first list kept of each posting: counts only, nobody can be found again in them.
-- Null for the lists kept before, and for those that come after a counted one.
alter table ranked_list add column door_json text null;

-- What each published audit printed of them: what the masks of the next are chosen against.
alter table fairness_audit add column doors_json text not null default '{"doors":[],"attributes":{}}';
