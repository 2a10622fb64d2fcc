using System.Text.Json;
using Matching.Rules;
using Matching.Rules.People;
using Matching.Rules.Postings;
using Matching.Web.Platform;
using Matching.Web.Platform.Records;
using Matching.Web.Platform.Reference;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace Matching.Web.Postings;

/// <summary>
/// GET and PUT /api/v1/offres/{id}: a posting with its ETag, and its new terms for who sends that tag back in If-Match. 428 without it, 409 with the
/// current state when the posting changed since.
/// </summary>
public static class UpdatePosting
{
    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapApi(Policies.Facilitator).MapGet("/offres/{id:guid}", async (Guid id, SignedIn me, Communes communes, Database database, CancellationToken ct) =>
            await FindAsync(id, me, database, ct) is { } posting ? Shown(posting, communes) : Problems.Missing());
        app.MapApi(Policies.Facilitator).MapPut("/offres/{id:guid}", PutAsync);
    }

    private static async Task<IResult> PutAsync(
        Guid id, JsonElement body, [FromHeader(Name = "If-Match")] string? ifMatch, SignedIn me, Communes communes, OccupationTitles occupations, IMediator mediator, Database database,
        CancellationToken ct)
    {
        if (await FindAsync(id, me, database, ct) is not { } posting)
        {
            return Problems.Missing();
        }

        if (string.IsNullOrWhiteSpace(ifMatch))
        {
            return Problems.Of(StatusCodes.Status428PreconditionRequired);
        }

        if (EntityTags.IsStale(ifMatch, TagOf(posting)))
        {
            return Problems.Changed(Shape(posting, communes)).Tagged(TagOf(posting));
        }

        if (body.ValueKind != JsonValueKind.Object)
        {
            return Problems.Of(StatusCodes.Status400BadRequest, "Un objet JSON est attendu : voir la description de l’API.");
        }

        var form = JsonForm.Of(body);
        var terms = PostingForm.Read(form, communes, occupations);
        if (form.Errors.Any)
        {
            return Problems.Invalid(form.Errors);
        }

        var stored = await mediator.Send(new EditPosting.Command(me, posting.Id, posting.Version, terms), ct);
        var after = (await FindAsync(id, me, database, ct))!;
        return stored.IsFound ? Shown(after, communes)
            : after.Version != posting.Version ? Problems.Changed(Shape(after, communes)).Tagged(TagOf(after))
            : stored.ToJson();
    }

    private static async Task<StoredPosting?> FindAsync(Guid id, SignedIn me, Database database, CancellationToken ct)
    {
        await using var db = await database.OpenAsync(ct);
        return await StoredPosting.FindAsync(db, new PostingId(id), ct) is { } posting && posting.FacilitatorId == me.OrganizationId ? posting : null;
    }

    private static string TagOf(StoredPosting posting) => EntityTags.Of($"{posting.Id} {posting.Version} {posting.State}");

    private static IResult Shown(StoredPosting posting, Communes communes) => TypedResults.Ok(Shape(posting, communes)).Tagged(TagOf(posting));

    /// <summary>The names that a PUT reads: what was read can be sent back.</summary>
    private static object Shape(StoredPosting posting, Communes communes)
    {
        var terms = posting.Terms;
        return new
        {
            id = posting.Id.Value,
            lot_id = posting.LotId.Value,
            etat = posting.State.Code(),
            version = posting.Version,
            intitule = terms.Title,
            code_rome = terms.Rome?.Value,
            commune = CommuneInput.Shown(terms.InseeCode, communes),
            debut = terms.StartsOn,
            fin = terms.EndsOn,
            heures_hebdo = terms.WeeklyMinutes is { } minutes ? decimal.Round(minutes / 60m, 2) : (decimal?)null,
            contrat = terms.Contract?.Code(),
            nombre_postes = terms.Posts,
            horaires = PeopleVocabulary.Shifts.Where(row => terms.Shifts.HasFlag(row.Value)).Select(row => row.Code),
            certificats_exiges = terms.RequiredCertificates.Select(PostingForm.Label),
            certificats_souhaites = terms.WishedCertificates.Select(PostingForm.Label),
            competences = terms.RequiredSkills,
            competences_souhaitees = terms.WishedSkills,
            niveau = terms.RequiredLevel,
            francais = terms.RequiredFrench,
            contraintes = terms.Constraints,
            heures_insertion = terms.InsertionHours,
            remuneration = terms.Pay,
            tuteur = terms.Tutor,
            contact = terms.Contact,
            securite = terms.Safety,
            description = terms.Description,
        };
    }
}
