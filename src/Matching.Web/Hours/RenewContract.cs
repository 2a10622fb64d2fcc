using System.Data.Common;
using Matching.Rules;
using Matching.Rules.Hours;
using Matching.Rules.Postings;
using Matching.Rules.Preselection;
using Matching.Web.Platform;
using Matching.Web.Platform.Records;
using MediatR;

namespace Matching.Web.Hours;

/// <summary>POST /heures/contrats/{id}/renouveler: another contract of the same person, employer and lot, after this one.</summary>
public static class RenewContract
{
    public sealed record Command(ContractId ContractId, WorkContractKind Kind, DateOnly Start, DateOnly? End, int WeeklyMinutes, SignedIn Who)
        : IRequest<Result<ContractId>>;

    public static void Map(IEndpointRouteBuilder app) =>
        app.MapPost("/heures/contrats/{id:guid}/renouveler", Post).RequireAuthorization(Policies.Facilitator);

    private static async Task<IResult> Post(Guid id, PostedForm form, SignedIn who, IMediator mediator, CancellationToken ct)
    {
        var contract = new ContractId(id);
        var kind = form.Choice("contrat", "Type de contrat", WorkContracts.All.Select(row => row.Code));
        var (start, end) = (form.Day("debut", "Début du contrat"), form.OptionalDay("fin", "Fin du contrat"));
        var hours = form.Number("heures", "Heures par semaine", 1, 48);
        if (form.Errors.Any)
        {
            return await ReadLedger.ShowAgain(contract, form, who, mediator, StatusCodes.Status400BadRequest, ct);
        }

        var command = new Command(
            contract, WorkContracts.All.Single(row => row.Code == kind).Kind, start!.Value, end, (int)Math.Round(hours!.Value * 60m), who);
        return await (await mediator.Send(command, ct)).ToPageAsync(
            renewal => Page.SeeOther($"/heures/contrats/{renewal}", "Le renouvellement est enregistré : voici son registre."),
            form,
            () => ReadLedger.ShowAgain(contract, form, who, mediator, StatusCodes.Status422UnprocessableEntity, ct));
    }

    public sealed class Handler(Database database, FrenchCalendar calendar, EventLog log) : IRequestHandler<Command, Result<ContractId>>
    {
        public Task<Result<ContractId>> Handle(Command request, CancellationToken cancellationToken) =>
            database.WriteAsync((db, tx) => RenewAsync(request, db, tx, cancellationToken), cancellationToken);

        private async Task<Result<ContractId>> RenewAsync(Command it, DbConnection db, DbTransaction tx, CancellationToken ct)
        {
            await HourRecords.TakeTurnAsync(db, tx, it.ContractId, ct);
            if (await ContractRecords.FindAsync(db, it.ContractId, it.Who, ct, tx) is not { } stored)
            {
                return Result.Missing;
            }

            var previous = stored.Contract;
            if (ContractChanges.CheckRenewal(previous, stored.IsEnded, stored.RenewedBy is not null, it.Start) is { } refusal)
            {
                return Result.Refused("debut", refusal.Sentence, refusal.Rule);
            }

            var market = (await MarketRecords.FindAsync(db, stored.MarketId, ct, tx))!;
            var lot = (await MarketRecords.FindLotAsync(db, previous.LotId, ct, tx))!;
            var decision = await EligibilityRecords.CoveringAsync(db, previous.PersonId, market.Id, it.Start, ct, tx)
                ?? await EligibilityRecords.InForceAsync(db, previous.PersonId, market.Id, ct, tx);
            var lent = await AssociationRecords.StandingAsync(db, previous.PersonId, market, stored.EmployerKind, previous.Modality, it.Start, ct, tx);
            if (AssociationCap.CheckHire(lent) is { } full)
            {
                return Result.Refused("debut", full.Sentence, full.Rule);
            }

            var refusals = Hiring.Check(market, lot, decision, stored.EmployerKind, previous.Modality, it.Kind, it.Start, it.End, it.WeeklyMinutes);
            if (refusals.Count > 0)
            {
                return Result.Refused(refusals);
            }

            var renewal = previous with
            {
                Id = ContractId.New(),
                Kind = it.Kind,
                Period = new DatePeriod(it.Start, it.End),
                WeeklyMinutes = it.WeeklyMinutes,
                EligibleFrom = decision!.ValidFrom,
                CategoryCode = decision.CategoryCode,
                WithdrawnFrom = null,
            };
            await ContractWriting.InsertAsync(db, tx, new NewContract(renewal, market.Id, null, stored.FacilitatorId, Renews: previous.Id), calendar.Now, ct);
            await log.AppendAsync(db, tx, "work_contract", renewal.Id.Value, "contrat.renouvele", it.Who,
                new { suit = previous.Id.Value, debut = it.Start, fin = it.End, contrat = it.Kind.Code() }, ct);
            return renewal.Id;
        }
    }
}
