using System.Data.Common;
using Dapper;
using Matching.Rules;
using Matching.Rules.Markets;
using Matching.Web.Platform;
using Matching.Web.Platform.Records;
using Matching.Web.Platform.Reference;
using MediatR;

namespace Matching.Web.Markets;

/// <summary>POST /marches/{id}/lots: one more lot, with the hours it owes.</summary>
public static class AddLot
{
    /// <param name="Number">As written in the contract; a second lot of that number is refused, so that sending a form twice adds one.</param>
    public sealed record Command(SignedIn Me, MarketId MarketId, int Number, LotTerms Lot) : IRequest<Result<LotId>>;

    public static void Map(IEndpointRouteBuilder app) => app.MapPost("/marches/{id:guid}/lots", PostAsync).RequireAuthorization(Policies.Facilitator);

    private static async Task<IResult> PostAsync(Guid id, PostedForm form, SignedIn me, Communes communes, IMediator mediator, CancellationToken ct)
    {
        var command = new Command(me, new MarketId(id), form.WholeNumber("lot_numero", "Numéro du lot", 1, 999) ?? 0, MarketTerms.ReadLot(form, communes));
        if (form.Errors.Any)
        {
            return await ShowMarket.ShowAsync(mediator, me, command.MarketId, form, StatusCodes.Status400BadRequest, ct);
        }

        var added = await mediator.Send(command, ct);
        if (added.IsFound)
        {
            return Page.SeeOther($"/marches/{id}", "Lot ajouté.");
        }

        added.Match(_ => true, () => true, reasons =>
        {
            form.Errors.AddRange(reasons);
            return true;
        });
        return form.Errors.Any ? await ShowMarket.ShowAsync(mediator, me, command.MarketId, form, StatusCodes.Status422UnprocessableEntity, ct) : Page.Missing();
    }

    /// <summary>Null when the lot was added.</summary>
    internal static async Task<Result.No?> InsertAsync(DbConnection db, DbTransaction tx, MarketId market, int number, LotTerms lot, CancellationToken ct)
    {
        if (lot.CompanyId is { } company && await KindOfAsync(db, tx, company, ct) is not (OrganizationKind.Entreprise or (>= OrganizationKind.Ei and <= OrganizationKind.Esat)))
        {
            return Result.Refused("titulaire", "Titulaire : choisir une entreprise ou une structure de la liste.");
        }

        var period = (await MarketRecords.FindAsync(db, market, ct, tx))!.Period;
        if (lot.Days is { } days && (!period.Contains(days.Start) || days.End > period.End))
        {
            return Result.Refused("lot_debut", "Dates du lot : elles se tiennent dans celles du marché. Corriger les unes ou les autres.");
        }

        var added = await db.ExecuteAsync(new CommandDefinition(
            """
            insert into lot (id, market_id, number, title, target_hours, modalities, insee_code, company_id, starts_on, ends_on)
            values (@id, @market, @number, @Title, @TargetHours, @modalities, @InseeCode, @CompanyId, @Start, @End)
            on conflict (market_id, number) do nothing
            """,
            new
            {
                id = LotId.New(),
                market,
                number,
                lot.Title,
                lot.TargetHours,
                lot.InseeCode,
                lot.CompanyId,
                lot.Days?.Start,
                lot.Days?.End,
                modalities = MarketRecords.JoinCodes(lot.Modalities.Select(one => MarketVocabulary.Modalities.Single(row => row.Value == one).Code)),
            },
            tx, cancellationToken: ct));
        return added == 0 ? Result.Refused("lot_numero", $"Numéro du lot : le lot {number} existe déjà dans ce marché. Prendre un autre numéro.") : null;
    }

    private static async Task<OrganizationKind?> KindOfAsync(DbConnection db, DbTransaction tx, OrganizationId id, CancellationToken ct)
    {
        var code = await db.QueryFirstOrDefaultAsync<string>(new CommandDefinition("select kind from organization where id = @id", new { id }, tx, cancellationToken: ct));
        return OrganizationKinds.TryParse(code, out var kind) ? kind : null;
    }

    public sealed class Handler(Database database, EventLog events) : IRequestHandler<Command, Result<LotId>>
    {
        public Task<Result<LotId>> Handle(Command request, CancellationToken cancellationToken) => database.WriteAsync<Result<LotId>>(
            async (db, tx) =>
            {
                var market = await MarketRecords.FindOwnAsync(db, request.MarketId, request.Me, cancellationToken, tx);
                if (market is null)
                {
                    return Result.Missing;
                }

                if (await InsertAsync(db, tx, market.Id, request.Number, request.Lot, cancellationToken) is { } fault)
                {
                    return fault;
                }

                await events.AppendAsync(db, tx, "market", market.Id.Value, "lot.added", request.Me, new { number = request.Number, hours = request.Lot.TargetHours }, cancellationToken);
                return (await MarketRecords.LotsAsync(db, market.Id, cancellationToken, tx)).Single(lot => lot.Number == request.Number).Id;
            },
            cancellationToken);
    }
}
