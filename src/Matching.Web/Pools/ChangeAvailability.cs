using Matching.Rules;
using Matching.Web.Platform;
using Matching.Web.Platform.Records;
using MediatR;

namespace Matching.Web.Pools;

/// <summary>POST /viviers/personnes/{id}/disponibilite: the day from which a person can work; it also confirms the person's facts today.</summary>
public static class ChangeAvailability
{
    public sealed record Command(PersonId Id, DateOnly AvailableFrom, SignedIn By) : IRequest<Result<PersonId>>;

    public static void Map(IEndpointRouteBuilder app) => app
        .MapPost("/viviers/personnes/{id:guid}/disponibilite", PostAsync).RequireAuthorization(Policies.Structure);

    private static async Task<IResult> PostAsync(Guid id, PostedForm form, SignedIn me, FrenchCalendar calendar, IMediator mediator, CancellationToken ct)
    {
        var day = form.Day("disponible_le", "Disponible le");
        if (day is { } typed && (typed.Year < 2000 || typed > calendar.Today.AddYears(5)))
        {
            form.Errors.Add("disponible_le", "Disponible le : écrire une date entre 2000 et dans cinq ans.");
        }

        if (form.Errors.Any || day is null)
        {
            return await ShowPerson.PageAsync(new PersonId(id), me, form, mediator, ct);
        }

        return (await mediator.Send(new Command(new PersonId(id), day.Value, me), ct))
            .ToPage(person => Page.SeeOther($"/viviers/personnes/{person}", "Disponibilité enregistrée."));
    }

    public sealed class Handler(Database database, ChangeFeed feed, FrenchCalendar calendar) : IRequestHandler<Command, Result<PersonId>>
    {
        public Task<Result<PersonId>> Handle(Command request, CancellationToken cancellationToken) => database.WriteAsync<Result<PersonId>>(
            async (db, tx) =>
            {
                if (await PersonRecords.FindAsync(db, request.Id, cancellationToken, tx) is not { } stored || stored.Person.OrganizationId != request.By.OrganizationId)
                {
                    return Result.Missing;
                }

                var work = stored.Person.Work with { AvailableFrom = request.AvailableFrom };
                var changed = stored.Person with { Work = work, CheckedOn = calendar.Today };
                await PersonRecords.UpsertAsync(db, tx, [changed], calendar.Now, cancellationToken);
                await feed.AppendAsync(db, tx, "person", [request.Id.Value], cancellationToken);
                return request.Id;
            },
            cancellationToken);
    }
}
