using Matching.Rules;
using Matching.Rules.Postings;
using Matching.Web.Platform;
using Matching.Web.Platform.Records;
using Matching.Web.Platform.Reference;
using MediatR;

namespace Matching.Web.Postings;

/// <summary>GET and POST /offres/{id}/modifier: new terms are a new version; the old one is kept.</summary>
public static class EditPosting
{
    /// <param name="FromVersion">The version that the person had before their eyes.</param>
    public sealed record Command(SignedIn Me, PostingId Id, int FromVersion, DraftTerms Terms) : IRequest<Result<int>>;

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/offres/{id:guid}/modifier", GetAsync).RequireAuthorization(Policies.Facilitator);
        app.MapPost("/offres/{id:guid}/modifier", PostAsync).RequireAuthorization(Policies.Facilitator);
    }

    private static async Task<IResult> GetAsync(Guid id, SignedIn me, Communes communes, Database database, CancellationToken ct)
    {
        await using var db = await database.OpenAsync(ct);
        var posting = await StoredPosting.FindAsync(db, new PostingId(id), ct);
        return posting is null || posting.FacilitatorId != me.OrganizationId
            ? Page.Missing()
            : Page.Of<EditPostingPage>(new { Id = posting.Id, Form = PostingForm.Of(posting.Terms, communes, ("version", $"{posting.Version}")) });
    }

    private static async Task<IResult> PostAsync(Guid id, PostedForm form, SignedIn me, Communes communes, OccupationTitles occupations, IMediator mediator, Database database, CancellationToken ct)
    {
        await using (var db = await database.OpenAsync(ct))
        {
            // Before anything about the form: what is not one's own has no form to mend.
            if ((await StoredPosting.FindAsync(db, new PostingId(id), ct))?.FacilitatorId != me.OrganizationId)
            {
                return Page.Missing();
            }
        }

        var page = new { Id = new PostingId(id), Form = form };
        var version = form.WholeNumber("version", "Version", 1, 100_000) ?? 0;
        var terms = PostingForm.Read(form, communes, occupations);
        if (form["action"] == "chercher")
        {
            // A search among occupations shows the page again, without complaint about the fields not yet filled.
            return Page.Of<EditPostingPage>(page);
        }

        if (form.Errors.Any)
        {
            return Page.Invalid<EditPostingPage>(page);
        }

        return (await mediator.Send(new Command(me, page.Id, version, terms), ct)).ToPage(
            _ => Page.SeeOther($"/offres/{id}", "Nouvelle version enregistrée."),
            reasons =>
            {
                form.Errors.AddRange(reasons);
                return Page.Refused<EditPostingPage>(page);
            });
    }

    public sealed class Handler(Database database, FrenchCalendar calendar, ChangeFeed feed, EventLog events) : IRequestHandler<Command, Result<int>>
    {
        public Task<Result<int>> Handle(Command request, CancellationToken cancellationToken) => database.WriteAsync<Result<int>>(
            async (db, tx) =>
            {
                var posting = await StoredPosting.FindAsync(db, request.Id, cancellationToken, tx);
                if (posting is null || posting.FacilitatorId != request.Me.OrganizationId)
                {
                    return Result.Missing;
                }

                if (posting.State != PostingState.Draft && request.Terms.MissingToPublish() is { Count: > 0 } missing)
                {
                    return Result.Refused([.. missing.Select(one => new Refusal(one.Field, one.Sentence))]);
                }

                var changed = posting with { Terms = request.Terms, Version = request.FromVersion + 1, UpdatedAt = calendar.Now };
                if (!await changed.UpdateAsync(db, tx, request.FromVersion, cancellationToken))
                {
                    return Result.Refused("", "Cette offre a été modifiée entre-temps. Rechargez la page pour voir la version actuelle, puis refaites votre changement.");
                }

                await changed.KeepVersionAsync(db, tx, request.Me, cancellationToken);
                await feed.AppendAsync(db, tx, "posting", [request.Id.Value], cancellationToken);
                await events.AppendAsync(db, tx, "posting", request.Id.Value, "posting.changed", request.Me, new { version = changed.Version }, cancellationToken);
                return changed.Version;
            },
            cancellationToken);
    }
}
