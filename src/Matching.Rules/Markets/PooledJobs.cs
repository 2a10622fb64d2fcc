using Matching.Rules.Hours;
using Matching.Rules.Preselection;

namespace Matching.Rules.Markets;

/// <summary>Hours that an open posting of a lot offers: so many posts, each so many hours a week, from one day to another.</summary>
/// <param name="Posts">How many people it still looks for.</param>
/// <param name="Rules">What the marché says about counting: the cap of an AI, the months of a credit.</param>
public sealed record HourBlock(
    PostingId PostingId, LotId LotId, string Title, DateOnly Start, DateOnly End, int WeeklyMinutes, int Posts, IReadOnlyList<Modality> Modalities, CountingRules Rules)
{
    public int Days => End.DayNumber - Start.DayNumber + 1;

    /// <summary>Of one post.</summary>
    public int Minutes => (int)((long)WeeklyMinutes * Days / 7);
}

/// <summary>One person's job made of blocks that follow each other, under one employer.</summary>
/// <param name="Carriers">Kinds of structures that may employ the person all along.</param>
public sealed record PooledJob(IReadOnlyList<HourBlock> Blocks, IReadOnlyList<OrganizationKind> Carriers)
{
    public DateOnly Start => Blocks[0].Start;

    public DateOnly End => Blocks[^1].End;

    public int Days => End.DayNumber - Start.DayNumber + 1;

    public int Minutes => Blocks.Sum(block => block.Minutes);

    /// <summary>On average from the first day to the last, the weeks between two blocks included.</summary>
    public int WeeklyMinutes => (int)(Blocks.Sum(block => (long)block.WeeklyMinutes * block.Days) / Days);
}

/// <summary>How hours of several lots may be joined into jobs that last: which blocks may follow each other, what makes a job, and who may carry it.</summary>
public static class PooledJobs
{
    public const int LeastMonths = 6;
    public const int LeastWeeklyMinutes = 24 * 60;
    public const int LongestGapDays = 42;
    public const double FarthestKm = 30;

    /// <summary>A posting that misses no more than this to last by itself is pointed out: the company may agree to it.</summary>
    public const int NearlyDays = 31;

    /// <summary>Kinds that lend people to companies, then those that take work themselves.</summary>
    private static readonly (OrganizationKind Kind, Modality Way)[] Ways =
    [
        (OrganizationKind.Geiq, Modality.MiseADisposition), (OrganizationKind.Etti, Modality.MiseADisposition), (OrganizationKind.Ai, Modality.MiseADisposition), (OrganizationKind.Ei, Modality.SousTraitance),
    ];

    public static Rule Lasting { get; } = new(
        "mutualisation.emploi-durable",
        "Un emploi mutualisé dure au moins 6 mois et compte au moins 24 heures par semaine en moyenne, semaines creuses comprises.",
        Rule.ToConfirm + " (choix du service ; le document fondateur 004 demande de mutualiser des heures et de consolider des emplois, sans seuil)");

    public static Rule Follow { get; } = new(
        "mutualisation.enchainement",
        "Deux offres s’enchaînent si la seconde commence après la fin de la première, dans les 42 jours, à 30 km au plus, dans un métier du même domaine.",
        Rule.ToConfirm + " (choix du service)");

    public static Rule OneCarrier { get; } = new(
        "mutualisation.porteur",
        "Un seul employeur porte tout l’emploi : GEIQ, ETTI ou AI si chaque lot admet la mise à disposition, entreprise d’insertion si chaque lot admet la sous-traitance.",
        "Documents fondateurs 001 et 004 (façons de réaliser la clause)");

    public static Rule Limits { get; } = new(
        "mutualisation.limites",
        "Un emploi mutualisé reste sous 48 heures par semaine, dans la durée pendant laquelle les heures d’une personne comptent, et sous le plafond de mise à disposition s’il est porté par une association intermédiaire.",
        Rule.ToConfirm + " (48 heures : Code du travail, L3121-20, non relu ; plafond : L5132-9 et R5132-18 ; durée : celle que fixe le marché)");

    public static IReadOnlyList<Rule> All { get; } = [Lasting, Follow, OneCarrier, Limits];

    /// <param name="distanceKm">Null when a commune is not placed: the two are then not joined.</param>
    /// <param name="isNearTrade">Whether the two occupations belong together.</param>
    public static bool MayFollow(HourBlock before, HourBlock after, double? distanceKm, bool isNearTrade) => IsInTime(before, after) && IsNear(distanceKm) && isNearTrade;

    public static bool IsInTime(HourBlock before, HourBlock after)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        return after.Start.DayNumber - before.End.DayNumber - 1 is >= 0 and <= LongestGapDays;
    }

    /// <param name="distanceKm">Null when a commune is not placed.</param>
    public static bool IsNear(double? distanceKm) => distanceKm <= FarthestKm;

    /// <summary>The kinds of structures that may carry these blocks one after the other; none when nobody may.</summary>
    public static IReadOnlyList<OrganizationKind> CarriersOf(IReadOnlyList<HourBlock> blocks)
    {
        ArgumentNullException.ThrowIfNull(blocks);
        var job = new PooledJob(blocks, []);
        if (blocks.Any(block => block.WeeklyMinutes > Hiring.MaximumWeeklyMinutes) || job.End > job.Start.AddMonths(blocks.Min(block => block.Rules.CreditMonths)).AddDays(-1))
        {
            return [];
        }

        return
        [
            .. Ways.Where(way => blocks.All(block => block.Modalities.Contains(way.Way))
                && (!AssociationCap.Binds(way.Kind, way.Way) || job.Minutes <= blocks.Min(block => block.Rules.AiCapHours) * 60)).Select(way => way.Kind),
        ];
    }

    public static bool IsLasting(IReadOnlyList<HourBlock> blocks) => IsLong(blocks) && new PooledJob(blocks, []).WeeklyMinutes >= LeastWeeklyMinutes;

    /// <summary>Whether they last long enough, whatever the hours.</summary>
    public static bool IsLong(IReadOnlyList<HourBlock> blocks)
    {
        var job = new PooledJob(blocks, []);
        return job.End >= job.Start.AddMonths(LeastMonths).AddDays(-1);
    }

    /// <summary>The last day that would make this block a lasting job by itself; null when it is one, or when no longer one could be.</summary>
    public static DateOnly? LastsIfUntil(HourBlock block)
    {
        ArgumentNullException.ThrowIfNull(block);
        var longer = block with { End = block.Start.AddMonths(LeastMonths).AddDays(-1) };
        return longer.End > block.End && IsLasting([longer]) && CarriersOf([longer]).Count > 0 ? longer.End : null;
    }

    /// <summary>The same, where it is near enough to be pointed out.</summary>
    public static DateOnly? NearlyLastsUntil(HourBlock block) => LastsIfUntil(block) is { } until && until.DayNumber - block.End.DayNumber <= NearlyDays ? until : null;
}
