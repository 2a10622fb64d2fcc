using Matching.Web.Platform;
using Matching.Web.Ranking.Fairness;
using Matching.Web.Ranking.Pooling;
using Matching.Web.Ranking.Promotions;
using Matching.Web.Ranking.Proposals;
using Matching.Web.Ranking.Suggested;

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
        .AddSingleton<DoorCounter>()
        .AddHostedService(services => services.GetRequiredService<DoorCounter>())
        .AddSingleton<ListsInMemory>()
        .AddSingleton<CandidateSearch>()
        .AddSingleton<OpenPostings>()
        .AddSingleton<FairnessCases>()
        .AddSingleton<ModelGate>()
        .AddSingleton<ProposalComputer>()
        .AddSingleton<ListProposals>()
        .AddSingleton<ProposalKeeper>()
        .AddHostedService(services => services.GetRequiredService<ProposalKeeper>());

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
        SuggestPeople.Map(app);
        AnswerSuggestion.Map(app);
        TakeBackSuggestion.Map(app);
        ShowProposals.Map(app);
        ShowPooling.Map(app);
        ListModels.Map(app);
        LoadModel.Map(app);
        MoveModel.Map(app);
        RollBackModel.Map(app);
        ReadAudit.Map(app);
        PublishAudit.Map(app);
    }
}
