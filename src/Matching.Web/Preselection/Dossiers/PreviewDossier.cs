using Matching.Rules;
using Matching.Rules.Preselection;
using Matching.Web.Platform;
using Matching.Web.Platform.Mail;
using MediatR;

namespace Matching.Web.Preselection.Dossiers;

/// <summary>
/// POST /offres/{id}/transmettre/apercu: the dossier as the company will read it, nothing being sent or kept; also as a file. The same
/// address moves a person up or down in the choice, and goes back to it, with all that was typed.
/// </summary>
public static class PreviewDossier
{
    public sealed record Query(TransmitFiles.Command Choice) : IRequest<Result<DossierText>>;

    public static void Map(IEndpointRouteBuilder app) =>
        app.MapPost("/offres/{id:guid}/transmettre/apercu", async (
            Guid id, PostedForm form, SignedIn user, IMediator mediator, DossierFiles files, FrenchCalendar calendar, MailSettings settings, CancellationToken ct) =>
        {
            var posting = new PostingId(id);
            if (form["etape"] == "modifier")
            {
                return await ShowTransmission.PageAsync(posting, user, mediator, form, [], null, ct);
            }

            if (MoveOf(form) is var (moved, places))
            {
                var order = TransmissionForm.Moved(form.Ids(TransmissionForm.Order), moved, places);
                return await ShowTransmission.PageAsync(posting, user, mediator, form.With(TransmissionForm.Order, order), [], null, ct);
            }

            var choice = TransmissionForm.Read(posting, form, user, calendar.Today, settings);
            var result = form.Errors.Any ? Result.Refused(form.Errors.All) : await mediator.Send(new Query(choice), ct);
            return await result.Match(
                text => form["format"] switch
                {
                    "pdf" => files.ToPdfAsync(text, ct),
                    "docx" => Task.FromResult(DossierFiles.ToDocument(text)),
                    _ => Task.FromResult(Page.Of<PreviewDossierPage>(new { Text = text, Choice = choice, Form = form, files.HasPdf })),
                },
                () => Task.FromResult(Page.Missing()),
                refusals => ShowTransmission.PageAsync(posting, user, mediator, form, refusals, null, ct));
        }).RequireAuthorization(Policies.Facilitator);

    private static (Guid Id, int Places)? MoveOf(PostedForm form) =>
        Guid.TryParse(form["monter"], out var up) ? (up, -1) : Guid.TryParse(form["descendre"], out var down) ? (down, 1) : null;

    public sealed class Handler(DossierBuilder builder) : IRequestHandler<Query, Result<DossierText>>
    {
        public Task<Result<DossierText>> Handle(Query request, CancellationToken cancellationToken)
        {
            ArgumentNullException.ThrowIfNull(request);
            return builder.BuildAsync(request.Choice, cancellationToken);
        }
    }
}
