using Dapper;
using Matching.Features;
using Matching.Rules;
using Matching.Rules.Postings;
using Matching.Rules.Preselection;
using Matching.Web.Platform;
using Matching.Web.Platform.Records;
using MediatR;

namespace Matching.Web.Ranking;

/// <summary>
/// GET /listes/{id}/personnes/{personId}/fiche: the sheet that a person may ask for (CRPA R311-3-1-2), made from the list as it was shown. Read by
/// the facilitator of the posting and by the person's own structure.
/// </summary>
public static class ExplainStored
{
    public sealed record Query(RankedListId ListId, PersonId PersonId, SignedIn User) : IRequest<Result<Answer>>;

    /// <param name="Name">The initials, for a facilitator who has not taken the person into a preselection.</param>
    /// <param name="HasModel">Whether the file of the model of that day is still here, to say what each criterion may be worth.</param>
    /// <param name="Steps">What people decided afterwards for this posting, the first step first.</param>
    public sealed record Answer(
        StoredLine Line, string Name, string Posting, string Facilitator, string? FacilitatorContact, bool HasModel, IReadOnlyList<Part> Parts, IReadOnlyList<Step> Steps);

    /// <param name="Lowest">The least that the criterion may be worth in that model.</param>
    public sealed record Part(string Label, string Sentence, string Source, int Points, int Lowest, int Highest);

    public sealed record Step(DateTimeOffset At, string By, string Label);

    public static void Map(IEndpointRouteBuilder app) =>
        app.MapGet("/listes/{id:guid}/personnes/{personId:guid}/fiche", async (Guid id, Guid personId, SignedIn user, IMediator mediator, CancellationToken ct) =>
            (await mediator.Send(new Query(new RankedListId(id), new PersonId(personId), user), ct)).ToPage(answer => Page.Of<ExplainStoredPage>(new { Answer = answer, IsStructure = user.Role == Roles.Structure })))
            .RequireAuthorization(Policies.FacilitatorOrStructure);

    public sealed class Handler(Database database, ModelShelf shelf, FileOpenings openings) : IRequestHandler<Query, Result<Answer>>
    {
        private const int MostSteps = 100;

        public async Task<Result<Answer>> Handle(Query request, CancellationToken cancellationToken)
        {
            await using var db = await database.OpenAsync(cancellationToken);
            var me = request.User;
            if (await StoredLists.FindAsync(db, request.ListId, request.PersonId, cancellationToken) is not { } line
                || await PostingRecords.FindAsync(db, line.PostingId, cancellationToken) is not { } posting
                || await PersonRecords.FindAsync(db, request.PersonId, cancellationToken) is not { } stored
                || !await MayReadAsync(db, me, posting, stored, cancellationToken))
            {
                return Result.Missing;
            }

            var person = stored.Person;
            await openings.NoteAsync(person.Id, me, "fiche", cancellationToken);
            var named = me.Role == Roles.Structure || await Visibility.FacilitatorKnowsNameAsync(db, me.OrganizationId, person.Id, cancellationToken);
            var facilitator = await OrganizationRecords.FindAsync(db, posting.FacilitatorId, cancellationToken);
            var model = await shelf.FindAsync(db, line.ModelVersion, cancellationToken);
            var steps = await db.QueryAsync<(DateTimeOffset At, string By, string State)>(new CommandDefinition(
                $"""
                select s.at, s.by_name, s.to_state from preselection_step s join preselection p on p.id = s.preselection_id
                where p.posting_id = @PostingId and p.person_id = @PersonId order by s.at, s.id limit {MostSteps}
                """,
                new { line.PostingId, line.PersonId }, cancellationToken: cancellationToken));
            return new Answer(
                line, named ? person.Identity.FullName : person.Identity.Initials, posting.Terms.Title, facilitator?.Name ?? "", facilitator?.Email ?? facilitator?.Phone,
                model is not null, [.. line.Points.Select(point => PartOf(point, line.Points, model))],
                [.. steps.Select(step => new Step(step.At, step.By, PreselectionStates.TryParse(step.State, out var state) ? state.Label() : step.State))]);
        }

        private static async Task<bool> MayReadAsync(System.Data.Common.DbConnection db, SignedIn me, Posting posting, StoredPerson stored, CancellationToken ct) =>
            me.Role == Roles.Structure
                ? stored.Person.OrganizationId == me.OrganizationId
                : posting.FacilitatorId == me.OrganizationId && await Visibility.FacilitatorMaySeeAsync(db, me.OrganizationId, stored.Person.Id, ct);

        private static Part PartOf(Engine.Explanations.FeaturePoints point, IReadOnlyList<Engine.Explanations.FeaturePoints> line, RankerModel? model)
        {
            var shape = model?.Features.FirstOrDefault(it => it.Name == point.Feature);
            var pair = model?.Pairs?.FirstOrDefault(it => it.Name == point.Feature);
            return new Part(
                PairWords.LabelOf(point.Feature), FeatureCatalogue.ByName(point.Feature)?.BinOf(point.Code).Sentence ?? PairWords.SentenceOf(point.Feature, line), PairWords.SourceOf(point.Feature) ?? "non connue",
                point.Points, shape?.Points.Values.Min() ?? pair?.Lowest ?? point.Points, shape?.Points.Values.Max() ?? pair?.Highest ?? point.Points);
        }
    }
}
