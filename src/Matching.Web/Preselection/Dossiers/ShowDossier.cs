using Matching.Rules;
using Matching.Rules.Preselection;
using Matching.Web.Platform;
using MediatR;

namespace Matching.Web.Preselection.Dossiers;

/// <summary>GET /offres/{id}/liens/{linkId}/dossier, and the same as .pdf and .docx: what was sent by a link, as it was that day.</summary>
public static class ShowDossier
{
    public sealed record Query(PostingId PostingId, Guid LinkId, SignedIn User) : IRequest<Result<Answer>>;

    /// <param name="Number">The first sending of the posting is 1.</param>
    public sealed record Answer(PostingId PostingId, CompanyLink Link, int Number, DossierText Text);

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/offres/{id:guid}/liens/{linkId:guid}/dossier", async (Guid id, Guid linkId, SignedIn user, IMediator mediator, DossierFiles files, CancellationToken ct) =>
            (await mediator.Send(new Query(new PostingId(id), linkId, user), ct)).ToPage(sent => Page.Of<ShowDossierPage>(new { Sent = sent, files.HasPdf })))
            .RequireAuthorization(Policies.Facilitator);
        app.MapGet("/offres/{id:guid}/liens/{linkId:guid}/dossier.docx", async (Guid id, Guid linkId, SignedIn user, IMediator mediator, CancellationToken ct) =>
            (await mediator.Send(new Query(new PostingId(id), linkId, user), ct)).ToPage(sent => DossierFiles.ToDocument(sent.Text)))
            .RequireAuthorization(Policies.Facilitator);
        app.MapGet("/offres/{id:guid}/liens/{linkId:guid}/dossier.pdf", async (Guid id, Guid linkId, SignedIn user, IMediator mediator, DossierFiles files, CancellationToken ct) =>
            await (await mediator.Send(new Query(new PostingId(id), linkId, user), ct)).Match(
                sent => files.ToPdfAsync(sent.Text, ct), () => Task.FromResult(Page.Missing()), refusals => Task.FromResult(Page.Refused(refusals))))
            .RequireAuthorization(Policies.Facilitator);
    }

    public sealed class Handler(Database database) : IRequestHandler<Query, Result<Answer>>
    {
        public async Task<Result<Answer>> Handle(Query request, CancellationToken cancellationToken)
        {
            await using var db = await database.OpenAsync(cancellationToken);
            if (!await CompanyLinks.BelongsAsync(db, request.LinkId, request.PostingId, request.User.OrganizationId, cancellationToken)
                || await DossierRecords.FindAsync(db, request.LinkId, cancellationToken) is not { } text)
            {
                return Result.Missing;
            }

            var links = await CompanyLinks.OfPostingAsync(db, request.PostingId, cancellationToken);
            return links.FirstOrDefault(it => it.Id == request.LinkId) is { } link
                ? new Answer(request.PostingId, link, links.Count(it => it.CreatedAt <= link.CreatedAt), text)
                : Result.Missing;
        }
    }
}
