-- What shows that a version of a lot's publics is still as it was written; one without seal was written before seals.
alter table lot_public_list add column seal text null;
