using Matching.Rules;
using Matching.Rules.Hours;
using Matching.Web.Platform;
using Matching.Web.Platform.Records;
using MediatR;

namespace Matching.Web.Hours;

/// <summary>POST /heures/lots/{id}/cible: a new version of what the lot owes, with its day and its document; the former ones stay.</summary>
public static class AmendTarget
{
    private const decimal MostEuros = HoursOwed.MaximumCents / 100m;

    /// <param name="FromVersion">The version that the person had before their eyes; refused when it is no longer the last.</param>
    public sealed record Command(LotId LotId, int FromVersion, HoursTarget Target, SignedIn Who) : IRequest<Result<int>>;

    public static void Map(IEndpointRouteBuilder app) => app.MapPost("/heures/lots/{id:guid}/cible", Post).RequireAuthorization(Policies.Facilitator);

    private static async Task<IResult> Post(Guid id, PostedForm form, SignedIn who, IMediator mediator, CancellationToken ct)
    {
        var lot = new LotId(id);
        var (target, version) = (Read(form), form.WholeNumber("version", "Version", 1, 10_000));
        return target is null || version is null
            ? await ReadTarget.ShowAsync(lot, form, who, mediator, StatusCodes.Status400BadRequest, ct)
            : await ReadTarget.AnswerAsync(
                await mediator.Send(new Command(lot, version.Value, target, who), ct), lot, "La nouvelle version de la cible est enregistrée.", form, who, mediator, ct);
    }

    // Only the fields of the chosen kind are read: what was typed for another stays out.
    private static HoursTarget? Read(PostedForm form)
    {
        var kind = TargetRecords.KindOf(form.Choice("nature", "Nature de la cible", TargetRecords.Kinds.Select(row => row.Code))) ?? default;
        var (from, reason) = (form.Day("a_partir_du", "À partir du"), form.Text("document", "Document", 300));
        long? Cents(string name, string label) => form.OptionalNumber(name, label, 0, MostEuros) is { } euros ? (long)(euros * 100) : null;
        int? Permille(string name, string label) => form.OptionalNumber(name, label, 0, 100, 1) is { } percent ? (int)(percent * 10) : null;
        int? Hours(string name, string label) => form.OptionalWholeNumber(name, label, 0, HoursTarget.MaximumHours);
        var target = new HoursTarget(0, kind, from ?? default, reason);
        target = kind switch
        {
            TargetKind.LabourShare => target with
            {
                AmountCents = Cents("montant", "Montant"),
                LabourPermille = Permille("part", "Part de main-d’œuvre"),
                RatePermille = Permille("taux", "Taux d’insertion"),
                HourlyCostCents = form.OptionalNumber("cout", "Coût horaire chargé", 0, 1_000) is { } cost ? (int)(cost * 100) : null,
            },
            TargetKind.PerAmountInvoiced => target with
            {
                AmountCents = Cents("montant", "Montant"),
                StepCents = Cents("tranche", "Tranche"),
                ThresholdCents = Cents("seuil", "Seuil"),
            },
            TargetKind.Offered => target with
            {
                Hours = Hours("heures", "Heures offertes"),
                OfferMinimum = Hours("minimum", "Minimum"),
                OfferMaximum = Hours("maximum", "Maximum"),
            },
            _ => target with { Hours = Hours("heures", "Heures dues") },
        };
        foreach (var (field, sentence) in target.Faults().Where(fault => form.Errors[fault.Field].Count == 0))
        {
            form.Errors.Add(field, sentence);
        }

        return form.Errors.Any ? null : target;
    }

    public sealed class Handler(Database database, FrenchCalendar calendar, EventLog log) : IRequestHandler<Command, Result<int>>
    {
        public Task<Result<int>> Handle(Command request, CancellationToken cancellationToken) => database.WriteAsync<Result<int>>(
            async (db, tx) =>
            {
                var ct = cancellationToken;
                await TargetRecords.TakeTurnAsync(db, tx, request.LotId, ct);
                if (await LotOfFacilitator.FindAsync(db, request.LotId, request.Who, ct, tx) is not var (market, lot))
                {
                    return Result.Missing;
                }

                var last = lot.Versions.Max(one => one.Version);
                if (last != request.FromVersion)
                {
                    return Result.Refused("version", $"La cible a changé entre-temps. {HoursTarget.Amended.Sentence} Relisez la version {last}, puis recommencez.");
                }

                if (!market.Period.Contains(request.Target.AppliesFrom))
                {
                    return Result.Refused("a_partir_du", $"La cible s’applique à partir d’un jour du marché, {HourShown.Period(market.Period)}.");
                }

                // The hours that the lot was opened with become its first version, so that the history is whole.
                if (lot.Targets is not { Count: > 0 })
                {
                    await TargetRecords.AppendAsync(db, tx, lot.Id, lot.Versions[0] with { AppliesFrom = market.Period.Start }, request.Who, calendar.Now, ct);
                }

                var target = request.Target with { Version = last + 1 };
                await TargetRecords.AppendAsync(db, tx, lot.Id, target, request.Who, calendar.Now, ct);
                await log.AppendAsync(db, tx, "market", market.Id.Value, "lot.target", request.Who,
                    new { lot = lot.Number, version = target.Version, kind = TargetRecords.CodeOf(target.Kind), from = target.AppliesFrom }, ct);
                return target.Version;
            },
            cancellationToken);
    }
}
