using Matching.Web.Platform;
using Matching.Web.Platform.Figures;
using Matching.Web.Platform.Records;
using MediatR;

namespace Matching.Web.Markets.Opportunities;

/// <summary>
/// GET /marches/opportunites/{id}, .xlsx and .pdf, and GET /api/v1/opportunites/{id}: the sheet of a coming marché in its last version, or in the one asked.
/// </summary>
public static class ShowOpportunity
{
    public sealed record Query(Guid Id, int? Version, SignedIn Me) : IRequest<Result<Answer>>;

    /// <param name="Versions">All of them, the newest first.</param>
    public sealed record Answer(StoredOpportunity Opportunity, StoredOrganization? Facilitator, IReadOnlyList<(int Version, DateTimeOffset At, string By)> Versions);

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/marches/opportunites/{id:guid}", (Guid id, int? version, SignedIn me, IMediator mediator, FigureFiles files, CancellationToken ct) =>
            ShowAsync(id, version, me, mediator, files, AwardOpportunity.Blank(), StatusCodes.Status200OK, ct)).RequireAuthorization(Policies.Facilitator);
        app.MapGet("/marches/opportunites/{id:guid}.xlsx", (Guid id, int? version, SignedIn me, IMediator mediator, FigureFiles files, CancellationToken ct) =>
            FileAsync(id, version, FigureForm.Workbook, me, mediator, files, ct)).RequireAuthorization(Policies.Facilitator);
        app.MapGet("/marches/opportunites/{id:guid}.pdf", (Guid id, int? version, SignedIn me, IMediator mediator, FigureFiles files, CancellationToken ct) =>
            FileAsync(id, version, FigureForm.Pdf, me, mediator, files, ct)).RequireAuthorization(Policies.Facilitator);
        app.MapApi(Policies.Facilitator).MapGet("/opportunites/{id:guid}", async (
            Guid id, int? version, HttpRequest request, SignedIn me, IMediator mediator, FigureFiles files, CancellationToken ct) =>
            await files.ForApiAsync(request, await mediator.Send(new Query(id, version, me), ct), Document, OpportunityTables.ToJson, ct));
    }

    /// <summary>The page, with what was typed and what is wrong when the award was refused.</summary>
    internal static async Task<IResult> ShowAsync(Guid id, int? version, SignedIn me, IMediator mediator, FigureFiles files, PostedForm form, int status, CancellationToken ct) =>
        (await mediator.Send(new Query(id, version, me), ct)).ToPage(answer => Page.Of<ShowOpportunityPage>(new { Answer = answer, files.HasPdf, Form = form }, status));

    private static async Task<IResult> FileAsync(Guid id, int? version, FigureForm kind, SignedIn me, IMediator mediator, FigureFiles files, CancellationToken ct) =>
        await files.ForPageAsync(await mediator.Send(new Query(id, version, me), ct), kind, Document, ct);

    private static FigureDocument Document(Answer answer) => OpportunityTables.Document(answer.Opportunity, answer.Facilitator);

    public sealed class Handler(Database database) : IRequestHandler<Query, Result<Answer>>
    {
        public async Task<Result<Answer>> Handle(Query request, CancellationToken cancellationToken)
        {
            await using var db = await database.OpenAsync(cancellationToken);
            return await OpportunityRecords.FindOwnAsync(db, request.Id, request.Version, request.Me, cancellationToken) is { } stored
                ? new Answer(stored, await OrganizationRecords.FindAsync(db, request.Me.OrganizationId, cancellationToken), await OpportunityRecords.VersionsAsync(db, request.Id, cancellationToken))
                : Result.Missing;
        }
    }
}
