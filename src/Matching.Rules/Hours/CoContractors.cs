namespace Matching.Rules.Hours;

/// <summary>The part of a lot's hours that one co-contractor takes, in thousandths.</summary>
public readonly record struct CoContractorShare(OrganizationId CompanyId, int Permille);

/// <summary>How co-contractors share the hours that they owe together.</summary>
public static class CoContractors
{
    public const int Whole = 1000;

    public static Rule Shared { get; } = new(
        "cible.cotraitants", "Les cotraitants doivent ensemble les heures du lot ; ils se les partagent par parts dont la somme fait 100 %, sans qu’une minute se perde.",
        "CCAP 21_BAM_048 (groupement solidaire) ; répartition : documentation de la clause K");

    public static IReadOnlyList<Rule> All { get; } = [Shared];

    /// <summary>Why these parts cannot be kept; null when they can.</summary>
    public static HourRefusal? Check(IReadOnlyList<CoContractorShare> shares)
    {
        ArgumentNullException.ThrowIfNull(shares);
        var sentence =
            shares.Any(share => share.Permille <= 0) ? "Chaque part est supérieure à zéro : retirez les entreprises qui n’en ont pas."
            : shares.Select(share => share.CompanyId).Distinct().Count() < shares.Count ? "Une entreprise est citée deux fois : additionnez ses parts."
            : shares.Sum(share => share.Permille) != Whole ? $"La somme des parts fait {shares.Sum(share => share.Permille) / 10m:0.#} % : elle doit faire 100 %."
            : null;
        return sentence is null ? null : new(Shared, sentence);
    }

    /// <summary>The minutes of each, whose sum is always the whole: what rounding leaves goes to the largest remainders, then to the first named.</summary>
    public static IReadOnlyList<int> Split(int minutes, IReadOnlyList<CoContractorShare> shares)
    {
        ArgumentNullException.ThrowIfNull(shares);
        var parts = shares.Select(share => (int)((long)minutes * share.Permille / Whole)).ToArray();
        var left = shares.Count == 0 ? 0 : minutes - parts.Sum();
        foreach (var place in Enumerable.Range(0, shares.Count).OrderByDescending(i => (long)minutes * shares[i].Permille % Whole).Take(left))
        {
            parts[place]++;
        }

        return parts;
    }
}
