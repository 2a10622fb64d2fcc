namespace Matching.Web.Eligibility;

/// <summary>The use cases about who may work under the clause of a marché.</summary>
public static class EligibilityEndpoints
{
    public static void Map(IEndpointRouteBuilder app)
    {
        ShowEligibility.Map(app);
        RecordProof.Map(app);
        ValidateEligibility.Map(app);
        WithdrawEligibility.Map(app);
        ListAlerts.Map(app);
        ReviewAlert.Map(app);
        CheckInsertionPath.Map(app);
    }
}
