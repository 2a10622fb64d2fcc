using Matching.Web.Platform;

namespace Matching.Web.Ranking;

/// <summary>Who could take a post, and why: the ranked list, one person's explanation, the public page of the model.</summary>
public static class RankingEndpoints
{
    public static IServiceCollection AddRanking(this IServiceCollection services) => services
        .AddSingleton<PoolReader>()
        .AddSingleton<PoolSnapshots>()
        .AddSingleton<PoolIndex>()
        .AddHostedService<PoolKeeper>()
        .AddSingleton<RankingKernel>()
        .AddSingleton<ActiveModel>()
        .AddSingleton<ModelShelf>()
        .AddSingleton<RankedLists>()
        .AddSingleton<ListsInMemory>()
        .AddSingleton<CandidateSearch>()
        .AddSingleton<OpenPostings>();

    public static void Map(IEndpointRouteBuilder app)
    {
        RankCandidates.Map(app);
        ExplainCandidate.Map(app);
        ExplainStored.Map(app);
        ReplayLists.Map(app);
        ExportLists.Map(app);
        ShowModel.Map(app);
        RankCandidates.MapApi(app.MapApi(Policies.Facilitator));
        RankPostings.Map(app);
        RankPostings.MapApi(app);
        MatchPool.Map(app);
    }
}
