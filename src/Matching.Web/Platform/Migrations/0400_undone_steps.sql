-- What a step changed beside the state, so that its author can take it back; and the key of the form that wrote a note.
alter table preselection add column reason_before text null;
alter table preselection add column interview_before timestamptz null;
alter table preselection_step add column is_undo boolean not null default false;
alter table preselection_step add column form_key text null;
create unique index preselection_step_by_form on preselection_step (preselection_id, form_key);
