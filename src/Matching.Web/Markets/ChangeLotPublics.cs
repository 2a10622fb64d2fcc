using Dapper;
using Matching.Rules;
using Matching.Rules.Markets;
using Matching.Web.Platform;
using Matching.Web.Platform.Records;
using MediatR;

namespace Matching.Web.Markets;

/// <summary>POST /marches/{id}/lots/{lotId}/publics: the publics that one lot keeps among those of the marché, as a new version; none ticked keeps them all.</summary>
public static class ChangeLotPublics
{
    /// <param name="FromVersion">The version that the person had before their eyes; refused when it is no longer the last.</param>
    public sealed record Command(SignedIn Me, MarketId MarketId, LotId LotId, int FromVersion, IReadOnlyList<string> Publics) : IRequest<Result<bool>>;

    public static void Map(IEndpointRouteBuilder app) => app.MapPost("/marches/{id:guid}/lots/{lotId:guid}/publics", PostAsync).RequireAuthorization(Policies.Facilitator);

    private static async Task<IResult> PostAsync(Guid id, Guid lotId, PostedForm form, SignedIn me, IMediator mediator, CancellationToken ct)
    {
        var market = new MarketId(id);
        var version = form.WholeNumber("lot_version", "Version", 0, 10_000) ?? 0;
        var changed = form.Errors.Any
            ? Result.Refused(form.Errors.All)
            : await mediator.Send(new Command(me, market, new LotId(lotId), version, [.. form.All("lot_publics")]), ct);
        return await changed.Match(
            isNew => Task.FromResult(Page.SeeOther($"/marches/{id}", isNew ? "Publics du lot enregistrés." : "Les publics du lot n’ont pas changé.")),
            () => Task.FromResult(Page.Missing()),
            refusals => ShowMarket.ShowAsync(mediator, me, market, form, PostedAgain.StatusOf(form, refusals), ct));
    }

    public sealed class Handler(Database database, FrenchCalendar calendar, EventLog events) : IRequestHandler<Command, Result<bool>>
    {
        public Task<Result<bool>> Handle(Command request, CancellationToken cancellationToken) => database.WriteAsync<Result<bool>>(
            async (db, tx) =>
            {
                var market = await MarketRecords.FindOwnAsync(db, request.MarketId, request.Me, cancellationToken, tx);
                var lot = await MarketRecords.FindLotAsync(db, request.LotId, cancellationToken, tx);
                if (market is null || lot is null || lot.MarketId != market.Id)
                {
                    return Result.Missing;
                }

                if (request.Publics.Except(market.Publics.Categories, StringComparer.Ordinal).Any())
                {
                    return Result.Refused("lot_publics", "Un lot ne retient que des publics du marché : ajoutez d’abord ce public à la liste du marché.");
                }

                var kept = market.Publics.Categories.Where(request.Publics.Contains).ToList();
                if (lot.HasIntactPublics && kept.SequenceEqual(lot.Publics ?? [], StringComparer.Ordinal))
                {
                    return false;
                }

                if (lot.PublicsVersion != request.FromVersion)
                {
                    return Result.Refused("lot_publics", "Les publics de ce lot ont changé entre-temps : relisez-les, puis recommencez.");
                }

                var version = request.FromVersion + 1;
                await db.ExecuteAsync(new CommandDefinition(
                    "insert into lot_public_list (lot_id, version, categories, seal, created_at, created_by) values (@LotId, @version, @kept, @seal, @Now, @DisplayName)",
                    new { request.LotId, version, kept = MarketRecords.JoinCodes(kept), seal = RuleSetSeal.Of(lot.Id, version, kept), calendar.Now, request.Me.DisplayName }, tx, cancellationToken: cancellationToken));
                await events.AppendAsync(
                    db, tx, "market", market.Id.Value, "lot.publics", request.Me, new { lot = request.LotId.Value, version, publics = kept }, cancellationToken);
                return true;
            },
            cancellationToken);
    }
}
