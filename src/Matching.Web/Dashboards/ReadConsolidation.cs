using System.Data.Common;
using System.Globalization;
using Dapper;
using Matching.Rules;
using Matching.Rules.Hours;
using Matching.Rules.Reporting;
using Matching.Web.Platform;
using Matching.Web.Platform.Figures;
using Matching.Web.Platform.Records;
using MediatR;

namespace Matching.Web.Dashboards;

/// <summary>
/// GET /consolidation?annee=2026, the same with .xlsx or .pdf, and GET /api/v1/consolidation?annee=: one year over the marchés of a
/// facilitator, in full, or over those of every facilitator for the administration, masked.
/// </summary>
public static class ReadConsolidation
{
    /// <summary>More marchés than a region runs in one year; beyond, a total would be wrong, so reading fails.</summary>
    private const int MarketLimit = 5_000;

    private const int FirstYear = 2000;

    public sealed record Query(int Year, SignedIn Who) : IRequest<Result<Answer>>;

    /// <param name="Markets">The marchés of the year, for the facilitator that classifies them; empty for the administration.</param>
    public sealed record Answer(Consolidation Consolidation, IReadOnlyList<Classified> Markets, int CurrentYear);

    public sealed record Classified(MarketId Id, string Reference, string Subject, string Sector, string? Operation);

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/consolidation", async (string? annee, SignedIn who, IMediator mediator, FrenchCalendar calendar, FigureFiles files, CancellationToken ct) =>
            (await ReadAsync(annee, who, mediator, calendar, ct)).ToPage(answer => Page.Of<ReadConsolidationPage>(new { Answer = answer, files.HasPdf }),
                reasons => Page.Error(StatusCodes.Status400BadRequest, reasons))).RequireAuthorization(Policies.YearlyFigures);
        app.MapGet("/consolidation.xlsx", async (string? annee, SignedIn who, IMediator mediator, FrenchCalendar calendar, FigureFiles files, CancellationToken ct) =>
            await files.ForPageAsync(await ReadAsync(annee, who, mediator, calendar, ct), FigureForm.Workbook, ConsolidationTables.Document, ct)).RequireAuthorization(Policies.YearlyFigures);
        app.MapGet("/consolidation.pdf", async (string? annee, SignedIn who, IMediator mediator, FrenchCalendar calendar, FigureFiles files, CancellationToken ct) =>
            await files.ForPageAsync(await ReadAsync(annee, who, mediator, calendar, ct), FigureForm.Pdf, ConsolidationTables.Document, ct)).RequireAuthorization(Policies.YearlyFigures);
        app.MapApi(Policies.YearlyFigures).MapGet("/consolidation",
            async (string? annee, HttpRequest request, SignedIn who, IMediator mediator, FrenchCalendar calendar, FigureFiles files, CancellationToken ct) =>
                await files.ForApiAsync(request, await ReadAsync(annee, who, mediator, calendar, ct), ConsolidationTables.Document, ConsolidationTables.ToJson, ct));
    }

    private static async Task<Result<Answer>> ReadAsync(string? year, SignedIn who, IMediator mediator, FrenchCalendar calendar, CancellationToken ct)
    {
        var current = calendar.Today.Year;
        var chosen = current;
        return year is { Length: > 0 } && !(int.TryParse(year, NumberStyles.None, CultureInfo.InvariantCulture, out chosen) && chosen >= FirstYear)
            ? Result.Refused("annee", $"annee : écrire une année depuis {FirstYear}, par exemple {current}.")
            : chosen > current ? Result.Refused("annee", $"L’année {chosen} n’a pas commencé : choisir au plus {current}.")
            : await mediator.Send(new Query(chosen, who), ct);
    }

    public sealed class Handler(Database database, OutsideReleases releases) : IRequestHandler<Query, Result<Answer>>
    {
        public async Task<Result<Answer>> Handle(Query request, CancellationToken cancellationToken)
        {
            await using var db = await database.OpenAsync(cancellationToken);
            var isOwn = request.Who.Role == Roles.Facilitator;
            var markets = await MarketsAsync(db, isOwn ? request.Who.OrganizationId : null, request.Year, cancellationToken);
            if (isOwn)
            {
                return new Answer(Consolidations.Full(request.Year, markets),
                    [.. markets.Select(it => new Classified(it.Market.Id, it.Market.Reference, it.Market.Subject, it.Sector, it.Operation))], releases.Today.Year);
            }

            // The strictest of the thresholds of these marchés holds for all of them.
            var below = markets.Select(it => it.Market.Counting.MaskBelow).DefaultIfEmpty(new Rules.Markets.CountingRules().MaskBelow).Max();
            var (first, last, today) = (Consolidations.FirstMonth(request.Year), Consolidations.LastMonth(request.Year), CalendarMonth.Of(releases.Today));
            var kept = await releases.UpToDateAsync(db, $"consolidation:{request.Year}", first, last < today ? last : today,
                month => Consolidations.StateAt(markets, request.Year, month), below, cancellationToken);
            return new Answer(Consolidations.Outside(request.Year, markets, kept, below), [], releases.Today.Year);
        }

        private async Task<IReadOnlyList<ConsolidatedMarket>> MarketsAsync(DbConnection db, OrganizationId? facilitator, int year, CancellationToken ct)
        {
            var running = await MarketRecords.RunningAsync(
                db, facilitator, Consolidations.FirstMonth(year).FirstDay, Consolidations.LastMonth(year).LastDay, MarketLimit + 1, ct);
            if (running.Count > MarketLimit)
            {
                throw new InvalidOperationException($"More than {MarketLimit} marchés in one year: a total over a part of them would be wrong.");
            }

            var classes = (await db.QueryAsync<(MarketId Market, string Sector, string? Operation)>(new CommandDefinition(
                $"select market_id, sector, operation from market_classification order by market_id limit {MarketLimit}", cancellationToken: ct))).ToDictionary(row => row.Market);
            var markets = new List<ConsolidatedMarket>();
            foreach (var market in running)
            {
                var (_, sector, operation) = classes.GetValueOrDefault(market.Id, (market.Id, Facets.Unknown, null));
                var lots = await MarketRecords.LotsAsync(db, market.Id, ct);
                markets.Add(new ConsolidatedMarket(market, sector, operation, [.. lots.Select(lot => lot.CompanyId).OfType<OrganizationId>()],
                    await MarketFigures.ReportedWithTraitsAsync(db, market, releases.Today, ct)));
            }

            return markets;
        }
    }
}
