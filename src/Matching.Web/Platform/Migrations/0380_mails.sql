alter table app_user add column email text null;

create table mail_switched_off (
    user_id uuid not null references app_user (id),
    kind text not null,
    primary key (user_id, kind)
);

-- The mails to send and sent. The body is emptied once sent: it may hold a secret link.
create table mail (
    id uuid primary key,
    kind text not null,
    user_id uuid null references app_user (id),
    recipient text not null,
    subject text not null,
    text_body text not null,
    html_body text not null,
    dedupe_key text not null unique,
    state text not null check (state in ('EN_ATTENTE', 'ENVOYE', 'REBUT', 'CLOS')),
    attempts integer not null,
    next_attempt_at timestamptz not null,
    last_error text null,
    created_at timestamptz not null,
    sent_at timestamptz null
);
create index mail_due on mail (state, next_attempt_at, id);

-- Work that one node does for all: whoever holds the row, until the instant written in it.
create table job_lock (
    name text primary key,
    holder text not null,
    until timestamptz not null
);
