using Matching.Web.Platform;
using Matching.Web.Platform.Reference;
using MediatR;

namespace Matching.Web.Search;

/// <summary>
/// GET /recherche/suggestions?quoi=personnes|offres&amp;q=, with the filters and the commune of the search: while someone types, trades or titles among
/// what they may see, each with how often, and how many would be found. A comfort: the search works without it.
/// </summary>
public static class SuggestWords
{
    public const int MostSuggestions = 8;

    private const string KindKey = "quoi";

    public static void Map(IEndpointRouteBuilder app) =>
        app.MapGet("/recherche/suggestions", async (HttpContext context, string? quoi, SignedIn me, Communes communes, IMediator mediator, CancellationToken ct) =>
        {
            if (quoi is not (SavedSearch.People or SavedSearch.Postings))
            {
                return Problems.Of(StatusCodes.Status400BadRequest, "« quoi » est « personnes » ou « offres ».");
            }

            var query = new QueryCollection(context.Request.Query.Where(pair => pair.Key != KindKey).ToDictionary());
            var (asked, refusals) = SearchRequest.Read(query, quoi == SavedSearch.People ? SearchPeople.FacetsOf(communes) : SearchPostings.FacetsOf(me, communes), communes);
            if (refusals.Count > 0)
            {
                return Problems.Of(StatusCodes.Status400BadRequest, refusals[0].Sentence, refusals);
            }

            var request = asked with { Limit = SearchRequest.MostAnswers };
            if (quoi == SavedSearch.People)
            {
                var people = await mediator.Send(new SearchPeople.Query(me, request, Typing: true), ct);
                return TypedResults.Ok(Shape(people.Found, people.Lines.SelectMany(line => line.Words.Wanted.Split(" ; ").Where(title => line.Marks(title).Count > 0))));
            }

            var postings = await mediator.Send(new SearchPostings.Query(me, request, Typing: true), ct);
            return TypedResults.Ok(Shape(postings.Found, postings.Lines.Select(line => line.Title)));
        }).RequireAuthorization(Policies.FacilitatorOrStructure);

    private static object Shape(int found, IEnumerable<string> texts) => new
    {
        total = found,
        suggestions = texts.GroupBy(text => text).OrderByDescending(group => group.Count()).ThenBy(group => group.Key, StringComparer.Ordinal)
            .Take(MostSuggestions).Select(group => new { texte = group.Key, nombre = group.Count() }),
    };
}
