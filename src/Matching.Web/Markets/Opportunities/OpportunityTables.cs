using System.Globalization;
using Matching.Rules;
using Matching.Rules.Eligibility;
using Matching.Rules.Hours;
using Matching.Rules.Markets;
using Matching.Rules.Reporting;
using Matching.Web.Platform;
using Matching.Web.Platform.Figures;
using Matching.Web.Platform.Records;

namespace Matching.Web.Markets.Opportunities;

/// <summary>From a sheet to the tables that the page, the workbook, the PDF and the print all show.</summary>
public static class OpportunityTables
{
    private static readonly CultureInfo French = CultureInfo.GetCultureInfo("fr-FR");

    /// <param name="facilitator">Whose name and contacts the documents of the marché will give.</param>
    public static FigureDocument Document(StoredOpportunity stored, StoredOrganization? facilitator)
    {
        ArgumentNullException.ThrowIfNull(stored);
        var it = stored.Sheet;
        var days = it.StartsOn is { } start ? $", prévu du {FigureWords.Day(start)}{(it.EndsOn is { } end ? $" au {FigureWords.Day(end)}" : "")}" : "";
        return new FigureDocument(
            $"Fiche d’opportunité {it.Reference}",
            $"{it.Subject}. {it.Buyer.Name}, consultation lancée le {FigureWords.Day(it.LaunchOn)}{days}. Version {stored.Version}, du {FigureWords.Day(FrenchCalendar.DayOf(stored.WrittenAt))}.",
            [Opinion(it), Lots(it), Thresholds(it), Exemptions(it), Mentions(it, facilitator)],
            [
                OpportunityRules.LinkedToObject.Sentence, Sourced(OpportunityRules.Duty), $"{OpportunityRules.ReservedLot.Sentence} {Sourced(OpportunityRules.ReservedShare)}",
                $"{OpportunityRules.Criterion.Sentence} Source : {OpportunityRules.Criterion.Source}.",
            ],
            "fiche-opportunite");
    }

    /// <summary>The sheet as the API writes it: what it is about, and the tables of <see cref="Document"/>.</summary>
    public static object ToJson(ShowOpportunity.Answer answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        var (stored, it) = (answer.Opportunity, answer.Opportunity.Sheet);
        return new
        {
            id = stored.Id,
            reference = it.Reference,
            objet = it.Subject,
            acheteur = it.Buyer.Name,
            date_lancement = it.LaunchOn,
            date_debut = it.StartsOn,
            date_fin = it.EndsOn,
            version = stored.Version,
            derniere_version = stored.Last,
            ecrite_le = stored.WrittenAt,
            marche = stored.MarketId?.Value,
            heures = it.Hours,
            tables = FigureFiles.ToJson(Document(stored, answer.Facilitator)),
        };
    }

    /// <summary>One or two words for the list.</summary>
    public static string DutyWord(ClauseDuty duty) => duty switch
    {
        ClauseDuty.Free => "Faculté",
        ClauseDuty.Met => "Obligation, remplie",
        ClauseDuty.Exempted => "Obligation, exemption motivée",
        ClauseDuty.Due => "Obligation, à remplir",
        _ => "Seuil à vérifier",
    };

    private static FigureTable Opinion(OpportunitySheet it)
    {
        var opinion = OpportunityOpinion.Of(it);
        List<(string Question, string Answer)> rows =
        [
            ("Peut-il porter une clause ?", opinion.Conclusion),
            ("Est-elle imposée ?", opinion.DutySentence),
            ("Nature de l’achat", Consolidations.Sectors.Single(row => row.Code == it.Sector).Label),
            ("Critère d’attribution sur l’insertion", it.CriterionPercent is { } weight ? $"Oui, {weight} % de la note" : "Non"),
            .. it.Remarks is { } remarks ? [("Remarques", remarks)] : Array.Empty<(string, string)>(),
        ];
        return new FigureTable("avis", "Avis", [new("question", "Question", CellKind.Text), new("reponse", "Réponse", CellKind.Text)],
            [.. rows.Select(row => (IReadOnlyList<FigureCell>)[FigureCell.Of(row.Question), FigureCell.Of(row.Answer)])], null);
    }

