-- Reference data as loaded from the official files or from the demonstration's own.
create table reference_source (
    name text primary key,
    version text not null,
    attribution text not null,
    loaded_at timestamptz not null
);

create table rome (
    code text primary key,
    label text not null,
    parent_code text not null
);

create table rome_title (
    id text primary key,
    label text not null,
    rome_code text not null references rome (code)
);
create index rome_title_by_code on rome_title (rome_code);

-- Near occupations and evolutions are published between ROME 3 codes (the parents).
create table rome_mobility (
    from_code text not null,
    to_code text not null,
    kind text not null check (kind in ('PROCHE', 'EVOLUTION')),
    primary key (from_code, to_code)
);

create table rome_skill (
    rome_parent_code text not null,
    skill_code text not null,
    label text not null,
    primary key (rome_parent_code, skill_code)
);

create table commune (
    insee_code text primary key,
    name text not null,
    postal_codes text not null,
    department_code text not null,
    region_code text not null,
    latitude double precision null,
    longitude double precision null,
    population bigint not null
);
create index commune_by_department on commune (department_code, name);
