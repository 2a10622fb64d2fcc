using Matching.Rules;
using Matching.Web.Platform;
using Matching.Web.Platform.Records;
using MediatR;

namespace Matching.Web.Postings;

/// <summary>POST /offres/{id}/dupliquer: the same terms as a new draft of the same lot.</summary>
public static class DuplicatePosting
{
    public static void Map(IEndpointRouteBuilder app) => app.MapPost("/offres/{id:guid}/dupliquer", PostAsync).RequireAuthorization(Policies.Facilitator);

    private static async Task<IResult> PostAsync(Guid id, PostedForm form, SignedIn me, Database database, IMediator mediator, CancellationToken ct)
    {
        await using var db = await database.OpenAsync(ct);
        var posting = await StoredPosting.FindAsync(db, new PostingId(id), ct);
        if (posting is null || posting.FacilitatorId != me.OrganizationId)
        {
            return Page.Missing();
        }

        // The key of the page: pressing the button twice makes one copy.
        var copy = Guid.TryParse(form["cle"], out var key) ? new PostingId(key) : PostingId.New();
        var stored = await mediator.Send(new WritePosting.Command(me, copy, posting.LotId, posting.Terms, posting.SourceText, posting.Spans, false), ct);
        return stored.ToPage(made => Page.SeeOther($"/offres/{made}/modifier", "Copie enregistrée comme brouillon."));
    }
}
