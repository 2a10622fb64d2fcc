namespace Matching.Rules.Preselection;

/// <summary>What the path of one person towards one posting tells of whether they wanted it: apart from what the employer decided.</summary>
public static class PersonsWish
{
    // Nobody is preselected without their agreement (see Transitions), so these states and what follows them are a yes.
    private static readonly PreselectionState[] Agreed =
        [PreselectionState.Interested, PreselectionState.Preselected, PreselectionState.Transmitted, PreselectionState.Interview, PreselectionState.Chosen];

    // The person did not come, and nobody knows whether they would not or could not.
    private const string MissedInterview = "ENTRETIEN_ABSENT";

    /// <summary>True for a person who went along, false for one whose no is their own and about this post, null where nobody knows.</summary>
    /// <remarks>
    /// The last word counts: who came to the interview and then was not interested did not want it. A job or a course found elsewhere, or silence, is no
    /// answer about this post.
    /// </remarks>
    /// <param name="reached">Every state that the path went through.</param>
    /// <param name="now">Where it stands, with the reason given when that is a no.</param>
    public static bool? Of(IReadOnlyCollection<PreselectionState> reached, PreselectionState now, string? reasonCode)
    {
        ArgumentNullException.ThrowIfNull(reached);
        if (reached.Contains(PreselectionState.Hired))
        {
            return true;
        }

        if (RefusalCounts.IsThePersonsOwn(now, reasonCode) && RefusalCounts.IsAboutTheFit(now, reasonCode))
        {
            return false;
        }

        var isUncertain = now == PreselectionState.Declined && reasonCode == MissedInterview;
        return !isUncertain && reached.Any(Agreed.Contains) ? true : null;
    }
}
