-- A form sent twice makes one link; the words about each person; initials only for a first reading.
alter table company_link add column submission_key text null;
create unique index company_link_submission on company_link (submission_key) where submission_key is not null;
alter table company_link add column is_anonymous boolean not null default false;
alter table company_link_person add column words text null;
