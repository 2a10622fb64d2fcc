using System.Data.Common;
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
            var (request, refusals) = SearchRequest.Read(context.Request.Query, FacetsOf(me, communes), communes);
            return SearchRequest.MayShowAgain(refusals)
                ? Page.Of<SearchPostingsPage>(new { Answer = await mediator.Send(new Query(me, request), ct) }, refusals.Count > 0 ? StatusCodes.Status400BadRequest : StatusCodes.Status200OK)
                : Page.Error(StatusCodes.Status400BadRequest, refusals);
        }).RequireAuthorization(Policies.FacilitatorOrStructure);
        app.MapApi(Policies.FacilitatorOrStructure).MapGet("/recherche/offres", async (HttpContext context, SignedIn me, Communes communes, IMediator mediator, CancellationToken ct) =>
        {
            var (request, refusals) = SearchRequest.Read(context.Request.Query, FacetsOf(me, communes), communes);
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
        autour = answer.Request.Around?.Words,
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

    public sealed class Handler(Database database, PostingsIndex index, OccupationTitles titles, Communes communes, LastSeen seen, AnswerAge age, FrenchCalendar calendar)
        : IRequestHandler<Query, Answer>
    {
        public async Task<Answer> Handle(Query request, CancellationToken cancellationToken)
        {
            var state = await index.CurrentAsync(cancellationToken);
            if (state.AsOf is { } asOf && seen.PostingsOf(request.Me.OrganizationId) is { } known)
            {
                age.From(asOf);
                return Found(request, state, known);
            }

            try
            {
                var visible = await VisibleAsync(request.Me, cancellationToken);
                seen.KeepPostings(request.Me.OrganizationId, visible);
                return Found(request, state, visible);
            }
            catch (DbException fault) when (Database.IsAway(fault) && seen.PostingsOf(request.Me.OrganizationId) is { } before)
            {
                age.From(calendar.Now);
                return Found(request, state, before);
            }
        }

        private Answer Found(Query request, IndexState<PostingCard> state, IReadOnlySet<Guid> visible)
        {
            var search = new TextSearch<PostingCard>(state.Snapshot, request.Request.ToTextQuery(titles, request.Typing));
            var facets = FacetsOf(request.Me, communes);
            var page = search.Page(request.Request.Limit, [Filter.IdsOnly("visible", visible), .. request.Request.Scope(state.Places)], request.Request.ToFacets(facets));
            var lines = page.Hits.Select(hit => state.Snapshot.Find(hit.Id)!).Select(row => new Line(
                new PostingId(row.Id), row.Facts.Title, row.Facts.State, row.Facts.Occupation, row.Facts.Commune, row.Facts.Posts, row.Facts.StartsOn, row.Facts.Skills,
                search.Highlights));
            return new Answer(request.Request, page.Found, [.. lines], FacetShown.Of(facets, request.Request, page));
        }

        private async Task<IReadOnlySet<Guid>> VisibleAsync(SignedIn me, CancellationToken ct)
        {
            await using var db = await database.OpenAsync(ct);
            return (await db.QueryAsync<Guid>(new CommandDefinition(
                me.Role == Roles.Facilitator
                    ? $"select p.id from posting p where p.facilitator_id = @org order by p.id limit {MostPostings}"
                    : $"select p.id from posting p where {Visibility.PostingOpenInTerritory} order by p.id limit {MostPostings}",
                new { org = me.OrganizationId }, cancellationToken: ct))).ToHashSet();
        }
    }
}
