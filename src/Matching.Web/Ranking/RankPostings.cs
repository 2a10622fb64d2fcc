using Matching.Features;
using Matching.Rules;
using Matching.Rules.Preselection;
using Matching.Web.Platform;
using Matching.Web.Platform.Records;
using MediatR;

namespace Matching.Web.Ranking;

/// <summary>GET /personnes/{id}/offres, and the same under /api/v1: the open postings for one person of the reader's structure, best first, and why.</summary>
public static class RankPostings
{
    public const int MostShown = 20;

    public sealed record Query(PersonId PersonId, SignedIn User) : IRequest<Result<Answer>>;

    /// <param name="IsPublished">Someone not published is compared with nothing: no facilitator sees them.</param>
    /// <param name="Passing">Postings that no rule shuts, shown or not.</param>
    public sealed record Answer(
        PersonId PersonId, string Name, bool IsPublished, string ModelVersion, int Open, int Compared, int Passing,
        IReadOnlyList<Fit> Postings, IReadOnlyList<Shut> Shut);

    /// <param name="Rank">Where the person stands in the facilitator's list of this posting.</param>
    public sealed record Fit(
        OfferedPosting Posting, int Score, int Rank, int Ranked, CandidateReasons Reasons, IReadOnlyList<Improvement> Improvements, PreselectionState? State);

    public sealed record Shut(OfferedPosting Posting, IReadOnlyList<HardRule> Rules);

    public static void Map(IEndpointRouteBuilder app) =>
        app.MapGet("/personnes/{id:guid}/offres", async (Guid id, SignedIn user, IMediator mediator, CancellationToken ct) =>
            (await mediator.Send(new Query(new PersonId(id), user), ct)).ToPage(answer => Page.Of<RankPostingsPage>(new { Answer = answer })))
            .RequireAuthorization(Policies.Structure);

    public static void MapApi(IEndpointRouteBuilder app) =>
        app.MapApi(Policies.Structure).MapGet("/personnes/{id:guid}/offres", async (Guid id, SignedIn user, IMediator mediator, CancellationToken ct) =>
            (await mediator.Send(new Query(new PersonId(id), user), ct)).ToJson(Shape))
            .WithSummary("Offres ouvertes pour une personne de la structure, les mieux placées d’abord, avec les raisons.");

    private static object Shape(Answer answer) => new
    {
        personne = answer.PersonId.Value,
        publiee = answer.IsPublished,
        modele = answer.ModelVersion,
        offres_ouvertes = answer.Open,
        offres_comparees = answer.Compared,
        offres_possibles = answer.Passing,
        offres = answer.Postings.Select(fit => new
        {
            offre = fit.Posting.Id.Value,
            intitule = fit.Posting.Title,
            commune = fit.Posting.Commune,
            debut = fit.Posting.StartsOn,
            facilitateur = fit.Posting.Facilitator,
            points = fit.Score,
            rang = fit.Rank,
            personnes_classees = fit.Ranked,
            raisons_pour = fit.Reasons.For.Select(CandidateJson.ReasonOf),
            raisons_contre = fit.Reasons.Against.Select(CandidateJson.ReasonOf),
            autres_points = fit.Reasons.OtherPoints,
            ce_qui_changerait = fit.Improvements.Select(CandidateJson.ImprovementOf),
            etape = fit.State?.Code(),
        }),
        fermees = answer.Shut.Select(shut => new { offre = shut.Posting.Id.Value, intitule = shut.Posting.Title, regles = shut.Rules.Select(rule => new { regle = rule.Code, phrase = rule.Sentence }) }),
    };

    public sealed class Handler(Database database, OpenPostings postings, FileOpenings openings, ActiveModel active, AnswerAge age) : IRequestHandler<Query, Result<Answer>>
    {
        public async Task<Result<Answer>> Handle(Query request, CancellationToken cancellationToken)
        {
            await using var db = await database.OpenAsync(cancellationToken);
            if (await PersonRecords.FindAsync(db, request.PersonId, cancellationToken) is not { } stored || stored.Person.OrganizationId != request.User.OrganizationId)
            {
                return Result.Missing;
            }

            var person = stored.Person;
            await openings.NoteAsync(person.Id, request.User, "offres", cancellationToken);
            var found = stored.IsPublished ? await postings.SearchAsync(db, request.User.OrganizationId, cancellationToken) : new OpenPostings.Found(0, []);
            age.Behind(found.Compared.Any(it => it.Search.IsBehind));
            var explained = found.Compared
                .Select(it => (it.Posting, it.Search, Explained: it.Search.Ranking.Explain(person.Id.Value)))
                .Where(it => it.Explained is { InScope: true }).ToList();
            var open = explained.Where(it => it.Explained!.Rank is not null).ToList();
            // Equal points: the posting where fewer people stand before, then the one that starts first.
            var best = open.OrderByDescending(it => it.Explained!.Score).ThenBy(it => it.Explained!.Rank).ThenBy(it => it.Posting.StartsOn).ThenBy(it => it.Posting.Id.Value).Take(MostShown);
            return new Answer(
                person.Id, person.Identity.FullName, stored.IsPublished, (await active.CurrentAsync(db, cancellationToken)).Model.Version, found.Total, explained.Count, open.Count,
                [.. best.Select(it => FitOf(person, it.Posting, it.Search, it.Explained!))],
                [.. explained.Where(it => it.Explained!.Rank is null).OrderBy(it => it.Posting.Title, StringComparer.Ordinal).ThenBy(it => it.Posting.Id.Value)
                    .Select(it => new Shut(it.Posting, [.. it.Explained!.FailedFilters.Select(code => CandidateQuery.Rules.Single(rule => rule.Code == code))]))]);
        }

        private static Fit FitOf(Rules.People.Person person, OfferedPosting posting, SearchedPosting search, Engine.Explanations.RowExplanation<PooledPerson> explained) => new(
            posting, explained.Score, explained.Rank!.Value, search.Ranking.Counts.Passing,
            CandidateReasons.Of(explained.Points, search.Context, person.Work),
            CandidateReasons.ImprovementsOf(search.Ranking.Changes(person.Id.Value, CandidateQuery.Reachable)),
            search.StatesHere.TryGetValue(person.Id.Value, out var state) ? state : null);
    }
}
