-- Who gave a reasoned opinion, for which body and when; empty for decisions that kept only its text.
alter table eligibility_decision add column opinion_author text null;
alter table eligibility_decision add column opinion_body text null;
alter table eligibility_decision add column opinion_on date null;
create index eligibility_decision_running on eligibility_decision (market_id, valid_until);
create index eligibility_decision_by_person on eligibility_decision (person_id, decided_at);
