namespace Matching.Rules.Hours;

/// <summary>How the hours of one marché are controlled; versions, because a clause may be amended.</summary>
/// <param name="DueBefore">Hours of a period are due before this day of the following month.</param>
/// <param name="IsProofAsked">A line is validated only once its proof is noted.</param>
/// <param name="AiCapHours">The cap of an AI that the prefect fixed; null for the one that the marché was opened with.</param>
/// <param name="AiCapOrder">The order that fixes it.</param>
public sealed record ControlTerms(int Version, int DueBefore, bool IsProofAsked, PenaltyTerms Penalties, int? AiCapHours = null, string? AiCapOrder = null)
{
    /// <summary>Where the marché says nothing: due before the 15th, no proof asked, no penalty.</summary>
    public static ControlTerms Usual { get; } = new(0, ReportingCalendar.DefaultDueBefore, false, new PenaltyTerms());
}

/// <summary>A written convention by which one company shares its hours between lots.</summary>
public sealed record PoolingConvention(string Reference, DateOnly SignedOn, DatePeriod Days, IReadOnlyList<LotId> Lots)
{
    public static Rule Written { get; } = new(
        "globalisation.convention", "Une convention de globalisation est écrite : elle nomme une entreprise, au moins deux de ses lots, ses dates et sa signature.",
        "atoutclauses.fr (convention de globalisation), lu en août 2026");

    public static IReadOnlyList<Rule> All { get; } = [Written];

    /// <summary>Why this convention cannot be kept, by form field; null when it can.</summary>
    /// <param name="companyLots">The lots of that company.</param>
    public (string Field, string Sentence)? Fault(IReadOnlySet<LotId> companyLots, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(companyLots);
        return Lots.Distinct().Count() < 2 ? ("lots", "Lots : cocher au moins deux lots.")
            : Lots.Any(lot => !companyLots.Contains(lot)) ? ("lots", "Lots : chacun est un lot de cette entreprise, seule ou avec ses cotraitants.")
            : SignedOn > today ? ("signee_le", "Signature : une convention s’enregistre une fois signée.")
            : null;
    }
}
