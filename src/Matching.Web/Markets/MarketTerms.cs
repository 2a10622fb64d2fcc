using Matching.Rules;
using Matching.Rules.Eligibility;
using Matching.Rules.Markets;
using Matching.Web.Platform;
using Matching.Web.Platform.Reference;

namespace Matching.Web.Markets;

/// <summary>A lot as typed, before it has an id.</summary>
public sealed record LotTerms(string Title, int TargetHours, IReadOnlyList<Modality> Modalities, string? InseeCode, OrganizationId? CompanyId, DatePeriod? Days = null);

/// <summary>The parts of a marché's forms that several pages share: a lot, a list of publics.</summary>
public static class MarketTerms
{
    public const int MostHours = 10_000_000;

    /// <summary>How hours count in the usual contract, as a form writes it.</summary>
    public static IReadOnlyList<(string Name, string? Value)> UsualCounting { get; } =
    [
        ("credit_mois", "24"), ("cdi_jusqu_a_la_fin", "oui"), ("formation_comptee", "oui"), ("seuil_masque", "5"), ("credit_depart", "PREMIER_CONTRAT"),
        ("cdi_depart", "CHAQUE_CONTRAT"), ("ai_heures", "480"), ("ai_mois", "24"), ("ai_depart", "PREMIERE_MISE_A_DISPOSITION"),
    ];

    /// <summary>The thresholds of a rule set; a field that the form does not have keeps the value of <paramref name="usual"/>.</summary>
    public static EligibilityTerms ReadThresholds(PostedForm form, EligibilityTerms usual)
    {
        ArgumentNullException.ThrowIfNull(form);
        ArgumentNullException.ThrowIfNull(usual);
        var read = EligibilityTerms.Thresholds.Select(row => form.OptionalWholeNumber(row.Field, row.Label.Replace(" …", "", StringComparison.Ordinal), row.Min, row.Max) ?? row.Of(usual)).ToList();
        var acceptsOpinion = form["avis_admis"].Length == 0 ? usual.AcceptsOpinion : form.Choice("avis_admis", "Avis motivé", ["oui", "non"]) != "non";
        return new EligibilityTerms(read[0], read[1], read[2], read[3], read[4], read[5], acceptsOpinion);
    }

    public static LotTerms ReadLot(PostedForm form, Communes communes)
    {
        ArgumentNullException.ThrowIfNull(form);
        var title = form.Text("lot_intitule", "Intitulé du lot");
        var hours = form.WholeNumber("lot_heures", "Heures d’insertion dues", 0, MostHours) ?? 0;
        var modalities = MarketVocabulary.Modalities.Where(row => form.Checked($"modalite_{row.Code}")).Select(row => row.Value).ToList();
        if (modalities.Count == 0)
        {
            form.Errors.Add($"modalite_{MarketVocabulary.Modalities[0].Code}", "Modalités : cocher au moins une façon de réaliser les heures.");
        }

        var company = form["titulaire"].Length == 0 ? null : form.Id("titulaire", "Titulaire");
        return new LotTerms(title, hours, modalities, CommuneInput.Read(form, "lot_commune", "Commune du lot", communes), company is { } id ? new OrganizationId(id) : null, ReadDays(form));
    }

    // The days of a lot are written together or not at all.
    private static DatePeriod? ReadDays(PostedForm form)
    {
        var (start, end) = (form.OptionalDay("lot_debut", "Début du lot"), form.OptionalDay("lot_fin", "Fin du lot"));
        if (start is null && form["lot_fin"].Length > 0 && form["lot_debut"].Length == 0)
        {
            form.Errors.Add("lot_debut", "Début du lot : à remplir quand le lot a ses propres dates.");
        }

        if (end < start)
        {
            form.Errors.Add("lot_fin", "Fin du lot : elle est avant le début. Corriger l’une des deux dates.");
            return null;
        }

        return start is { } first ? new DatePeriod(first, end) : null;
    }

    /// <summary>How the hours of this marché count; a field that the form does not have keeps its default.</summary>
    public static CountingRules ReadCounting(PostedForm form)
    {
        ArgumentNullException.ThrowIfNull(form);
        var usual = new CountingRules();
        return new CountingRules(
            form.WholeNumber("credit_mois", "Durée de l’éligibilité", 1, 120) ?? usual.CreditMonths,
            form.Checked("cdi_jusqu_a_la_fin"),
            form.OptionalWholeNumber("cdi_plafond_mois", "Plafond pour un CDI", 1, 240),
            form.Checked("formation_comptee"),
            form.WholeNumber("seuil_masque", "Seuil de masquage", 1, 50) ?? usual.MaskBelow,
            ReadStart(form, "credit_depart", "Départ de la durée", MarketVocabulary.CreditStarts, usual.CreditStart),
            ReadStart(form, "cdi_depart", "Départ de la durée d’un CDI", MarketVocabulary.CreditStarts, usual.CdiStart),
            form.OptionalWholeNumber("ai_heures", "Plafond d’heures d’une AI", 1, 5_000) ?? usual.AiCapHours,
            form.OptionalWholeNumber("ai_mois", "Période du plafond d’une AI", 1, 60) ?? usual.AiCapMonths,
            ReadStart(form, "ai_depart", "Départ du plafond d’une AI", MarketVocabulary.AiCapStarts, usual.AiStart));
    }

    private static T ReadStart<T>(PostedForm form, string name, string label, IReadOnlyList<(T Value, string Code, string Label)> rows, T usual)
    {
        var code = form[name].Length == 0 ? "" : form.Choice(name, label, rows.Select(row => row.Code));
        return code.Length == 0 ? usual : rows.Single(row => row.Code == code).Value;
    }

    /// <summary>The codes ticked: those of <paramref name="order"/> first, as it has them, then the others in the order of the catalogue.</summary>
    public static IReadOnlyList<string> ReadPublics(PostedForm form, IReadOnlyList<string> order)
    {
        ArgumentNullException.ThrowIfNull(form);
        var ticked = form.All("publics").ToHashSet(StringComparer.Ordinal);
        var codes = order.Where(code => PublicCategories.ByCode(code) is not null).Union(PublicCategories.All.Select(category => category.Code)).Where(ticked.Contains).ToList();
        if (codes.Count == 0)
        {
            form.Errors.Add("publics", "Publics : cocher au moins un public de la clause.");
        }

        return codes;
    }
}
