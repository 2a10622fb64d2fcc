using Matching.Rules.Eligibility;
using Matching.Rules.Hours;
using Matching.Rules.Markets;
using Matching.Rules.People;
using Matching.Rules.Postings;
using Matching.Rules.Postings.Reading;
using Matching.Rules.Preselection;
using Matching.Rules.Ranking;
using Matching.Rules.Reporting;

namespace Matching.Rules;

/// <summary>The rules about one moment of the work.</summary>
/// <param name="Title">French, as a facilitator names that moment.</param>
public sealed record RuleChapter(string Title, IReadOnlyList<Rule> Rules);

/// <summary>Every rule of the trade, gathered for the page that publishes them; each stays beside the function that applies it.</summary>
public static class RuleBook
{
    /// <summary>In the order of the work, from the publics to the tables.</summary>
    public static IReadOnlyList<RuleChapter> Chapters { get; } =
    [
        new("Publics de la clause", [.. PublicCategories.All.Select(category => category.Rule)]),
        new("Listes de publics", [RuleSetSeal.OnlyNewVersions, Lot.OwnPublics, .. RuleSetTemplates.Rules]),
        new("Éligibilité",
        [
            PassIae.LastDayIncluded, EligibilityVerdict.FourAnswers, EligibilityDecision.Frozen, EligibilityDecision.OnOpinion, OpinionBodies.Named,
            EligibilityDecision.Unnamed, EligibilityWithdrawal.Decided, EligibilityAlerts.Told, EndingSoon.Told, Credit.TwoYears, Credit.PermanentContract, Credit.Start,
        ]),
        new("Parcours IAE et GEIQ", [.. IaeDiagnosis.Rules, .. PassPeriod.All, .. GeiqDiagnosis.Rules, .. AssociationCap.All]),
        new("Viviers", [PoolRow.PublishedOnlyWhenInformed, GoodMission.OnlyAgreed, SocialSecurityNumbers.NeverKept, Freshness.Expires, RefusedRows.Forgotten, PoolMeanings.ChosenByAPerson, ProbableDuplicates.NeverMergedAlone, ProbableDuplicates.SharedWhenBothAgree]),
        new("Textes des offres", WarningReading.Rules),
        new("Présélection et embauche",
        [
            Suggestions.OwnPeople, Transitions.OneTable, UndoneSteps.OnlyTheLast, Transitions.HiredElsewhere, CompanyCard.Minimised, Hiring.EligibleOnFirstDay, Hiring.WithinTheMarket, Hiring.LentByAStructure,
            Reasons.ExitsToConfirm, RemainingWork.AfterADeparture, NextInLine.StillAvailable, UndoneReplacements.WhileNobodyAnswered, OneTimeCodes.Asked, InterviewSlots.Agreed, AnswerTerms.Reminded, AnswerLetter.SaidToThePerson,
        ]),
        new("Marchés à venir", OpportunityRules.All),
        new("Heures dues", [.. HoursTarget.All, .. HoursOwed.All, .. CoContractors.All, .. PoolingConvention.All]),
        new("Heures mutualisées", PooledJobs.All),
        new("Suite des contrats", ContractChanges.All),
        new("Déclaration des heures", [.. HourRules.All, .. PersonLedger.All, .. HourProof.All]),
        new("Cadence et rappels", [.. ReportingCalendar.All, ExpectedDocuments.OfTheCompany]),
        new("Heures comptées pour la clause", CountedHours.All),
        new("Suivi des marchés", [.. FollowUpLog.All, .. Commitments.All, .. TrainingBeforeHire.All]),
        new("Prévisions", HoursForecast.All),
        new("Pénalités", PenaltyProposal.All),
        new("Tableaux", [.. MonthlyTable.All, NestedBreakdowns.NotCrossed]),
        new("Modèles de classement", ModelLife.Rules),
        new("Équité", [FairnessGroups.LastMonths, FairnessGroups.Compared, FairnessMasks.Masked, FairnessMasks.InGroups]),
        new("Bilans et sorties", [.. BilanHeadings.Rules, PersonTraits.Classes, .. Exits.All, .. Consolidations.All]),
    ];

    public static IReadOnlyList<Rule> All { get; } = [.. Chapters.SelectMany(chapter => chapter.Rules)];
}
