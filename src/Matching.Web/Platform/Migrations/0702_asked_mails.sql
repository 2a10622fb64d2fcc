-- Who asked for a mail to someone without account, and the page where they asked: they are told when it does not arrive.
alter table mail add column asked_by uuid null references app_user (id);
alter table mail add column asked_at text null;
create index mail_asked on mail (asked_by, created_at) where asked_by is not null;
create index mail_asked_at on mail (asked_at, created_at) where asked_at is not null;
