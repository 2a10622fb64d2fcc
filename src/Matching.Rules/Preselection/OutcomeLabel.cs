namespace Matching.Rules.Preselection;

/// <summary>What a model may learn from the path of one person towards one posting: how far it went, from 0 (shown, not kept) to 4 (still in post).</summary>
public static class OutcomeLabel
{
    /// <summary>Days in post from which a hire counts as one that lasts. Source: choix du service, trois mois.</summary>
    public const int DaysOfLastingHire = 90;

    public const int NotKept = 0;
    public const int Kept = 1;
    public const int Interviewed = 2;
    public const int Hired = 3;
    public const int StillInPost = 4;

    /// <param name="reached">Every state that the path went through; empty when the person was never taken into the preselection.</param>
    /// <param name="hiredOn">The first day of the contract, when there is one.</param>
    /// <param name="lastDay">The last day worked; null when the contract goes on.</param>
    /// <param name="isRefusedForTheFit">Whether the path stands at a no whose reason speaks of the person and the post: without an interview, the person was looked at and does not fit.</param>
    public static int Of(IReadOnlyCollection<PreselectionState> reached, DateOnly? hiredOn, DateOnly? lastDay, DateOnly today, bool isRefusedForTheFit = false)
    {
        ArgumentNullException.ThrowIfNull(reached);
        if (reached.Count == 0)
        {
            return NotKept;
        }

        if (reached.Contains(PreselectionState.Hired))
        {
            var until = lastDay is { } end && end < today ? end : today;
            return hiredOn is { } first && until.DayNumber - first.DayNumber >= DaysOfLastingHire ? StillInPost : Hired;
        }

        return reached.Any(state => state is PreselectionState.Interview or PreselectionState.Chosen) ? Interviewed : isRefusedForTheFit ? NotKept : Kept;
    }
}
