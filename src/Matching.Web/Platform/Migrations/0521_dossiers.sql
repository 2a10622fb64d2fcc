-- What was sent by a link, as it was read that day: the text that the preview, the PDF and the DOCX are written from.
create table company_dossier (
    link_id uuid primary key references company_link (id),
    text_json text not null,
    made_at timestamptz not null
);
