-- Where the months of a credit start, and the cap of hours lent by an AI: parameters of the marché.
alter table market add column credit_start text not null default 'PREMIER_CONTRAT'
    check (credit_start in ('PREMIER_CONTRAT', 'VALIDATION', 'CHAQUE_CONTRAT'));
alter table market add column cdi_start text not null default 'CHAQUE_CONTRAT'
    check (cdi_start in ('PREMIER_CONTRAT', 'VALIDATION', 'CHAQUE_CONTRAT'));
alter table market add column ai_cap_hours integer not null default 480 check (ai_cap_hours between 1 and 5000);
alter table market add column ai_cap_months integer not null default 24 check (ai_cap_months between 1 and 60);
alter table market add column ai_cap_start text not null default 'PREMIERE_MISE_A_DISPOSITION'
    check (ai_cap_start in ('PREMIERE_MISE_A_DISPOSITION', 'GLISSANT'));
