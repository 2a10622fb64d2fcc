using System.Data.Common;
using Dapper;
using Matching.Engine.Index;
using Matching.Rules;
using Matching.Rules.Markets;
using Matching.Web.Platform;
using Matching.Web.Platform.Records;
using Matching.Web.Platform.Reference;
using MediatR;

namespace Matching.Web.Search;

/// <summary>
/// GET /recherche/personnes, and the same under /api/v1: people by trade, skill or certificate. A facilitator searches those published to its
/// territories, by initials until preselected; a structure its own. Never by name: see the structure's own list for that.
/// </summary>
public static class SearchPeople
{
    public sealed record Query(SignedIn Me, SearchRequest Request, bool Typing = false) : IRequest<Answer>;

    /// <param name="Found">How many in all, shown or not.</param>
    public sealed record Answer(SearchRequest Request, int Found, IReadOnlyList<Line> Lines, IReadOnlyList<FacetShown> Facets, DateOnly Today);

    /// <param name="Address">The person's page, for the structure that accompanies them.</param>
    public sealed record Line(
        PersonId Id, string ShownAs, string Reference, string Structure, string? Address, string Commune, DateOnly AvailableFrom, PersonWords Words, Func<string, IReadOnlyList<Highlight>> Marks);

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/recherche/personnes", async (HttpContext context, SignedIn me, Communes communes, IMediator mediator, CancellationToken ct) =>
        {
            var (request, refusals) = SearchRequest.Read(context.Request.Query, FacetsOf(communes), communes);
            return SearchRequest.MayShowAgain(refusals)
                ? Page.Of<SearchPeoplePage>(new { Answer = await mediator.Send(new Query(me, request), ct), Me = me }, refusals.Count > 0 ? StatusCodes.Status400BadRequest : StatusCodes.Status200OK)
                : Page.Error(StatusCodes.Status400BadRequest, refusals);
        }).RequireAuthorization(Policies.FacilitatorOrStructure);
        app.MapApi(Policies.FacilitatorOrStructure).MapGet("/recherche/personnes", async (HttpContext context, SignedIn me, Communes communes, IMediator mediator, CancellationToken ct) =>
        {
            var (request, refusals) = SearchRequest.Read(context.Request.Query, FacetsOf(communes), communes);
            return refusals.Count > 0
                ? Problems.Of(StatusCodes.Status400BadRequest, refusals[0].Sentence, refusals)
                : TypedResults.Ok(Shape(await mediator.Send(new Query(me, request), ct)));
        }).WithSummary("Personnes par métier, compétence ou certificat, avec le nombre de réponses de chaque filtre.");
    }

    internal static IReadOnlyList<SearchFacet> FacetsOf(Communes communes) => [SearchColumns.DomainFacet, SearchColumns.DepartmentFacet(communes), SearchColumns.AvailableFacet];

    private static object Shape(Answer answer) => new
    {
        total = answer.Found,
        autour = answer.Request.Around?.Words,
        personnes = answer.Lines.Select(line => new
        {
            id = line.Id.Value,
            affichage = line.ShownAs,
            reference = line.Reference,
            structure = line.Structure,
            commune = line.Commune,
            disponible_le = line.AvailableFrom,
            metiers_recherches = line.Words.Wanted,
            metiers_exerces = line.Words.Held,
            competences = line.Words.Skills,
            certificats = line.Words.Certificates,
        }),
        filtres = SearchJson.Of(answer.Facets),
    };

    public sealed class Handler(Database database, PeopleIndex index, OccupationTitles titles, Communes communes, LastSeen seen, AnswerAge age, FrenchCalendar calendar)
        : IRequestHandler<Query, Answer>
    {
        public async Task<Answer> Handle(Query request, CancellationToken cancellationToken)
        {
            var state = await index.CurrentAsync(cancellationToken);
            if (state.AsOf is { } asOf && seen.PeopleOf(request.Me.OrganizationId) is { } known)
            {
                return FromMemory(request, state, known.Pools, known.Structures, asOf);
            }

            try
            {
                return await FromDatabaseAsync(request, state, cancellationToken);
            }
            catch (DbException fault) when (Database.IsAway(fault) && seen.PeopleOf(request.Me.OrganizationId) is { } before)
            {
                return FromMemory(request, state, before.Pools, before.Structures, calendar.Now);
            }
        }

        private async Task<Answer> FromDatabaseAsync(Query request, IndexState<PersonCard> state, CancellationToken ct)
        {
            await using var db = await database.OpenAsync(ct);
            var (me, isOwn) = (request.Me, IsOwn(request));
            var pools = isOwn ? new HashSet<Guid> { me.OrganizationId.Value } : await Visibility.PoolsOfAsync(db, me.OrganizationId, ct);
            var (search, facets, page) = Found(request, state, pools);
            var known = isOwn ? null : await KnownNamesAsync(db, me.OrganizationId, page.Hits.Select(hit => hit.Id), ct);
            var structures = (await OrganizationRecords.OfKindsAsync(db, OrganizationKinds.All.Where(kind => kind.HasPool()), ct)).ToDictionary(one => one.Id, one => one.Name);
            seen.KeepPeople(me.OrganizationId, pools, structures);

            // What is shown is read again where the truth is: a person unpublished a moment ago is not shown.
            var people = (await PersonRecords.ReadAsync(db, page.Hits.Select(hit => new PersonId(hit.Id)), ct))
                .Where(stored => pools.Contains(stored.Person.OrganizationId.Value) && stored.WithdrawnAt is null && (isOwn || stored.IsPublished))
                .ToDictionary(stored => stored.Person.Id.Value, stored => stored.Person);
            var lines = page.Hits.Where(hit => people.ContainsKey(hit.Id)).Select(hit =>
            {
                var person = people[hit.Id];
                return new Line(
                    person.Id, known is null || known.Contains(hit.Id) ? person.Identity.FullName : person.Identity.Initials, person.Reference,
                    structures.GetValueOrDefault(person.OrganizationId, ""), isOwn ? $"/viviers/personnes/{person.Id}" : null,
                    NameOf(person.Work.InseeCode), person.Work.AvailableFrom, PeopleIndex.WordsOf(person.Work, titles), search.Highlights);
            });
            return new Answer(request.Request, page.Found, [.. lines], FacetShown.Of(facets, request.Request, page), calendar.Today);
        }

        /// <summary>The same people as they were last known: by initials, without a link to a page that could not be read.</summary>
        private Answer FromMemory(
            Query request, IndexState<PersonCard> state, IReadOnlySet<Guid> pools, IReadOnlyDictionary<OrganizationId, string> structures, DateTimeOffset asOf)
        {
            age.From(asOf);
            var (search, facets, page) = Found(request, state, pools);
            var lines = page.Hits.Select(hit => state.Snapshot.Find(hit.Id)!).Select(row => new Line(
                new PersonId(row.Id), row.Facts.Initials, row.Facts.Reference, structures.GetValueOrDefault(row.Facts.Pool, ""), Address: null,
                NameOf(row.Facts.InseeCode), row.Facts.AvailableFrom, PersonWords.Of(row.Text), search.Highlights));
            return new Answer(request.Request, page.Found, [.. lines], FacetShown.Of(facets, request.Request, page), calendar.Today);
        }

        private (TextSearch<PersonCard> Search, IReadOnlyList<SearchFacet> Facets, TextPage Page) Found(Query request, IndexState<PersonCard> state, IReadOnlySet<Guid> pools)
        {
            var search = new TextSearch<PersonCard>(state.Snapshot, request.Request.ToTextQuery(titles, request.Typing));
            var facets = FacetsOf(communes);
            return (search, facets, search.Page(request.Request.Limit, [.. index.Scope(pools, publishedOnly: !IsOwn(request)), .. request.Request.Scope(state.Places)], request.Request.ToFacets(facets)));
        }

        private static bool IsOwn(Query request) => request.Me.Role != Roles.Facilitator;

        private string NameOf(string inseeCode) => communes.ByInsee(inseeCode)?.Name ?? inseeCode;

        /// <summary>The people whom the facilitator has taken into a preselection or a contract, for whom it reads the name.</summary>
        private static async Task<HashSet<Guid>> KnownNamesAsync(DbConnection db, OrganizationId facilitator, IEnumerable<Guid> people, CancellationToken ct)
        {
            var ids = await db.QueryAsync<Guid>(new CommandDefinition(
                $"""
                select person_id from preselection where facilitator_id = @facilitator and person_id {db.In("@ids")}
                union select person_id from work_contract where facilitator_id = @facilitator and person_id {db.In("@ids")}
                order by 1 limit 1000
                """,
                new { facilitator, ids = people.ToArray() }, cancellationToken: ct));
            return ids.ToHashSet();
        }
    }
}
