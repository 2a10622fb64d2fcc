-- Two records of two structures that may be one person, and what each structure answered. They are linked while both say OUI.
create table shared_person (
    first_id uuid not null references person (id),
    second_id uuid not null references person (id),
    first_answer text null check (first_answer in ('OUI', 'NON')),
    first_at timestamptz null,
    first_by text null,
    second_answer text null check (second_answer in ('OUI', 'NON')),
    second_at timestamptz null,
    second_by text null,
    primary key (first_id, second_id)
);
create index shared_person_second on shared_person (second_id);
create index person_by_birth on person (birth_date);
