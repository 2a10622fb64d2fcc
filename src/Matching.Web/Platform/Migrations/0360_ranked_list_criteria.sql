-- Which criterion each code and each point of the list's lines stand for, in their order: a list is read again whatever was added since.
alter table ranked_list add column criteria text not null
    default 'rome_prox,rome_wanted,exp_months,exp_recency,skill_must,skill_nice,skill_near,cert_gap,travel_ratio,mode_ok,support_fit,shift_fit,hours_fit,start_fit,clause_hours_fit,engagement,level_fit,lang_fit,adapt_fit,text_sim,load';
