using System.Data.Common;
using Dapper;
using Matching.Rules;
using Matching.Web.Platform;
using Matching.Web.Platform.Records;
using MediatR;

namespace Matching.Web.Ranking;

/// <summary>GET /viviers/correspondances, and the same under /api/v1: for each posting how many of my people fit, for each person the best postings.</summary>
public static class MatchPool
{
    public const int PageSize = 20;
    public const int BestOfPerson = 3;

    public sealed record Query(SignedIn User, int Page) : IRequest<Answer>;

    /// <param name="Open">Postings open to the structure, compared or not.</param>
    public sealed record Answer(
        string ModelVersion, int Open, IReadOnlyList<PostingLine> Postings, IReadOnlyList<PersonLine> People, int Published, int PageNumber)
    {
        public int PageCount => (Published + PageSize - 1) / PageSize;
    }

    /// <param name="Fitting">People of this structure that no rule shuts out.</param>
    public sealed record PostingLine(OfferedPosting Posting, int Fitting);

    public sealed record PersonLine(PersonId Id, string Name, string Reference, int Possible, IReadOnlyList<(OfferedPosting Posting, int Score, int Rank)> Best);

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/viviers/correspondances", async (SignedIn user, IMediator mediator, CancellationToken ct, string? page = null) =>
            Page.Of<MatchPoolPage>(new { Answer = await mediator.Send(new Query(user, PageOf(page)), ct) })).RequireAuthorization(Policies.Structure);
        app.MapApi(Policies.Structure).MapGet("/viviers/correspondances", async (SignedIn user, IMediator mediator, CancellationToken ct, string? page = null) =>
            TypedResults.Ok(Shape(await mediator.Send(new Query(user, PageOf(page)), ct))))
            .WithSummary("Qui correspond à quoi : par offre ouverte, combien de personnes de la structure ; par personne, les meilleures offres.");
    }

    private static int PageOf(string? typed) => int.TryParse(typed, out var page) && page is >= 1 and <= 1_000_000 ? page : 1;

    private static object Shape(Answer answer) => new
    {
        modele = answer.ModelVersion,
        offres_ouvertes = answer.Open,
        personnes_publiees = answer.Published,
        page = answer.PageNumber,
        pages = answer.PageCount,
        offres = answer.Postings.Select(line => new { offre = line.Posting.Id.Value, intitule = line.Posting.Title, commune = line.Posting.Commune, personnes_possibles = line.Fitting }),
        personnes = answer.People.Select(line => new
        {
            personne = line.Id.Value,
            reference = line.Reference,
            offres_possibles = line.Possible,
            meilleures = line.Best.Select(it => new { offre = it.Posting.Id.Value, intitule = it.Posting.Title, points = it.Score, rang = it.Rank }),
        }),
    };

    public sealed class Handler(Database database, OpenPostings postings, ActiveModel active, AnswerAge age) : IRequestHandler<Query, Answer>
    {
        public async Task<Answer> Handle(Query request, CancellationToken cancellationToken)
        {
            await using var db = await database.OpenAsync(cancellationToken);
            var pool = request.User.OrganizationId;
            var found = await postings.SearchAsync(db, pool, cancellationToken);
            age.Behind(found.Compared.Any(it => it.Search.IsBehind));
            var (published, people) = await PeopleAsync(db, pool, request.Page, cancellationToken);
            var counted = found.Compared.Select(it => (it.Search, it.Posting, Fitting: it.Search.OfPool(pool)?.Counts.Passing)).Where(it => it.Fitting is not null).ToList();
            var mine = counted.ConvertAll(it => (it.Search, it.Posting));
            return new Answer(
                (await active.CurrentAsync(db, cancellationToken)).Model.Version, found.Total,
                [.. counted.Select(it => new PostingLine(it.Posting, it.Fitting ?? 0))
                    .OrderByDescending(line => line.Fitting).ThenBy(line => line.Posting.StartsOn).ThenBy(line => line.Posting.Id.Value)],
                [.. people.Select(person => LineOf(person, mine))],
                published, request.Page);
        }

        private static PersonLine LineOf((Guid Id, string Reference, string LastName, string FirstName) person, IReadOnlyList<(SearchedPosting Search, OfferedPosting Posting)> mine)
        {
            var possible = mine.Select(it => (it.Posting, Explained: it.Search.Ranking.Explain(person.Id)))
                .Where(it => it.Explained is { InScope: true, Rank: not null })
                .Select(it => (it.Posting, it.Explained!.Score, Rank: it.Explained.Rank!.Value)).ToList();
            return new PersonLine(
                new PersonId(person.Id), $"{person.FirstName} {person.LastName}", person.Reference, possible.Count,
                [.. possible.OrderByDescending(it => it.Score).ThenBy(it => it.Rank).ThenBy(it => it.Posting.StartsOn).ThenBy(it => it.Posting.Id.Value).Take(BestOfPerson)]);
        }

        private static async Task<(int Total, IReadOnlyList<(Guid Id, string Reference, string LastName, string FirstName)> People)> PeopleAsync(
            DbConnection db, OrganizationId pool, int page, CancellationToken ct)
        {
            const string published = $"p.organization_id = @pool and {Visibility.PersonIsPublished}";
            var total = await db.QuerySingleAsync<int>(new CommandDefinition(
                $"select cast(count(*) as integer) from person p where {published}", new { pool }, cancellationToken: ct));
            var people = await db.QueryAsync<(Guid, string, string, string)>(new CommandDefinition(
                $"""
                select p.id, p.reference, p.last_name, p.first_name from person p where {published}
                order by p.last_name, p.first_name, p.id limit {PageSize} offset @skipped
                """,
                new { pool, skipped = (page - 1) * PageSize }, cancellationToken: ct));
            return (total, [.. people]);
        }
    }
}
