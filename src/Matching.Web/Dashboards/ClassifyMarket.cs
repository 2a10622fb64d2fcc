using Dapper;
using Matching.Rules;
using Matching.Rules.Reporting;
using Matching.Web.Platform;
using Matching.Web.Platform.Records;
using MediatR;

namespace Matching.Web.Dashboards;

/// <summary>POST /consolidation/marches/{marketId}: the sector of purchase and the operation of a marché, for the consolidation.</summary>
public static class ClassifyMarket
{
    public sealed record Command(MarketId MarketId, string Sector, string? Operation, SignedIn Who) : IRequest<Result<MarketId>>;

    public static void Map(IEndpointRouteBuilder app) => app.MapPost("/consolidation/marches/{marketId:guid}", async (Guid marketId, PostedForm form, SignedIn who, IMediator mediator, CancellationToken ct) =>
    {
        var command = new Command(new MarketId(marketId), form.Choice("secteur", "Secteur d’achat", Consolidations.Sectors.Select(row => row.Code)), form.OptionalText("operation", "Opération", 120), who);
        return form.Errors.Any ? Page.Error(StatusCodes.Status400BadRequest, form.Errors.All)
            : (await mediator.Send(command, ct)).ToPage(_ => Page.SeeOther("/consolidation#marches", "Marché classé."));
    }).RequireAuthorization(Policies.Facilitator);

    public sealed class Handler(Database database, EventLog events) : IRequestHandler<Command, Result<MarketId>>
    {
        public Task<Result<MarketId>> Handle(Command request, CancellationToken cancellationToken) => database.WriteAsync<Result<MarketId>>(
            async (db, tx) =>
            {
                var market = await MarketRecords.FindOwnAsync(db, request.MarketId, request.Who, cancellationToken, tx);
                if (market is null)
                {
                    return Result.Missing;
                }

                await db.ExecuteAsync(new CommandDefinition(
                    """
                    insert into market_classification (market_id, sector, operation) values (@MarketId, @Sector, @Operation)
                    on conflict (market_id) do update set sector = excluded.sector, operation = excluded.operation
                    """,
                    new { request.MarketId, request.Sector, request.Operation }, tx, cancellationToken: cancellationToken));
                await events.AppendAsync(db, tx, "market", market.Id.Value, "market.classified", request.Who, new { sector = request.Sector, operation = request.Operation }, cancellationToken);
                return market.Id;
            },
            cancellationToken);
    }
}
