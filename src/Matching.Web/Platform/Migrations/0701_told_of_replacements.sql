-- How many mails left to the partners; null for the replacements looked for before this was noted.
alter table replacement add column partners_written integer null;

-- Whether a company that was told of the replacement could not be told that it is taken back, its link being over.
alter table replacement_undone add column company_untold boolean not null default false;
