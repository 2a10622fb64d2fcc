using Matching.Rules;
using Matching.Rules.Hours;
using Matching.Rules.Reporting;
using Matching.Web.Platform;
using Matching.Web.Platform.Figures;
using Matching.Web.Platform.Records;
using MediatR;

namespace Matching.Web.Dashboards;

/// <summary>
/// GET /bilans/{marketId}, the same with .xlsx or .pdf, and GET /api/v1/marches/{id}/bilan: the final bilan of a marché, figures and words. Its
/// facilitator reads it at any time; the buyer and the companies once it is published, masked.
/// </summary>
public static class ReadBilan
{
    public sealed record Query(MarketId MarketId, SignedIn Who) : IRequest<Result<Answer>>;

    /// <param name="TrainingMinutes">Counted minutes of training; null for readers outside, to whom they could tell one person.</param>
    /// <param name="Commitments">What the bidder promised, each with its findings.</param>
    /// <param name="Trainings">Before hire, apart from the hours of the clause.</param>
    public sealed record Answer(
        MonthlyTable Table, int? TrainingMinutes, WrittenBilan Written, IReadOnlyList<StoredCommitment> Commitments, IReadOnlyList<TrainingLine> Trainings, DateOnly Today, bool MayWrite);

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/bilans/{marketId:guid}", (Guid marketId, SignedIn who, IMediator mediator, FigureFiles files, CancellationToken ct) =>
            ShowAsync(new MarketId(marketId), who, mediator, files, PostedForm.Of(), StatusCodes.Status200OK, ct)).RequireAuthorization(Policies.Figures);
        app.MapGet("/bilans/{marketId:guid}.xlsx", async (Guid marketId, SignedIn who, IMediator mediator, FigureFiles files, CancellationToken ct) =>
            await files.ForPageAsync(await mediator.Send(new Query(new MarketId(marketId), who), ct), FigureForm.Workbook, BilanTables.Document, ct)).RequireAuthorization(Policies.Figures);
        app.MapGet("/bilans/{marketId:guid}.pdf", async (Guid marketId, SignedIn who, IMediator mediator, FigureFiles files, CancellationToken ct) =>
            await files.ForPageAsync(await mediator.Send(new Query(new MarketId(marketId), who), ct), FigureForm.Pdf, BilanTables.Document, ct)).RequireAuthorization(Policies.Figures);
        app.MapApi(Policies.Figures).MapGet("/marches/{id:guid}/bilan", async (Guid id, HttpRequest request, SignedIn who, IMediator mediator, FigureFiles files, CancellationToken ct) =>
            await files.ForApiAsync(request, await mediator.Send(new Query(new MarketId(id), who), ct), BilanTables.Document, BilanTables.ToJson, ct));
    }

    /// <summary>The page, with what was typed when the form comes back.</summary>
    internal static async Task<IResult> ShowAsync(MarketId market, SignedIn who, IMediator mediator, FigureFiles files, PostedForm form, int status, CancellationToken ct) =>
        (await mediator.Send(new Query(market, who), ct)).ToPage(answer => Page.Of<ReadBilanPage>(new { Answer = answer, files.HasPdf, Form = form }, status));

    public sealed class Handler(Database database, OutsideReleases releases) : IRequestHandler<Query, Result<Answer>>
    {
        public async Task<Result<Answer>> Handle(Query request, CancellationToken cancellationToken)
        {
            await using var db = await database.OpenAsync(cancellationToken);
            if (await MarketRecords.FindAsync(db, request.MarketId, cancellationToken) is not { } market)
            {
                return Result.Missing;
            }

            var written = await BilanRecords.FindAsync(db, market.Id, cancellationToken);
            var isOwn = request.Who.Role == Roles.Facilitator && market.FacilitatorId == request.Who.OrganizationId;
            if (!isOwn && written.PublishedAt is null)
            {
                return Result.Missing;
            }

            var month = CalendarMonth.Of(market.Period.End < releases.Today ? market.Period.End.Value : releases.Today);
            if (await MarketTables.ReadForBilanAsync(db, releases, market, month, request.Who, cancellationToken) is not { } table)
            {
                return Result.Missing;
            }

            int? training = isOwn ? (await MarketFigures.ReportedAsync(db, market, cancellationToken)).Sum(it => it.Hours.Months.Where(one => one.Kind == HourKind.Training && one.Month <= month).Sum(one => one.Counted)) : null;
            return new Answer(table, training, written, await CommitmentRecords.OfMarketAsync(db, market.Id, cancellationToken),
                await BilanRecords.TrainingsAsync(db, market.Id, cancellationToken), releases.Today, isOwn);
        }
    }
}