    private static FigureTable Lots(OpportunitySheet it) => new(
        "lots", "Lots et heures",
        [
            new("lot", "Lot", CellKind.Text), new("proposition", "Proposition", CellKind.Text), new("montant", "Montant HT", CellKind.Cents),
            new("part_main_oeuvre_pour_mille", "Main-d’œuvre", CellKind.Permille), new("taux_pour_mille", "Taux d’insertion", CellKind.Permille),
            new("cout_horaire", "Coût horaire", CellKind.Cents), new("heures", "Heures", CellKind.Count), new("calcul", "Calcul ou motif", CellKind.Text),
        ],
        [
            .. it.Lots.Select(lot => (IReadOnlyList<FigureCell>)
            [
                FigureCell.Of($"Lot {lot.Number} : {lot.Title}"), FigureCell.Of(ProposalOf(lot)), FigureCell.Euros(lot.AmountCents), FigureCell.Permille(lot.LabourPermille),
                FigureCell.Permille(lot.RatePermille), FigureCell.Euros(lot.HourlyCostCents), FigureCell.Count(lot.Hours),
                FigureCell.Of(string.Join(". ", new[] { lot.Hours > 0 ? lot.Target?.Explain(0) : null, lot.Reason }.OfType<string>())),
            ]),
            [FigureCell.Of("Ensemble"), FigureCell.Of(""), FigureCell.Euros(it.AmountCents), FigureCell.Blank, FigureCell.Blank, FigureCell.Blank, FigureCell.Count(it.Hours), FigureCell.Of("")],
        ],
        $"{HoursTarget.Calculator.Sentence} {HoursTarget.RoundedDown.Sentence}");

    private static string ProposalOf(OpportunityLot lot) => lot.Proposal == LotProposal.Reserved
        ? $"Réservé : {OpportunityWords.ReservedFor.FirstOrDefault(row => row.Code == lot.ReservedFor).Label?.ToLower(French)}"
        : lot.Proposal == LotProposal.Clause ? "Clause" : "Rien";

    private static FigureTable Thresholds(OpportunitySheet it) => new(
        "seuils", "Seuils européens 2026-2027", [new("achat", "Achat", CellKind.Text), new("seuil", "Seuil HT", CellKind.Cents), new("ici", "Pour ce marché", CellKind.Text)],
        [.. OpportunityRules.EuropeanThresholds.Select(row => (IReadOnlyList<FigureCell>)
            [FigureCell.Of(row.Label), FigureCell.Euros(row.Cents), FigureCell.Of(row == OpportunityRules.ThresholdOf(it) ? $"S’applique : {FigureWords.Euros(it.AmountCents)}" : "–")])],
        $"Source : {OpportunityRules.Thresholds.Source}.");

    private static FigureTable Exemptions(OpportunitySheet it) => new(
        "exemptions", "Exemptions", [new("motif", "Motif", CellKind.Text), new("retenu", "Pour ce marché", CellKind.Text)],
        [.. OpportunityWords.Exemptions.Select(row => (IReadOnlyList<FigureCell>)
            [FigureCell.Of(row.Label), FigureCell.Of(row.Code == it.Exemption ? $"Motivé par l’acheteur : {it.ExemptionReason}" : "Non invoqué")])],
        $"{OpportunityRules.FourExemptions.Sentence} Source {OpportunityRules.FourExemptions.Source}.");

    private static FigureTable Mentions(OpportunitySheet it, StoredOrganization? facilitator)
    {
        List<(string Mention, string Words)> rows =
        [
            ("Périmètre", it.Carrying.Any() ? string.Join(" ; ", it.Carrying.Select(lot => $"lot {lot.Number}, {lot.Title}")) : "Aucun lot"),
            ("Coordonnées du facilitateur", string.Join(", ", new[] { facilitator?.Name, facilitator?.Email, facilitator?.Phone }.Where(one => !string.IsNullOrEmpty(one)))),
            ("Publics éligibles", $"{RuleSetTemplates.ByCode(it.Template).Label} : {string.Join(" ; ", RuleSetTemplates.ByCode(it.Template).Categories.Select(PublicCategories.LabelOf))}"),
            ("Volume horaire", $"{FigureWords.Number(it.Hours)} heures d’insertion"),
        ];
        return new FigureTable("mentions", "À écrire dans les documents", [new("mention", "Mention", CellKind.Text), new("texte", "Texte proposé", CellKind.Text)],
            [.. rows.Select(row => (IReadOnlyList<FigureCell>)[FigureCell.Of(row.Mention), FigureCell.Of(row.Words)])],
            $"{OpportunityRules.FourMentions.Sentence} Source : {OpportunityRules.FourMentions.Source}.");
    }

    private static string Sourced(Rule rule) => $"{rule.Sentence} Source {rule.Source}.";
}
