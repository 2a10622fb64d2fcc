using Dapper;
using Matching.Rules;
using Matching.Rules.Preselection;
using Matching.Web.Platform;
using MediatR;

namespace Matching.Web.Preselection;

/// <summary>GET and POST /preselections/{id}/fin: the last day of the contract and the person's situation as they leave.</summary>
public sealed partial class EndContract
{
    public sealed record Query(PreselectionId Id, SignedIn User) : IRequest<Result<Answer>>;

    public sealed record Command(PreselectionId Id, DateOnly EndedOn, string ExitCode, SignedIn User) : IRequest<Result<StoredPreselection>>;

    /// <param name="EndsOn">The last day that the contract foresaw; null for a CDI.</param>
    public sealed record Answer(StoredPreselection Preselection, DateOnly StartsOn, DateOnly? EndsOn);

    /// <summary>The contract of a hire, or the last of its renewals; <c>@Id</c> is the preselection.</summary>
    internal const string LastOfHire = """
        with recursive chain (id, place) as (
            select c.id, 0 from work_contract c where c.preselection_id = @Id
            union all
            select n.id, chain.place + 1 from work_contract n join chain on n.renews_id = chain.id)
        select id from chain order by place desc limit 1
        """;

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/preselections/{id:guid}/fin", (Guid id, SignedIn user, IMediator mediator, CancellationToken ct) =>
            PageAsync(new PreselectionId(id), user, mediator, PostedForm.Of(), [], ct)).RequireAuthorization(Policies.Facilitator);
        app.MapPost("/preselections/{id:guid}/fin", async (Guid id, PostedForm form, SignedIn user, IMediator mediator, CancellationToken ct) =>
        {
            var day = form.Day("fin", "Dernier jour");
            var exit = form.Choice("sortie", "Situation à la sortie", Reasons.Of(ReasonList.Exit).Select(r => r.Code));
            var result = form.Errors.Any
                ? Result.Refused(form.Errors.All)
                : await mediator.Send(new Command(new PreselectionId(id), day!.Value, exit, user), ct);
            return await result.Match(
                _ => Task.FromResult(Page.SeeOther($"/preselections/{id}", "Fin de contrat enregistrée. Un remplacement peut être cherché.")),
                () => Task.FromResult(Page.Missing()),
                refusals => PageAsync(new PreselectionId(id), user, mediator, form, refusals, ct));
        }).RequireAuthorization(Policies.Facilitator);
    }

    private static async Task<IResult> PageAsync(
        PreselectionId id, SignedIn user, IMediator mediator, PostedForm form, IReadOnlyList<Refusal> refusals, CancellationToken ct)
    {
        var result = await mediator.Send(new Query(id, user), ct);
        var status = PostedAgain.StatusOf(form, refusals);
        return result.ToPage(view => Page.Of<EndContract>(
            new { View = view, Form = form },
            status));
    }

    private sealed record ContractDays(DateOnly StartsOn, DateOnly? EndsOn);

    public sealed class ShowHandler(Database database) : IRequestHandler<Query, Result<Answer>>
    {
        public async Task<Result<Answer>> Handle(Query request, CancellationToken cancellationToken)
        {
            await using var db = await database.OpenAsync(cancellationToken);
            var stored = await PreselectionStore.FindAsync(db, request.Id, cancellationToken);
            if (stored?.RoleOf(request.User) != PreselectionActor.Facilitator)
            {
                return Result.Missing;
            }

            var days = await db.QuerySingleOrDefaultAsync<ContractDays>(new CommandDefinition(
                $"select starts_on, ends_on from work_contract where id = ({LastOfHire})", new { request.Id }, cancellationToken: cancellationToken));
            return days is null || stored!.State != PreselectionState.Hired
                ? Result.Refused("", $"La fin d’un contrat s’enregistre pour une personne embauchée ; celle-ci est « {stored!.State.Label()} ».")
                : new Answer(stored, days.StartsOn, days.EndsOn);
        }
    }

    public sealed class Handler(Database database, EventLog log, FrenchCalendar calendar) : IRequestHandler<Command, Result<StoredPreselection>>
    {
        public Task<Result<StoredPreselection>> Handle(Command request, CancellationToken cancellationToken) =>
            database.WriteAsync<Result<StoredPreselection>>(
                async (db, tx) =>
                {
                    var stored = await PreselectionStore.FindAsync(db, request.Id, cancellationToken, tx);
                    if (stored?.RoleOf(request.User) != PreselectionActor.Facilitator)
                    {
                        return Result.Missing;
                    }

                    var start = await db.QuerySingleOrDefaultAsync<DateOnly?>(new CommandDefinition(
                        $"select starts_on from work_contract where id = ({LastOfHire})", new { request.Id }, tx, cancellationToken: cancellationToken));
                    if (request.EndedOn < start || request.EndedOn > calendar.Today)
                    {
                        return Result.Refused("fin", $"Le dernier jour va du début du contrat ({start:dd/MM/yyyy}) à aujourd’hui ({calendar.Today:dd/MM/yyyy}).");
                    }

                    var author = new StepAuthor(PreselectionActor.Facilitator, request.User.DisplayName, request.User);
                    var step = new PreselectionStep(PreselectionState.Hired, PreselectionState.Ended, author, request.ExitCode);
                    if (await PreselectionStore.MoveAsync(db, tx, log, request.Id, step, calendar.Now, cancellationToken) is { } refusal)
                    {
                        return Result.Refused("", refusal, Transitions.OneTable);
                    }

                    await db.ExecuteAsync(new CommandDefinition(
                        $"update work_contract set ended_on = @EndedOn, exit_code = @ExitCode where id = ({LastOfHire})",
                        new { request.Id, request.EndedOn, request.ExitCode }, tx, cancellationToken: cancellationToken));
                    return stored!;
                },
                cancellationToken);
    }
}
