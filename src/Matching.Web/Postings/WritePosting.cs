using System.Text.Json;
using Matching.Rules;
using Matching.Rules.Postings;
using Matching.Rules.Postings.Reading;
using Matching.Web.Platform;
using Matching.Web.Platform.Mail;
using Matching.Web.Platform.Records;
using Matching.Web.Platform.Reference;
using MediatR;

namespace Matching.Web.Postings;

/// <summary>POST /offres and POST /api/v1/offres: stores a posting as corrected by a human, as a draft or published at once.</summary>
public static class WritePosting
{
    private const int LongestKey = 100;

    /// <param name="Id">Chosen when the page was shown: the same form sent twice makes one posting.</param>
    public sealed record Command(
        SignedIn Me, PostingId Id, LotId Lot, DraftTerms Terms, string? SourceText, IReadOnlyList<TextSpan> Spans, bool Publish) : IRequest<Result<PostingId>>;

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapPost("/offres", PostAsync).RequireAuthorization(Policies.Facilitator);
        app.MapApi(Policies.Facilitator).MapPost("/offres", PostJsonAsync);
    }

    private static async Task<IResult> PostAsync(
        PostedForm form, SignedIn me, ProfileReading reading, Communes communes, OccupationTitles occupations, IMediator mediator, CancellationToken ct)
    {
        var text = form.OptionalText("texte", "Texte de l’entreprise", JobProfileReader.LongestText) ?? "";
        var drafts = reading.Read(text);
        var chosen = int.TryParse(form["poste"], out var index) && index >= 0 && index < drafts.Count ? index : 0;
        var lots = await mediator.Send(new AnalyseProfile.LotsQuery(me.OrganizationId), ct);
        var isSearch = form["action"] == "chercher";
        var page = new Dictionary<string, object?> { ["Form"] = form, ["Drafts"] = drafts, ["Chosen"] = chosen, ["Lots"] = lots };
        if (isSearch)
        {
            return Page.Of<WritePostingPage>(page);
        }

        var terms = PostingForm.Read(form, communes, occupations);
        var (lot, key) = (form.Id("lot", "Lot du marché"), form.Id("cle", "Formulaire"));
        if (!form.Errors.Any)
        {
            var command = new Command(me, new PostingId(key!.Value), new LotId(lot!.Value), terms, text.Length == 0 ? null : text, TextSpan.Of(drafts[chosen]), form["action"] == "publier");
            var stored = await mediator.Send(command, ct);
            if (stored.IsFound)
            {
                return Page.SeeOther($"/offres/{stored.Value}", command.Publish ? "Offre publiée." : "Brouillon enregistré.");
            }

            stored.Match(_ => true, () => true, reasons =>
            {
                form.Errors.AddRange(reasons);
                return true;
            });
            return form.Errors.Any ? Page.Refused<WritePostingPage>(page) : Page.Missing();
        }

        return Page.Invalid<WritePostingPage>(page);
    }

    private static async Task<IResult> PostJsonAsync(
        JsonElement body, HttpRequest request, SignedIn me, Communes communes, OccupationTitles occupations, IMediator mediator, CancellationToken ct)
    {
        if (body.ValueKind != JsonValueKind.Object)
        {
            return Problems.Of(StatusCodes.Status400BadRequest, "Un objet JSON est attendu : voir la description de l’API.");
        }

        var form = JsonForm.Of(body);
        var terms = PostingForm.Read(form, communes, occupations);
        var lot = form.Id("lot_id", "Lot (lot_id)");
        if (form.Errors.Any)
        {
            return Problems.Invalid(form.Errors);
        }

        var key = request.Headers["Idempotency-Key"].ToString();
        if (key.Length > LongestKey)
        {
            return Problems.Of(StatusCodes.Status400BadRequest, $"Idempotency-Key : {LongestKey} caractères au plus.");
        }

        var id = key.Length > 0 ? JsonForm.IdOf(me.OrganizationId, key) : PostingId.New();
        var stored = await mediator.Send(new Command(me, id, new LotId(lot!.Value), terms, null, [], false), ct);
        return stored.ToJson(posting => new { id = posting.Value, etat = PostingState.Draft.Code() });
    }

    public sealed class Handler(Database database, FrenchCalendar calendar, ChangeFeed feed, EventLog events, MailQueue mails) : IRequestHandler<Command, Result<PostingId>>
    {
        public async Task<Result<PostingId>> Handle(Command request, CancellationToken cancellationToken)
        {
            if (request.Publish && request.Terms.MissingToPublish() is { Count: > 0 } missing)
            {
                return Result.Refused([.. missing.Select(one => new Refusal(one.Field, one.Sentence))]);
            }

            return await database.WriteAsync<Result<PostingId>>(
                async (db, tx) =>
                {
                    var lot = await MarketRecords.FindLotAsync(db, request.Lot, cancellationToken, tx);
                    var market = lot is null ? null : await MarketRecords.FindOwnAsync(db, lot.MarketId, request.Me, cancellationToken, tx);
                    if (market is null)
                    {
                        return Result.Missing;
                    }

                    var now = calendar.Now;
                    var posting = new StoredPosting(
                        request.Id, request.Lot, market.Id, market.FacilitatorId, request.Publish ? PostingState.Published : PostingState.Draft, 1, request.Terms,
                        request.SourceText, request.Spans, request.Publish ? now : null, now);
                    if (!await posting.InsertAsync(db, tx, cancellationToken))
                    {
                        var known = await StoredPosting.FindAsync(db, request.Id, cancellationToken, tx);
                        return known?.FacilitatorId == request.Me.OrganizationId ? request.Id : Result.Missing;
                    }

                    await posting.KeepVersionAsync(db, tx, request.Me, cancellationToken);
                    if (request.Publish)
                    {
                        await feed.AppendAsync(db, tx, "posting", [request.Id.Value], cancellationToken);
                        await TellStructures.OfAsync(db, tx, mails, request.Id, now, cancellationToken);
                    }

                    await events.AppendAsync(
                        db, tx, "posting", request.Id.Value, request.Publish ? "posting.published" : "posting.drafted", request.Me,
                        new { version = 1, rome = request.Terms.Rome?.Value }, cancellationToken);
                    return request.Id;
                },
                cancellationToken);
        }
    }
}
