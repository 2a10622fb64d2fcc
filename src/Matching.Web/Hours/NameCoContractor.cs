using Matching.Rules;
using Matching.Web.Platform;
using Matching.Web.Platform.Records;
using MediatR;

namespace Matching.Web.Hours;

/// <summary>POST /heures/contrats/{id}/cotraitant: for which co-contractor of the lot the hours of a contract are done.</summary>
public static class NameCoContractor
{
    public sealed record Command(ContractId ContractId, OrganizationId CompanyId, SignedIn Who) : IRequest<Result<ContractId>>;

    public static void Map(IEndpointRouteBuilder app) => app.MapPost("/heures/contrats/{id:guid}/cotraitant", Post).RequireAuthorization(Policies.Facilitator);

    private static async Task<IResult> Post(Guid id, PostedForm form, SignedIn who, IMediator mediator, CancellationToken ct)
    {
        var contract = new ContractId(id);
        return form.Id("cotraitant", "Cotraitant") is not { } company
            ? await ReadLedger.ShowAgain(contract, form, who, mediator, StatusCodes.Status400BadRequest, ct)
            : await (await mediator.Send(new Command(contract, new OrganizationId(company), who), ct)).ToPageAsync(
                _ => Page.SeeOther($"/heures/contrats/{id}", "Le cotraitant est noté."),
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

                if ((await TargetRecords.SharesAsync(db, stored.Contract.LotId, ct, tx)).All(it => it.Share.CompanyId != request.CompanyId))
                {
                    return Result.Refused("cotraitant", "Cotraitant : choisir l’une des entreprises qui se partagent les heures de ce lot.");
                }

                if ((await CoContractorRecords.OfLotAsync(db, stored.Contract.LotId, ct, tx)).GetValueOrDefault(request.ContractId) == request.CompanyId)
                {
                    return request.ContractId;
                }

                await CoContractorRecords.AppendAsync(db, tx, request.ContractId, request.CompanyId, request.Who, calendar.Now, ct);
                await log.AppendAsync(db, tx, "work_contract", request.ContractId.Value, "contrat.cotraitant", request.Who, new { entreprise = request.CompanyId.Value }, ct);
                return request.ContractId;
            },
            cancellationToken);
    }
}
