using Matching.Rules.Eligibility;
using Matching.Rules.Markets;
using Matching.Rules.People;
using Matching.Rules.Postings;

namespace Matching.Rules.Reporting;

/// <summary>A fact by which contracts are counted apart: each contract falls in exactly one cell of it.</summary>
/// <param name="IsOfPerson">It tells what the person is, not what the contract is: never shown to who only employs the person.</param>
/// <param name="LabelOf">French words of a code; the code itself when it is unknown.</param>
public sealed record Facet(string Code, string Title, bool IsOfPerson, Func<ReportedContract, string> CodeOf, Func<string, string> LabelOf);

/// <summary>The breakdowns of a table, stated once for the monthly table, the bilan and the consolidation.</summary>
public static class Facets
{
    /// <summary>Code of a fact that nobody has written down.</summary>
    public const string Unknown = "NON_RENSEIGNE";

    private static readonly (string Code, string Label)[] Sexes = [("F", "Femmes"), ("M", "Hommes")];

    public static Facet ContractKind { get; } = new("type_contrat", "Par type de contrat", false, it => it.Contract.Kind.Code(),
        code => WorkContracts.TryParse(code, out var kind) ? kind.Label() : code);

    public static Facet Way { get; } = new("modalite", "Par modalité", false, it => MarketVocabulary.Modalities.Single(row => row.Value == it.Contract.Modality).Code,
        code => MarketVocabulary.Modalities.FirstOrDefault(row => row.Code == code).Label ?? code);

    public static Facet Public { get; } = new("public", "Par public", true, it => it.Contract.CategoryCode,
        PublicCategories.LabelOf);

    public static Facet SexOfPerson { get; } = new("sexe", "Par sexe", true, it => it.Sex switch { Sex.F => "F", Sex.M => "M", _ => Unknown }, CellWords.Of(Sexes));

    public static Facet EmployerKind { get; } = new("type_employeur", "Par type d’employeur", false, it => it.EmployerKind.Code(),
        code => OrganizationKinds.TryParse(code, out var kind) ? kind.Label() : code);

    /// <summary>The breakdowns of the monthly table, in the order of the page.</summary>
    public static IReadOnlyList<Facet> OfMonth { get; } = [ContractKind, Way, Public, SexOfPerson, EmployerKind];

    /// <summary>What a company may read of the people on its lots: nothing of what they are.</summary>
    public static IReadOnlyList<Facet> ForCompany(IEnumerable<Facet> facets) => [.. facets.Where(facet => !facet.IsOfPerson)];

    /// <summary>The breakdowns of a bilan, which are all of them: what a release keeps.</summary>
    public static IReadOnlyList<Facet> All { get; } = [.. OfMonth, .. PersonTraits.Facets];
}

/// <summary>The French words of a short list of codes.</summary>
internal static class CellWords
{
    public static Func<string, string> Of(IReadOnlyList<(string Code, string Label)> table) =>
        code => code == Facets.Unknown ? "Non renseigné" : table.FirstOrDefault(row => row.Code == code).Label ?? code;
}
