using System.Data.Common;
using Dapper;
using Matching.Rules;
using Matching.Rules.Hours;
using Matching.Rules.Markets;

namespace Matching.Web.Platform.Records;

/// <summary>What lots owe: versions of their targets, invoices, parts of co-contractors. Rows are only ever added.</summary>
public static class TargetRecords
{
    /// <summary>Rows of one reading; beyond, what is owed would be wrong, so reading fails.</summary>
    private const int RowLimit = 50_000;

    private static readonly (TargetKind Kind, string Code, string Label)[] Table =
    [
        (TargetKind.FixedHours, "HEURES", "Un nombre d’heures écrit au contrat"),
        (TargetKind.LabourShare, "PART_MAIN_OEUVRE", "Une part de la main-d’œuvre (calculateur)"),
        (TargetKind.PerAmountInvoiced, "FACTURES", "Une heure par tranche facturée au-delà d’un seuil"),
        (TargetKind.Offered, "OFFRE", "Les heures offertes par le titulaire"),
    ];

    public static IReadOnlyList<(string Code, string Label)> Kinds { get; } = [.. Table.Select(row => (row.Code, row.Label))];

    public static string CodeOf(TargetKind kind) => Table.Single(row => row.Kind == kind).Code;

    public static string LabelOf(TargetKind kind) => Table.Single(row => row.Kind == kind).Label;

    public static TargetKind? KindOf(string? code) => Table.FirstOrDefault(row => row.Code == code) is { Code: not null } found ? found.Kind : null;

    /// <summary>The lots with the versions of what they owe and their invoices.</summary>
    public static async Task<IReadOnlyList<Lot>> WithTargetsAsync(DbConnection db, IReadOnlyList<Lot> lots, CancellationToken ct, DbTransaction? tx = null)
    {
        var ids = lots.Select(lot => lot.Id.Value).ToArray();
        var targets = Bounded(await db.QueryAsync<TargetRow>(new CommandDefinition(
            $"""
            select lot_id, version, kind, applies_from, reason, hours, amount_cents, labour_permille, rate_permille, hourly_cost_cents, step_cents,
                threshold_cents, offer_minimum, offer_maximum
            from lot_target where lot_id {db.In("@ids")} order by lot_id, version limit {RowLimit}
            """,
            new { ids }, tx, cancellationToken: ct))).ToLookup(row => row.LotId, row => row.ToTarget());
        var invoices = Bounded(await db.QueryAsync<InvoiceRow>(new CommandDefinition(
            $"select lot_id, id, number, dated_on, amount_cents, corrects from invoice where lot_id {db.In("@ids")} order by lot_id, dated_on, id limit {RowLimit}",
            new { ids }, tx, cancellationToken: ct))).ToLookup(row => row.LotId, row => new Invoice(row.Id, row.Number, row.DatedOn, row.AmountCents, row.Corrects));
        return [.. lots.Select(lot => lot with { Targets = [.. targets[lot.Id]], Invoices = [.. invoices[lot.Id]] })];
    }

    /// <summary>Makes the writers of one lot wait for each other until commit: each then checks what the other wrote.</summary>
    public static Task TakeTurnAsync(DbConnection db, DbTransaction tx, LotId lot, CancellationToken ct) =>
        db.ExecuteAsync(new CommandDefinition("update lot set number = number where id = @lot", new { lot }, tx, cancellationToken: ct));

    public static Task AppendAsync(DbConnection db, DbTransaction tx, LotId lot, HoursTarget it, SignedIn who, DateTimeOffset now, CancellationToken ct) =>
        db.ExecuteAsync(new CommandDefinition(
            """
            insert into lot_target (lot_id, version, kind, applies_from, reason, hours, amount_cents, labour_permille, rate_permille, hourly_cost_cents,
                step_cents, threshold_cents, offer_minimum, offer_maximum, created_at, created_by_id, created_by)
            values (@lot, @Version, @kind, @AppliesFrom, @Reason, @Hours, @AmountCents, @LabourPermille, @RatePermille, @HourlyCostCents,
                @StepCents, @ThresholdCents, @OfferMinimum, @OfferMaximum, @now, @UserId, @DisplayName)
            """,
            new
            {
                lot,
                it.Version,
                kind = CodeOf(it.Kind),
                it.AppliesFrom,
                it.Reason,
                it.Hours,
                it.AmountCents,
                it.LabourPermille,
                it.RatePermille,
                it.HourlyCostCents,
                it.StepCents,
                it.ThresholdCents,
                it.OfferMinimum,
                it.OfferMaximum,
                now,
                who.UserId,
                who.DisplayName,
            },
            tx, cancellationToken: ct));

