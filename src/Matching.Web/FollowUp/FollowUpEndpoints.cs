namespace Matching.Web.FollowUp;

/// <summary>The use cases around the hours: the log of a marché and what is due.</summary>
public static class FollowUpEndpoints
{
    public static void Map(IEndpointRouteBuilder app)
    {
        ListDue.Map(app);
        ShowFollowUp.Map(app);
        RecordFollowUp.Map(app);
        CloseAction.Map(app);
    }
}
