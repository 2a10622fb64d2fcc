using Matching.Rules;
using Matching.Rules.Eligibility;
using Matching.Rules.Markets;
using Matching.Web.Platform;
using Matching.Web.Platform.Reference;

namespace Matching.Web.Markets;

/// <summary>A lot as typed, before it has an id.</summary>
public sealed record LotTerms(string Title, int TargetHours, IReadOnlyList<Modality> Modalities, string? InseeCode, OrganizationId? CompanyId);

/// <summary>The parts of a marché's forms that several pages share: a lot, a list of publics.</summary>
public static class MarketTerms
{
    public const int MostHours = 10_000_000;

    public static IReadOnlyList<(string Code, string Text)> Templates { get; } =
    [
        ("CCAG2021", "CCAG 2021"),
        ("K", "Liste de la clause complète (CCAP, EPEC)"),
        ("PROPRE", "Liste propre à ce marché"),
    ];

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
        return new LotTerms(title, hours, modalities, CommuneInput.Read(form, "lot_commune", "Commune du lot", communes), company is { } id ? new OrganizationId(id) : null);
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
