namespace Matching.Rules.Preselection;

/// <summary>How often one reason was given for a posting.</summary>
public sealed record RefusalCount(Reason Reason, int People);

/// <summary>The reasons of the no's of a posting: what tells a facilitator to change the posting, or to look for others.</summary>
public static class RefusalCounts
{
    /// <summary>Who gives each list of reasons, in the order of the table.</summary>
    public static IReadOnlyList<(ReasonList List, string Who)> Givers { get; } =
    [
        (ReasonList.CompanyDeclines, "L’entreprise ne retient pas"),
        (ReasonList.PersonWithdraws, "La personne se retire"),
        (ReasonList.StructureWithdraws, "La structure la retire"),
        (ReasonList.FacilitatorDoesNotKeep, "Vous n’avez pas gardé"),
        (ReasonList.Consequence, "Sans décision"),
    ];

    /// <summary>Counts the paths that stand at a no, the most given first within each giver. A code of no list is not counted.</summary>
    /// <param name="refused">For each person, where the path stands and the reason; a suggestion answered no counts as withdrawn by the facilitator.</param>
    public static IReadOnlyList<RefusalCount> Of(IEnumerable<(PreselectionState State, string? ReasonCode)> refused) =>
    [
        .. refused.Select(it => ReasonOf(it.State, it.ReasonCode)).OfType<Reason>()
            .GroupBy(reason => reason).Select(same => new RefusalCount(same.Key, same.Count()))
            .OrderBy(count => Givers.ToList().FindIndex(giver => giver.List == count.Reason.List)).ThenByDescending(count => count.People).ThenBy(count => count.Reason.Code, StringComparer.Ordinal),
    ];

    /// <summary>
    /// Whether a no speaks of how the person and the post fit: what a model may learn from. A post already taken, a course begun or a
    /// second record say nothing of it.
    /// </summary>
    public static bool IsAboutTheFit(PreselectionState state, string? reasonCode) =>
        ReasonOf(state, reasonCode) is { } reason && reason.Code is "COMPETENCES" or "CERTIFICAT" or "DISPONIBILITE" or "MOBILITE" or "EXIGENCE_DU_POSTE" or "TRAJET" or "PAS_INTERESSEE";

    /// <summary>Whether it was the person who said no, whatever the reason.</summary>
    public static bool IsThePersonsOwn(PreselectionState state, string? reasonCode) => ReasonOf(state, reasonCode)?.List == ReasonList.PersonWithdraws;

    private static Reason? ReasonOf(PreselectionState state, string? code) => state switch
    {
        PreselectionState.Declined => Reasons.Of(ReasonList.CompanyDeclines).FirstOrDefault(reason => reason.Code == code),
        PreselectionState.Withdrawn => Reasons.All.FirstOrDefault(reason => reason.Code == code && reason.List is ReasonList.PersonWithdraws or ReasonList.StructureWithdraws or ReasonList.FacilitatorDoesNotKeep or ReasonList.Consequence),
        _ => null,
    };
}
