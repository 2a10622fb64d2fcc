-- Rows that were the same as what is stored, and the key of the form, so that the same form sent twice is one import.
alter table pool_import add column rows_unchanged integer not null default 0;
alter table pool_import add column submission_key text null;
create unique index pool_import_submission on pool_import (organization_id, submission_key);
