-- A document with its own end (RQTH, residence permit, contract): 9999-12-31 when it is written that it has none. Who issued it, as a code.
alter table seen_proof add column ends_on date null check (ends_on is null or ends_on >= seen_on);
alter table seen_proof add column issued_by text null;
