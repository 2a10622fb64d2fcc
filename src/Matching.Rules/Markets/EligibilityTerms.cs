using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Matching.Rules.Markets;

/// <summary>The thresholds of one version of a marché's rule set: parameters, because contracts differ. Defaults are those of K.</summary>
/// <param name="LongTermMonths">A long-term job seeker has been registered for more than this.</param>
/// <param name="SeniorFromYears">Whole years.</param>
/// <param name="YoungBelowYears">Until the day before this birthday.</param>
/// <param name="OutOfSchoolMonths">A young person left school at least this long ago.</param>
/// <param name="AttestationMonths">An attestation of a status that can end is younger than this.</param>
/// <param name="HomeProofMonths">A proof of address is younger than this.</param>
/// <param name="AcceptsOpinion">Whether others may enter on a reasoned opinion (K, 13th public).</param>
public sealed record EligibilityTerms(
    int LongTermMonths = 12,
    int SeniorFromYears = 50,
    int YoungBelowYears = 26,
    int OutOfSchoolMonths = 6,
    int AttestationMonths = 3,
    int HomeProofMonths = 6,
    bool AcceptsOpinion = true)
{
    public static EligibilityTerms Usual { get; } = new();

    /// <summary>The thresholds that a form may change: field, label, bounds.</summary>
    public static IReadOnlyList<(string Field, string Label, int Min, int Max, Func<EligibilityTerms, int> Of)> Thresholds { get; } =
    [
        ("seuil_deld", "Longue durée : inscription de plus de … mois", 1, 60, it => it.LongTermMonths),
        ("seuil_senior", "Seniors : à partir de … ans", 40, 65, it => it.SeniorFromYears),
        ("seuil_jeune", "Jeunes : moins de … ans", 18, 35, it => it.YoungBelowYears),
        ("seuil_ecole", "Jeunes : sortis de l’école depuis … mois au moins", 0, 36, it => it.OutOfSchoolMonths),
        ("seuil_attestation", "Attestations de moins de … mois", 1, 24, it => it.AttestationMonths),
        ("seuil_domicile", "Justificatifs de domicile de moins de … mois", 1, 24, it => it.HomeProofMonths),
    ];

    /// <summary>A short text that differs as soon as one value does.</summary>
    public string Key => string.Join(
        ',', Thresholds.Select(row => row.Of(this).ToString(CultureInfo.InvariantCulture)).Append(AcceptsOpinion ? "avis" : "sans-avis"));
}

/// <summary>What shows that a version of a rule set is still as it was written.</summary>
public static class RuleSetSeal
{
    public static Rule OnlyNewVersions { get; } = new(
        "regles.nouvelle-version",
        "Les publics et les seuils d’un marché, et les publics d’un lot, ne changent que par une nouvelle version : une version enregistrée ne se modifie pas, et une décision garde la sienne.",
        Rule.ToConfirm + " (la liste est contractuelle : CCAG 2021, art. 16.1.1 « notamment » ; scellement propre au service)");

    /// <summary>SHA-256 of everything that the version says.</summary>
    public static string Of(MarketId market, PublicList list)
    {
        ArgumentNullException.ThrowIfNull(list);
        return Hash($"{market}\n{list.Version.ToString(CultureInfo.InvariantCulture)}\n{list.Template}\n{string.Join('|', list.Categories)}\n{list.Terms.Key}");
    }

    /// <summary>The same for the publics that one lot keeps.</summary>
    public static string Of(LotId lot, int version, IEnumerable<string> categories) =>
        Hash($"{lot}\n{version.ToString(CultureInfo.InvariantCulture)}\n{string.Join('|', categories)}");

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
