using Matching.Rules;
using Matching.Rules.Eligibility;
using Matching.Rules.Markets;
using Matching.Web.Platform;
using Matching.Web.Platform.Records;
using Matching.Web.Platform.Reference;
using MediatR;

namespace Matching.Web.Pools;

/// <summary>GET /viviers/personnes/{id}: everything the structure knows of one of its people, and where the person stands under each public.</summary>
public static class ShowPerson
{
    public sealed record Query(PersonId Id, SignedIn Reader) : IRequest<Result<Answer>>;

    /// <param name="Stored">As stored, but the trades typed as codes of the ROME, which bear their names.</param>
    public sealed record Answer(StoredPerson Stored, string Commune, IReadOnlyList<(string Code, string Label)> Wanted, IReadOnlyList<(PublicCategory Public, Standing Standing)> Standings);

    public static void Map(IEndpointRouteBuilder app) => app
        .MapGet("/viviers/personnes/{id:guid}", async (Guid id, SignedIn me, IMediator mediator, CancellationToken ct) =>
            await PageAsync(new PersonId(id), me, null, mediator, ct))
        .RequireAuthorization(Policies.Structure);

    /// <summary>The page, also shown again by the forms it holds.</summary>
    public static async Task<IResult> PageAsync(PersonId id, SignedIn me, PostedForm? form, IMediator mediator, CancellationToken ct) =>
        (await mediator.Send(new Query(id, me), ct)).ToPage(answer => Page.Of<ShowPersonPage>(
            new { Answer = answer, Form = form ?? PostedForm.Of(("disponible_le", answer.Stored.Person.Work.AvailableFrom.ToString("dd/MM/yyyy", System.Globalization.CultureInfo.InvariantCulture))) },
            form is { Errors.Any: true } ? StatusCodes.Status400BadRequest : StatusCodes.Status200OK));

    public sealed class Handler(Database database, Communes communes, OccupationTitles occupations, FileOpenings openings, FrenchCalendar calendar) : IRequestHandler<Query, Result<Answer>>
    {
        public async Task<Result<Answer>> Handle(Query request, CancellationToken cancellationToken)
        {
            await using var db = await database.OpenAsync(cancellationToken);
            if (await PersonRecords.FindAsync(db, request.Id, cancellationToken) is not { } stored || stored.Person.OrganizationId != request.Reader.OrganizationId)
            {
                return Result.Missing;
            }

            var facts = await EligibilityRecords.FactsWithSeenProofsAsync(db, stored.Person, cancellationToken);
            await openings.NoteAsync(request.Id, request.Reader, "vivier", cancellationToken);
            return new Answer(
                stored with { Person = InWords(stored.Person) },
                communes.ByInsee(stored.Person.Work.InseeCode)?.Name ?? stored.Person.Work.InseeCode,
                [.. stored.Person.Work.Wanted.Select(rome => (rome.Value, occupations.ByCode(rome)?.Label ?? ""))],
                [.. PublicCategories.All.Where(category => category.IsDeclared).Select(category => (category, category.Check(facts, EligibilityTerms.Usual, calendar.Today)))]);
        }

        private Rules.People.Person InWords(Rules.People.Person person) => person with
        {
            Work = person.Work with
            {
                Experiences = [.. person.Work.Experiences.Select(it => it with { Title = occupations.Named(it.Title) })],
                Past = person.Work.Past is not { } past ? null : past with { Missions = [.. past.Missions.Select(it => it with { Title = occupations.Named(it.Title) })] },
            },
        };
    }
}
