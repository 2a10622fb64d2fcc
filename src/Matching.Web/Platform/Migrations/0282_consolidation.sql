-- What a yearly consolidation says of a marché beside its contracts: the sector of the purchase, and the operation it belongs to.
create table market_classification (
    market_id uuid primary key references market (id),
    sector text not null check (sector in ('TRAVAUX', 'SERVICES', 'INTELLECTUELLES', 'FOURNITURES')),
    operation text null
);