    /// <summary>False when the lot already has an invoice of that number.</summary>
    public static async Task<bool> AppendAsync(DbConnection db, DbTransaction tx, LotId lot, Invoice it, SignedIn who, DateTimeOffset now, CancellationToken ct) =>
        await db.ExecuteAsync(new CommandDefinition(
            """
            insert into invoice (id, lot_id, number, dated_on, amount_cents, corrects, created_at, created_by_id, created_by)
            values (@Id, @lot, @Number, @DatedOn, @AmountCents, @Corrects, @now, @UserId, @DisplayName)
            on conflict (lot_id, number) do nothing
            """,
            new { it.Id, lot, it.Number, it.DatedOn, it.AmountCents, it.Corrects, now, who.UserId, who.DisplayName }, tx, cancellationToken: ct)) > 0;

    /// <summary>The parts in force, in the order they were named; empty when the lot has one company.</summary>
    public static async Task<IReadOnlyList<(CoContractorShare Share, string Company)>> SharesAsync(DbConnection db, LotId lot, CancellationToken ct, DbTransaction? tx = null)
    {
        var rows = await db.QueryAsync<(OrganizationId Company, int Permille, string Name)>(new CommandDefinition(
            """
            select s.company_id, s.permille, o.name from lot_share s join organization o on o.id = s.company_id
            where s.lot_id = @lot and s.version = (select max(v.version) from lot_share v where v.lot_id = @lot)
            order by s.place limit 1000
            """,
            new { lot }, tx, cancellationToken: ct));
        return [.. rows.Select(row => (new CoContractorShare(row.Company, row.Permille), row.Name))];
    }

    public static async Task AppendAsync(DbConnection db, DbTransaction tx, LotId lot, IReadOnlyList<CoContractorShare> shares, SignedIn who, DateTimeOffset now, CancellationToken ct)
    {
        var version = 1 + await db.QuerySingleAsync<int>(new CommandDefinition(
            "select coalesce(max(version), 0) from lot_share where lot_id = @lot", new { lot }, tx, cancellationToken: ct));
        for (var place = 0; place < shares.Count; place++)
        {
            await db.ExecuteAsync(new CommandDefinition(
                """
                insert into lot_share (lot_id, version, place, company_id, permille, created_at, created_by)
                values (@lot, @version, @place, @CompanyId, @Permille, @now, @DisplayName)
                """,
                new { lot, version, place, shares[place].CompanyId, shares[place].Permille, now, who.DisplayName }, tx, cancellationToken: ct));
        }
    }

    private static List<T> Bounded<T>(IEnumerable<T> rows) => rows.AsList() is { Count: < RowLimit } list ? list
        : throw new InvalidOperationException($"{RowLimit} rows or more: what is owed over a part of them would be wrong.");

    private sealed class InvoiceRow
    {
        public LotId LotId { get; init; }
        public Guid Id { get; init; }
        public string Number { get; init; } = "";
        public DateOnly DatedOn { get; init; }
        public long AmountCents { get; init; }
        public Guid? Corrects { get; init; }
    }

    private sealed class TargetRow
    {
        public LotId LotId { get; init; }
        public int Version { get; init; }
        public string Kind { get; init; } = "";
        public DateOnly AppliesFrom { get; init; }
        public string Reason { get; init; } = "";
        public int? Hours { get; init; }
        public long? AmountCents { get; init; }
        public int? LabourPermille { get; init; }
        public int? RatePermille { get; init; }
        public int? HourlyCostCents { get; init; }
        public long? StepCents { get; init; }
        public long? ThresholdCents { get; init; }
        public int? OfferMinimum { get; init; }
        public int? OfferMaximum { get; init; }

        public HoursTarget ToTarget() => new(
            Version, Table.Single(row => row.Code == Kind).Kind, AppliesFrom, Reason, Hours, AmountCents, LabourPermille, RatePermille, HourlyCostCents,
            StepCents, ThresholdCents, OfferMinimum, OfferMaximum);
    }
}
