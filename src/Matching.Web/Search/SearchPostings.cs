using Dapper;
using Matching.Engine.Filters;
using Matching.Engine.Index;
using Matching.Rules;
using Matching.Rules.Postings;
using Matching.Web.Platform;
using Matching.Web.Platform.Records;
using Matching.Web.Platform.Reference;
using MediatR;

namespace Matching.Web.Search;

/// <summary>GET /recherche/offres, and the same under /api/v1: a facilitator's own postings in any state; a structure's open ones of its territory.</summary>
public static class SearchPostings
{
    private const int MostPostings = 100_000;

    public sealed record Query(SignedIn Me, SearchRequest Request, bool Typing = false) : IRequest<Answer>;

    /// <param name="Found">How many in all, shown or not.</param>
    public sealed record Answer(SearchRequest Request, int Found, IReadOnlyList<Line> Lines, IReadOnlyList<FacetShown> Facets);

    public sealed record Line(
        PostingId Id, string Title, PostingState State, string Occupation, string Commune, int Posts, DateOnly? StartsOn, string Skills, Func<string, IReadOnlyList<Highlight>> Marks);

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/recherche/offres", async (HttpContext context, SignedIn me, Communes communes, IMediator mediator, CancellationToken ct) =>
        {
            var (request, refusals) = SearchRequest.Read(context.Request.Query, FacetsOf(me, communes));
            return refusals.Count > 0
                ? Page.Error(StatusCodes.Status400BadRequest, refusals)
                : Page.Of<SearchPostingsPage>(new { Answer = await mediator.Send(new Query(me, request), ct) });
        }).RequireAuthorization(Policies.FacilitatorOrStructure);
        app.MapApi(Policies.FacilitatorOrStructure).MapGet("/recherche/offres", async (HttpContext context, SignedIn me, Communes communes, IMediator mediator, CancellationToken ct) =>
        {
            var (request, refusals) = SearchRequest.Read(context.Request.Query, FacetsOf(me, communes));
            return refusals.Count > 0
                ? Problems.Of(StatusCodes.Status400BadRequest, refusals[0].Sentence, refusals)
                : TypedResults.Ok(Shape(await mediator.Send(new Query(me, request), ct)));
        }).WithSummary("Offres par leurs mots, avec le nombre de réponses de chaque filtre.");
    }

    internal static IReadOnlyList<SearchFacet> FacetsOf(SignedIn me, Communes communes) => me.Role == Roles.Facilitator
        ? [SearchColumns.StateFacet, SearchColumns.DomainFacet, SearchColumns.DepartmentFacet(communes)]
        : [SearchColumns.DomainFacet, SearchColumns.DepartmentFacet(communes)];

    private static object Shape(Answer answer) => new
    {
        total = answer.Found,
        offres = answer.Lines.Select(line => new
        {
            id = line.Id.Value,
            intitule = line.Title,
            etat = line.State.Code(),
            metier = line.Occupation,
            commune = line.Commune,
            nombre_postes = line.Posts,
            debut = line.StartsOn,
        }),
        filtres = SearchJson.Of(answer.Facets),
    };

    public sealed class Handler(Database database, PostingsIndex index, OccupationTitles titles, Communes communes) : IRequestHandler<Query, Answer>
    {
        public async Task<Answer> Handle(Query request, CancellationToken cancellationToken)
        {
            await using var db = await database.OpenAsync(cancellationToken);
            var (me, asked) = (request.Me, request.Request);
            var visible = (await db.QueryAsync<Guid>(new CommandDefinition(
                me.Role == Roles.Facilitator
                    ? $"select p.id from posting p where p.facilitator_id = @org order by p.id limit {MostPostings}"
                    : $"select p.id from posting p where {Visibility.PostingOpenInTerritory} order by p.id limit {MostPostings}",
                new { org = me.OrganizationId }, cancellationToken: cancellationToken))).ToHashSet();
            var search = new TextSearch<string>(await index.CurrentAsync(cancellationToken), asked.ToTextQuery(titles, request.Typing));
            var facets = FacetsOf(me, communes);
            var page = search.Page(asked.Limit, [Filter.IdsOnly("visible", visible)], asked.ToFacets(facets));
            var rows = (await db.QueryAsync<Stored>(new CommandDefinition(
                $"select id, state, terms_json from posting where id {db.In("@ids")} order by id limit {SearchRequest.MostAnswers}",
                new { ids = page.Hits.Select(hit => hit.Id).ToArray() }, cancellationToken: cancellationToken))).ToDictionary(row => row.Id);
            var lines = page.Hits.Where(hit => rows.ContainsKey(hit.Id)).Select(hit => LineOf(rows[hit.Id], search));
            return new Answer(asked, page.Found, [.. lines], FacetShown.Of(facets, asked, page));
        }

        private Line LineOf(Stored stored, TextSearch<string> search)
        {
            var terms = RecordJson.Read<DraftTerms>(stored.TermsJson);
            return new Line(
                new PostingId(stored.Id), terms.Title, Enum.Parse<PostingState>(stored.State, ignoreCase: true), terms.Rome is { } rome ? titles.ByCode(rome)?.Label ?? "" : "",
                communes.ByInsee(terms.InseeCode)?.Name ?? "", terms.Posts, terms.StartsOn, string.Join(" ; ", [.. terms.RequiredSkills, .. terms.WishedSkills]), search.Highlights);
        }

        private sealed record Stored(Guid Id, string State, string TermsJson);
    }
}
