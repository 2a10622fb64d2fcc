using Matching.Web.Platform;
using Matching.Web.Platform.Figures;
using MediatR;

namespace Matching.Web.Attestations;

/// <summary>The three forms of a proof at one address: the page, <c>.xlsx</c> and <c>.pdf</c>.</summary>
internal static class AttestationFiles
{
    /// <param name="address">With its <c>{id:guid}</c>.</param>
    /// <param name="ask">The question of this reader; someone else's id is answered as an unknown one.</param>
    public static void Map(IEndpointRouteBuilder app, string address, string policy, string area, Func<Guid, SignedIn, IRequest<Result<FigureDocument>>> ask)
    {
        app.MapGet(address, async (Guid id, SignedIn who, IMediator mediator, FigureFiles files, HttpRequest request, CancellationToken ct) =>
            (await mediator.Send(ask(id, who), ct)).ToPage(document => Page.Of<AttestationPage>(new { Document = document, Address = request.Path.Value ?? "", Area = area, files.HasPdf })))
            .RequireAuthorization(policy);
        app.MapGet(address + ".xlsx", async (Guid id, SignedIn who, IMediator mediator, FigureFiles files, CancellationToken ct) =>
            await files.ForPageAsync(await mediator.Send(ask(id, who), ct), FigureForm.Workbook, document => document, ct)).RequireAuthorization(policy);
        app.MapGet(address + ".pdf", async (Guid id, SignedIn who, IMediator mediator, FigureFiles files, CancellationToken ct) =>
            await files.ForPageAsync(await mediator.Send(ask(id, who), ct), FigureForm.Pdf, document => document, ct)).RequireAuthorization(policy);
    }
}
