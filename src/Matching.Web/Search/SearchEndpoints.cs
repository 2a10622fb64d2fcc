using Matching.Web.Platform;

namespace Matching.Web.Search;

/// <summary>The search boxes over people and postings.</summary>
public static class SearchEndpoints
{
    public static IServiceCollection AddSearch(this IServiceCollection services) => services.AddSingleton<LastSeen>().AddSingleton<PeopleIndex>().AddSingleton<PostingsIndex>()
        .AddSingleton<SavedSearches>().AddSingleton<IDailyWork, AlertSearches>();

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/recherche", (SignedIn me) => Page.SeeOther(me.Role == Roles.Facilitator ? "/recherche/personnes" : "/recherche/offres")).RequireAuthorization(Policies.FacilitatorOrStructure);
        SearchPeople.Map(app);
        SearchPostings.Map(app);
        SuggestWords.Map(app);
        KeepSearches.Map(app);
    }
}
