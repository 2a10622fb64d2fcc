namespace Matching.Web.Postings;

/// <summary>The use cases of postings, from the company's text to the published offer.</summary>
public static class PostingEndpoints
{
    public static void Map(IEndpointRouteBuilder app)
    {
        ListPostings.Map(app);
        AnalyseProfile.Map(app);
        WritePosting.Map(app);
        ShowPosting.Map(app);
        EditPosting.Map(app);
        UpdatePosting.Map(app);
        StepPosting.Map(app);
        DuplicatePosting.Map(app);
        CompareVersions.Map(app);
        ReopenPosting.Map(app);
    }
}
