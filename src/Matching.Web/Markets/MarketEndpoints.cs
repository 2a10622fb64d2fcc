using Matching.Web.Markets.Opportunities;

namespace Matching.Web.Markets;

/// <summary>The use cases of marchés, their lots and their lists of publics.</summary>
public static class MarketEndpoints
{
    public static void Map(IEndpointRouteBuilder app)
    {
        ListMarkets.Map(app);
        CreateMarket.Map(app);
        CreateFromDecp.Map(app);
        ShowMarket.Map(app);
        AddLot.Map(app);
        ChangePublics.Map(app);
        ChangeAnswerTerms.Map(app);
        ChangeLotPublics.Map(app);
        ListOpportunities.Map(app);
        WriteOpportunity.Map(app);
        ShowOpportunity.Map(app);
        AwardOpportunity.Map(app);
    }
}
