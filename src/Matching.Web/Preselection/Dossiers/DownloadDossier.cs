using Matching.Rules.Preselection;
using Matching.Web.Platform;
using MediatR;

namespace Matching.Web.Preselection.Dossiers;

/// <summary>GET /e/{secret}/dossier.pdf and .docx: the company takes away what was sent to it, without those who are no longer proposed.</summary>
public static class DownloadDossier
{
    public sealed record Query(CompanyVisit Visit) : IRequest<Result<DossierText>>;

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/e/{secret}/dossier.docx", (CompanyVisit visit, IMediator mediator, HttpContext context, CancellationToken ct) =>
            FileAsync(visit, mediator, context, text => Task.FromResult(DossierFiles.ToDocument(text)), ct))
            .RequireAuthorization(Policies.Anyone).RequireRateLimiting(PreselectionEndpoints.LinkLimit).ExcludeFromDescription();
        app.MapGet("/e/{secret}/dossier.pdf", (CompanyVisit visit, IMediator mediator, HttpContext context, DossierFiles files, CancellationToken ct) =>
            FileAsync(visit, mediator, context, text => files.ToPdfAsync(text, ct), ct))
            .RequireAuthorization(Policies.Anyone).RequireRateLimiting(PreselectionEndpoints.LinkLimit).ExcludeFromDescription();
    }

    private static async Task<IResult> FileAsync(CompanyVisit visit, IMediator mediator, HttpContext context, Func<DossierText, Task<IResult>> write, CancellationToken ct)
    {
        ShowCompanyPage.Protect(context.Response);
        return await (await mediator.Send(new Query(visit), ct)).Match(
            write,
            () => Task.FromResult(Page.Of<CompanyLinkClosed>(status: StatusCodes.Status404NotFound)),
            refusals => Task.FromResult(Page.Refused(refusals)));
    }

    public sealed class Handler(Database database, EventLog log, CompanyDoor door, IMediator mediator) : IRequestHandler<Query, Result<DossierText>>
    {
        public async Task<Result<DossierText>> Handle(Query request, CancellationToken cancellationToken)
        {
            // The page of the same link says who may still be shown.
            var page = await mediator.Send(new ShowCompanyPage.Query(request.Visit, false), cancellationToken);
            await using var db = await database.OpenAsync(cancellationToken);
            var (state, link) = await door.OpenAsync(db, request.Visit, cancellationToken);
            if (state != DoorState.Open || page.Value.Shown is not { } view || await DossierRecords.FindAsync(db, link!.Id, cancellationToken) is not { } text)
            {
                return Result.Missing;
            }

            await database.WriteAsync(
                (writer, tx) => log.AppendAsync(writer, tx, "company_link", link.Id, "dossier.telecharge", null, new { offre = link.PostingId.Value }, cancellationToken), cancellationToken);
            return text.Keep(view.Files.Where(file => file.Card is not null).Select(file => file.Position).ToHashSet());
        }
    }
}
