using Matching.Web.Platform;
using MediatR;

namespace Matching.Web.Search;

/// <summary>
/// GET /recherche/suggestions?quoi=personnes|offres&amp;q=: while someone types, trades or titles among what they may see, each with how often,
/// and how many would be found. A comfort: the search works without it.
/// </summary>
public static class SuggestWords
{
    public const int MostSuggestions = 8;

    public static void Map(IEndpointRouteBuilder app) =>
        app.MapGet("/recherche/suggestions", async (string? quoi, string? q, SignedIn me, IMediator mediator, CancellationToken ct) =>
        {
            var words = (q ?? "").Trim();
            var request = new SearchRequest(
                words.Length <= SearchRequest.MostCharacters ? words : words[..SearchRequest.MostCharacters], new Dictionary<string, IReadOnlySet<string>>(), SearchRequest.MostAnswers);
            switch (quoi)
            {
                case "personnes":
                    var people = await mediator.Send(new SearchPeople.Query(me, request, Typing: true), ct);
                    return TypedResults.Ok(Shape(people.Found, people.Lines.SelectMany(line => line.Words.Wanted.Split(" ; ").Where(title => line.Marks(title).Count > 0))));
                case "offres":
                    var postings = await mediator.Send(new SearchPostings.Query(me, request, Typing: true), ct);
                    return TypedResults.Ok(Shape(postings.Found, postings.Lines.Select(line => line.Title)));
                default:
                    return Problems.Of(StatusCodes.Status400BadRequest, "« quoi » est « personnes » ou « offres ».");
            }
        }).RequireAuthorization(Policies.FacilitatorOrStructure);

    private static object Shape(int found, IEnumerable<string> texts) => new
    {
        total = found,
        suggestions = texts.GroupBy(text => text).OrderByDescending(group => group.Count()).ThenBy(group => group.Key, StringComparer.Ordinal)
            .Take(MostSuggestions).Select(group => new { texte = group.Key, nombre = group.Count() }),
    };
}
