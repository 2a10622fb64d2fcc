using Matching.Rules;
using Matching.Rules.Hours;
using Matching.Web.Platform;
using Matching.Web.Platform.Records;
using MediatR;

namespace Matching.Web.Hours;

/// <summary>POST /heures/contrats/{id}/prolonger: an amendment moves the last day of a fixed-term contract.</summary>
public static class ExtendContract
{
    public sealed record Command(ContractId ContractId, DateOnly NewEnd, string Reason, SignedIn Who) : IRequest<Result<ContractId>>;

    public static void Map(IEndpointRouteBuilder app) =>
        app.MapPost("/heures/contrats/{id:guid}/prolonger", Post).RequireAuthorization(Policies.Facilitator);

    private static async Task<IResult> Post(Guid id, PostedForm form, SignedIn who, IMediator mediator, CancellationToken ct)
    {
        var contract = new ContractId(id);
        var end = form.Day("nouvelle_fin", "Nouvelle fin");
        var reason = form.Text("avenant", "Avenant ou motif", HourRules.ReasonMaximumLength);
        if (form.Errors.Any)
        {
            return await ReadLedger.ShowAgain(contract, form, who, mediator, StatusCodes.Status400BadRequest, ct);
        }

        return await (await mediator.Send(new Command(contract, end!.Value, reason, who), ct)).ToPageAsync(
            _ => Page.SeeOther($"/heures/contrats/{id}", "Le contrat est prolongé."),
            form,
            () => ReadLedger.ShowAgain(contract, form, who, mediator, StatusCodes.Status422UnprocessableEntity, ct));
    }

    public sealed class Handler(Database database, FrenchCalendar calendar, EventLog log) : IRequestHandler<Command, Result<ContractId>>
    {
        public Task<Result<ContractId>> Handle(Command request, CancellationToken cancellationToken) => database.WriteAsync<Result<ContractId>>(
            async (db, tx) =>
            {
                var ct = cancellationToken;
                await HourRecords.TakeTurnAsync(db, tx, request.ContractId, ct);
                if (await ContractRecords.FindAsync(db, request.ContractId, request.Who, ct, tx) is not { } stored)
                {
                    return Result.Missing;
                }

                var contract = stored.Contract;
                if (ContractChanges.CheckExtension(contract, stored.IsEnded, stored.RenewedBy is not null, request.NewEnd, request.Reason) is { } refusal)
                {
                    return Result.Refused("nouvelle_fin", refusal.Sentence, refusal.Rule);
                }

                await ContractWriting.ExtendAsync(
                    db, tx, contract.Id, contract.Period.End!.Value, request.NewEnd, request.Reason, request.Who, calendar.Now, ct);
                await log.AppendAsync(db, tx, "work_contract", contract.Id.Value, "contrat.prolonge", request.Who,
                    new { avant = contract.Period.End, fin = request.NewEnd }, ct);
                return contract.Id;
            },
            cancellationToken);
    }
}
