namespace Matching.Web.FollowUp;

/// <summary>The use cases around the hours: the log of a marché, what is due, the quality commitments, the trainings before hire.</summary>
public static class FollowUpEndpoints
{
    public static void Map(IEndpointRouteBuilder app)
    {
        ListDue.Map(app);
        ShowFollowUp.Map(app);
        RecordFollowUp.Map(app);
        CloseAction.Map(app);
        FollowCommitments.Map(app);
        RecordFinding.Map(app);
        ListTrainings.Map(app);
        ShowTraining.Map(app);
        RecordAttendance.Map(app);
    }
}
