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

    public static Rule DoneFor { get; } = new(
        "cible.cotraitants-faites",
        "Les heures faites sont celles du cotraitant qui embauche, ou de celui que le facilitateur note au contrat ; celles dont le cotraitant n’est pas noté restent au groupement.",
        Rule.ToConfirm + " (documentation de la clause K : « qui doit quoi à qui » ; la façon de l’établir n’y est pas écrite)");

    public static IReadOnlyList<Rule> All { get; } = [Shared, DoneFor];

    /// <summary>What each owes and has done, in the order of the parts; last, with no company, what no co-contractor is noted for. Nothing is lost.</summary>
    /// <param name="contracts">For each contract of the lot: the company noted, its employer, its counted minutes.</param>
    public static IReadOnlyList<(OrganizationId? CompanyId, int OwedMinutes, int DoneMinutes)> Balance(
        int owedMinutes, IReadOnlyList<CoContractorShare> shares, IReadOnlyList<(OrganizationId? Noted, OrganizationId Employer, int Minutes)> contracts)
    {
        ArgumentNullException.ThrowIfNull(shares);
        var named = shares.Select(share => share.CompanyId).ToHashSet();
        var done = contracts.ToLookup(it => it.Noted is { } noted && named.Contains(noted) ? noted : named.Contains(it.Employer) ? it.Employer : (OrganizationId?)null, it => it.Minutes);
        List<(OrganizationId?, int, int)> balance =
            [.. shares.Zip(Split(owedMinutes, shares), (share, owed) => ((OrganizationId?)share.CompanyId, owed, done[share.CompanyId].Sum()))];
        return done.Contains(null) ? [.. balance, (null, 0, done[null].Sum())] : balance;
    }

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
