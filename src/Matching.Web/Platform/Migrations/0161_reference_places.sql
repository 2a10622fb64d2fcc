-- What became of the communes that merged: their old code and name still stand in people's papers.
create table commune_old (
    insee_code text not null primary key,
    name text not null,
    current_code text not null
);

-- Zones de revitalisation rurale: C classed, PC partly, NC not.
create table commune_zrr (
    insee_code text not null primary key,
    status text not null check (status in ('C', 'PC', 'NC'))
);

-- Quartiers prioritaires: rings of [longitude, latitude] as JSON, the outline first, then its holes, polygon by polygon.
create table qpv (
    code text not null primary key,
    name text not null,
    insee_code text not null,
    outline_json text not null
);

create table naf (
    code text not null primary key,
    label text not null
);

-- Every version that was ever applied, with what it changed.
create table reference_history (
    seq {{identity}},
    name text not null,
    version text not null,
    attribution text not null,
    loaded_at timestamptz not null,
    rows_in_all integer not null,
    rows_added integer not null,
    rows_changed integer not null,
    rows_gone integer not null
);
create index reference_history_by_name on reference_history (name, seq);
