-- A version of a marché's rule set: its thresholds, and a seal of everything it says. A version without seal was written before seals.
alter table public_list add column terms_json text null;
alter table public_list add column seal text null;
