using System.Data.Common;
using Matching.Rules.Markets;
using Matching.Web.Platform;
using Matching.Web.Platform.Records;
using MediatR;

namespace Matching.Web.Markets.Opportunities;

/// <summary>GET and POST /marches/opportunites/nouvelle and /marches/opportunites/{id}/modifier: a sheet, or a new version of one.</summary>
public static class WriteOpportunity
{
    /// <param name="Id">The sheet that gets a new version; null for a new sheet.</param>
    /// <param name="FromVersion">The version that the person had before their eyes; refused when it is no longer the last.</param>
    public sealed record Command(Guid? Id, int FromVersion, OpportunitySheet Sheet, SignedIn Me) : IRequest<Result<Guid>>;

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/marches/opportunites/nouvelle", (Database database, CancellationToken ct) => ShowAsync(null, OpportunityForm.Blank(), database, StatusCodes.Status200OK, ct))
            .RequireAuthorization(Policies.Facilitator);
        app.MapPost("/marches/opportunites/nouvelle", (PostedForm form, SignedIn me, Database database, IMediator mediator, CancellationToken ct) =>
            PostAsync(null, form, me, database, mediator, ct)).RequireAuthorization(Policies.Facilitator);
        app.MapGet("/marches/opportunites/{id:guid}/modifier", ChangeAsync).RequireAuthorization(Policies.Facilitator);
        app.MapPost("/marches/opportunites/{id:guid}/modifier", (Guid id, PostedForm form, SignedIn me, Database database, IMediator mediator, CancellationToken ct) =>
            PostAsync(id, form, me, database, mediator, ct)).RequireAuthorization(Policies.Facilitator);
    }

    private static async Task<IResult> ChangeAsync(Guid id, SignedIn me, Database database, CancellationToken ct)
    {
        await using var db = await database.OpenAsync(ct);
        return await OpportunityRecords.FindOwnAsync(db, id, null, me, ct) is { } stored
            ? await ShowAsync(id, OpportunityForm.Of(stored), database, StatusCodes.Status200OK, ct) : Page.Missing();
    }

    private static async Task<IResult> PostAsync(Guid? id, PostedForm form, SignedIn me, Database database, IMediator mediator, CancellationToken ct)
    {
        var buyers = await BuyersAsync(database, ct);
        var version = id is null ? 0 : form.WholeNumber("version", "Version", 1, 10_000) ?? 0;
        if (OpportunityForm.Read(form, one => buyers.FirstOrDefault(buyer => buyer.Id == one)?.Name) is not { } sheet)
        {
            return await ShowAsync(id, form, database, StatusCodes.Status400BadRequest, ct);
        }

        return await (await mediator.Send(new Command(id, version, sheet, me), ct)).ToPageAsync(
            kept => Page.SeeOther($"/marches/opportunites/{kept}", id is null ? "Fiche d’opportunité enregistrée." : "Nouvelle version de la fiche enregistrée."),
            form,
            () => ShowAsync(id, form, database, StatusCodes.Status422UnprocessableEntity, ct));
    }

    private static async Task<IResult> ShowAsync(Guid? id, PostedForm form, Database database, int status, CancellationToken ct) =>
        Page.Of<WriteOpportunityPage>(new { Id = id, Form = form, Buyers = await BuyersAsync(database, ct) }, status);

    private static async Task<IReadOnlyList<StoredOrganization>> BuyersAsync(Database database, CancellationToken ct)
    {
        await using var db = await database.OpenAsync(ct);
        return await OrganizationRecords.OfKindsAsync(db, [OrganizationKind.Acheteur], ct);
    }

    public sealed class Handler(Database database, FrenchCalendar calendar, EventLog events) : IRequestHandler<Command, Result<Guid>>
    {
        public Task<Result<Guid>> Handle(Command request, CancellationToken cancellationToken) => database.WriteAsync<Result<Guid>>(
            async (db, tx) => request.Id is { } id ? await AmendAsync(id, request, db, tx, cancellationToken) : await AddAsync(request, db, tx, cancellationToken), cancellationToken);

        private async Task<Result<Guid>> AddAsync(Command it, DbConnection db, DbTransaction tx, CancellationToken ct)
        {
            var id = Guid.CreateVersion7();
            if (!await OpportunityRecords.AddAsync(db, tx, id, it.Sheet.Reference, it.Me, calendar.Now, ct))
            {
                return Result.Refused("reference", "Référence : vous avez déjà une fiche sous cette référence. L’ouvrir depuis la liste, ou changer la référence.");
            }

            await WriteAsync(id, 1, it, db, tx, ct);
            return id;
        }

        private async Task<Result<Guid>> AmendAsync(Guid id, Command it, DbConnection db, DbTransaction tx, CancellationToken ct)
        {
            await OpportunityRecords.TakeTurnAsync(db, tx, id, ct);
            if (await OpportunityRecords.FindOwnAsync(db, id, null, it.Me, ct, tx) is not { } stored)
            {
                return Result.Missing;
            }

            if (stored.MarketId is not null)
            {
                return Result.Refused("", $"Ce marché est attribué : sa fiche reste comme elle était. {OpportunityRules.BecomesTheMarket.Sentence}", OpportunityRules.BecomesTheMarket);
            }

            if (stored.Version != it.FromVersion)
            {
                return Result.Refused("reference", $"La version {stored.Version} de cette fiche a été enregistrée entre-temps. {OpportunityRules.Dated.Sentence} La relire, puis recommencer.");
            }

            // The reference names the sheet in the lists: it stays that of the first version.
            await WriteAsync(id, stored.Version + 1, it with { Sheet = it.Sheet with { Reference = stored.Sheet.Reference } }, db, tx, ct);
            return id;
        }

        private async Task WriteAsync(Guid id, int version, Command it, DbConnection db, DbTransaction tx, CancellationToken ct)
        {
            await OpportunityRecords.AppendAsync(db, tx, id, version, it.Sheet, it.Me, calendar.Now, ct);
            await events.AppendAsync(db, tx, "opportunity", id, "opportunity.written", it.Me,
                new { version, heures = it.Sheet.Hours, lots = it.Sheet.Lots.Count, obligation = OpportunityRules.DutyOf(it.Sheet).ToString() }, ct);
        }
    }
}
