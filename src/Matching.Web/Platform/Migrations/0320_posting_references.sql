-- The versions of the referentials that a posting was written with: its codes mean what they meant that day.
alter table posting_version add column reference_versions text not null default '';
