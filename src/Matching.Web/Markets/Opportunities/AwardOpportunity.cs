using System.Data.Common;
using Matching.Rules;
using Matching.Rules.Eligibility;
using Matching.Rules.Markets;
using Matching.Web.Platform;
using Matching.Web.Platform.Figures;
using Matching.Web.Platform.Records;
using MediatR;

namespace Matching.Web.Markets.Opportunities;

/// <summary>POST /marches/opportunites/{id}/marche: the contract is awarded, the sheet becomes the marché, once.</summary>
public static class AwardOpportunity
{
    /// <param name="FromVersion">The version that the person had before their eyes; refused when it is no longer the last.</param>
    /// <param name="Reference">That of the contract; null to keep the one of the sheet.</param>
    public sealed record Command(Guid Id, int FromVersion, string? Reference, Cadence Cadence, CountingRules Counting, SignedIn Me) : IRequest<Result<MarketId>>;

    public static void Map(IEndpointRouteBuilder app) => app.MapPost("/marches/opportunites/{id:guid}/marche", PostAsync).RequireAuthorization(Policies.Facilitator);

    /// <summary>The form as the usual contract fills it: one click is enough.</summary>
    public static PostedForm Blank() => PostedForm.Of([("cadence", "MENSUELLE"), .. MarketTerms.UsualCounting]);

    private static async Task<IResult> PostAsync(Guid id, PostedForm form, SignedIn me, IMediator mediator, FigureFiles files, CancellationToken ct)
    {
        var version = form.WholeNumber("version", "Version", 1, 10_000) ?? 0;
        var cadence = form.Choice("cadence", "Cadence des déclarations", MarketVocabulary.Cadences.Select(row => row.Code));
        var (reference, counting) = (form.OptionalText("marche_reference", "Référence du marché", 60), MarketTerms.ReadCounting(form));
        if (form.Errors.Any)
        {
            return await ShowOpportunity.ShowAsync(id, null, me, mediator, files, form, StatusCodes.Status400BadRequest, ct);
        }

        var command = new Command(id, version, reference, MarketVocabulary.Cadences.Single(row => row.Code == cadence).Value, counting, me);
        return await (await mediator.Send(command, ct)).ToPageAsync(
            market => Page.SeeOther($"/marches/{market}", "Le marché est ouvert, avec les lots et les heures de sa fiche."),
            form,
            () => ShowOpportunity.ShowAsync(id, null, me, mediator, files, form, StatusCodes.Status422UnprocessableEntity, ct));
    }

    public sealed class Handler(Database database, FrenchCalendar calendar, EventLog events) : IRequestHandler<Command, Result<MarketId>>
    {
        public Task<Result<MarketId>> Handle(Command request, CancellationToken cancellationToken) =>
            database.WriteAsync((db, tx) => AwardAsync(request, db, tx, cancellationToken), cancellationToken);

        private async Task<Result<MarketId>> AwardAsync(Command it, DbConnection db, DbTransaction tx, CancellationToken ct)
        {
            await OpportunityRecords.TakeTurnAsync(db, tx, it.Id, ct);
            if (await OpportunityRecords.FindOwnAsync(db, it.Id, null, it.Me, ct, tx) is not { } stored)
            {
                return Result.Missing;
            }

            // A second click finds the marché that the first one opened.
            if (stored.MarketId is { } opened)
            {
                return opened;
            }

            if (stored.Version != it.FromVersion)
            {
                return Result.Refused("", $"La version {stored.Version} de cette fiche a été enregistrée entre-temps : la relire, puis recommencer.");
            }

            var sheet = stored.Sheet;
            if (Missing(sheet) is { Count: > 0 } missing)
            {
                return Result.Refused(missing);
            }

            var lots = sheet.Carrying.Select(lot => (lot.Number, new LotTerms(lot.Title, lot.Hours, [.. MarketVocabulary.Modalities.Select(row => row.Value)], null, null))).ToList();
            var template = RuleSetTemplates.ByCode(sheet.Template);
            var created = await CreateMarket.StoreAsync(
                new CreateMarket.Command(
                    it.Me, it.Reference ?? sheet.Reference, sheet.Subject, sheet.Buyer.Id, sheet.Buyer.Name, sheet.Buyer.Siret, new DatePeriod(sheet.StartsOn!.Value, sheet.EndsOn), it.Cadence,
                    it.Counting, new PublicList(1, template.Code, template.Categories) { Terms = template.Terms }, lots),
                db, tx, calendar.Now, events, ct);
            if (!created.IsFound)
            {
                return created.Match(_ => Result.Missing, () => Result.Missing, reasons => (Result<MarketId>)Result.Refused([.. reasons.Select(one => one with { Field = one.Field == "reference" ? "marche_reference" : "" })]));
            }

            await KeepCalculationsAsync(created.Value, stored, it.Me, db, tx, ct);
            await OpportunityRecords.AwardAsync(db, tx, it.Id, created.Value, calendar.Now, ct);
            await events.AppendAsync(db, tx, "opportunity", it.Id, "opportunity.awarded", it.Me, new { marche = created.Value.Value, version = stored.Version }, ct);
            return created.Value;
        }

        private static List<Refusal> Missing(OpportunitySheet sheet)
        {
            List<Refusal> missing = [];
            if (!sheet.Carrying.Any())
            {
                missing.Add(new("", "Aucun lot de cette fiche ne porte d’heures : il n’y a pas de clause à suivre."));
            }

            if (sheet.StartsOn is null)
            {
                missing.Add(new("", "Le début du marché manque : modifier la fiche pour l’écrire."));
            }

            if (sheet.Buyer is { Id: null, Siret: null })
            {
                missing.Add(new("", "Le SIRET de l’acheteur manque : modifier la fiche pour l’écrire."));
            }

            return missing;
        }

        /// <summary>Each lot owes by the calculation of the sheet, which stays readable as its first version.</summary>
        private async Task KeepCalculationsAsync(MarketId market, StoredOpportunity stored, SignedIn me, DbConnection db, DbTransaction tx, CancellationToken ct)
        {
            var lots = (await MarketRecords.LotsAsync(db, market, ct, tx)).ToDictionary(lot => lot.Number);
            foreach (var lot in stored.Sheet.Carrying)
            {
                var target = lot.Target! with
                {
                    AppliesFrom = stored.Sheet.StartsOn!.Value,
                    Reason = $"Fiche d’opportunité {stored.Sheet.Reference}, version {stored.Version} du {FrenchCalendar.DayOf(stored.WrittenAt):dd/MM/yyyy}",
                };
                await TargetRecords.AppendAsync(db, tx, lots[lot.Number].Id, target, me, calendar.Now, ct);
            }
        }
    }
}
