using System.Data.Common;
using Dapper;
using Matching.Rules;
using Matching.Rules.Hours;

namespace Matching.Web.Platform.Records;

/// <summary>A line of the ledger with who wrote it, who decided on it and why.</summary>
public sealed record LedgerLine(
    HourEntry Entry, string? Reason, DateTimeOffset DeclaredAt, Guid? DeclaredById, string DeclaredBy, string? DecidedBy, string? DecisionReason, HourProof? Proof);

/// <summary>The ledger of hours: rows are only ever added.</summary>
public static class HourRecords
{
    /// <summary>Lines of one reading; beyond, totals would be wrong, so reading fails.</summary>
    private const int LineLimit = 200_000;

    private const string Select = """
        select e.id, e.contract_id, e.month, e.kind, e.minutes, e.corrects, e.shares, e.reason, e.declared_at, e.declared_by_id, e.declared_by,
            d.status, d.reason as decision_reason, d.decided_by, p.kind as proof_kind, p.reference as proof_reference
        from hour_entry e
        left join hour_decision d on d.entry_id = e.id
        left join hour_proof p on p.entry_id = e.id
        """;

    /// <summary>The lines of one contract, by month then in the order they were written.</summary>
    public static async Task<IReadOnlyList<LedgerLine>> OfContractAsync(DbConnection db, ContractId contract, CancellationToken ct, DbTransaction? tx = null)
    {
        var rows = (await db.QueryAsync<Row>(new CommandDefinition(
            $"{Select} where e.contract_id = @contract order by e.month, e.declared_at, e.id limit {LineLimit + 1}", new { contract }, tx, cancellationToken: ct))).AsList();
        return [.. Bounded(rows).Select(row => row.ToLine())];
    }

    /// <summary>The entries of several contracts.</summary>
    public static async Task<ILookup<ContractId, HourEntry>> OfContractsAsync(DbConnection db, IEnumerable<ContractId> contracts, CancellationToken ct)
    {
        var entries = new List<HourEntry>();
        foreach (var batch in contracts.Distinct().Chunk(PersonRecords.BatchSize))
        {
            var rows = (await db.QueryAsync<Row>(new CommandDefinition(
                $"{Select} where e.contract_id {db.In("@ids")} order by e.contract_id, e.month, e.id limit {LineLimit + 1}",
                new { ids = batch.Select(id => id.Value).ToArray() }, cancellationToken: ct))).AsList();
            entries.AddRange(Bounded(rows).Select(row => row.ToLine().Entry));
        }

        return entries.ToLookup(entry => entry.ContractId);
    }

    /// <summary>For each of these contracts, the first days of the months for which hours stand: declared, not rejected, not taken back.</summary>
    public static async Task<ILookup<ContractId, DateOnly>> StandingMonthsAsync(DbConnection db, IReadOnlyList<ContractId> contracts, CancellationToken ct)
    {
        var months = new List<(ContractId Contract, DateOnly Month)>();
        foreach (var batch in contracts.Chunk(PersonRecords.BatchSize))
        {
            months.AddRange(await db.QueryAsync<(ContractId, DateOnly)>(new CommandDefinition(
                $"""
                select e.contract_id, e.month from hour_entry e
                left join hour_decision d on d.entry_id = coalesce(e.corrects, e.id)
                where e.contract_id {db.In("@ids")} and coalesce(d.status, '') <> 'REJECTED'
                group by e.contract_id, e.month having sum(e.minutes) > 0 order by e.contract_id, e.month limit {LineLimit}
                """,
                new { ids = batch.Select(id => id.Value).ToArray() }, cancellationToken: ct)));
        }

        return months.ToLookup(it => it.Contract, it => it.Month);
    }

    /// <summary>Those of these contracts that have lines waiting for the facilitator, and how many.</summary>
    public static async Task<IReadOnlyDictionary<ContractId, int>> WaitingAsync(DbConnection db, IReadOnlyList<ContractId> contracts, CancellationToken ct)
    {
        var waiting = new Dictionary<ContractId, int>();
        foreach (var batch in contracts.Chunk(PersonRecords.BatchSize))
        {
            foreach (var (contract, lines) in await db.QueryAsync<(ContractId, int)>(new CommandDefinition(
                $"""
                select e.contract_id, count(*) from hour_entry e
                where e.contract_id {db.In("@ids")} and e.corrects is null
                    and not exists (select 1 from hour_decision d where d.entry_id = e.id)
                    and not exists (select 1 from hour_entry t where t.corrects = e.id)
                group by e.contract_id order by e.contract_id limit {LineLimit}
                """,
                new { ids = batch.Select(id => id.Value).ToArray() }, cancellationToken: ct)))
            {
                waiting[contract] = lines;
            }
        }

        return waiting;
    }

    /// <summary>The contract of a line; null when the line is unknown.</summary>
    public static Task<ContractId?> ContractOfAsync(DbConnection db, Guid entry, CancellationToken ct, DbTransaction? tx = null) =>
        db.QuerySingleOrDefaultAsync<ContractId?>(new CommandDefinition(
            "select contract_id from hour_entry where id = @entry", new { entry }, tx, cancellationToken: ct));

    /// <summary>Makes the writers of one person's ledgers wait for each other until commit: each then checks what the other wrote.</summary>
    public static Task TakeTurnAsync(DbConnection db, DbTransaction tx, ContractId contract, CancellationToken ct) =>
        db.ExecuteAsync(new CommandDefinition("update work_contract set created_at = created_at where person_id = (select o.person_id from work_contract o where o.id = @contract)", new { contract }, tx, cancellationToken: ct));

    /// <summary>The line that this form already wrote in this ledger; null when the form is new.</summary>
    public static Task<Guid?> WrittenByAsync(DbConnection db, DbTransaction tx, ContractId contract, string submissionKey, CancellationToken ct) =>
        db.QuerySingleOrDefaultAsync<Guid?>(new CommandDefinition(
            "select id from hour_entry where submission_key = @key", new { key = KeyOf(contract, submissionKey) }, tx, cancellationToken: ct));

    public static Task AppendAsync(
        DbConnection db, DbTransaction tx, HourEntry entry, string? reason, string submissionKey, SignedIn who, DateTimeOffset now, CancellationToken ct) =>
        db.ExecuteAsync(new CommandDefinition(
            """
            insert into hour_entry (id, contract_id, month, kind, minutes, corrects, shares, reason, declared_at, declared_by_id, declared_by, submission_key)
            values (@Id, @ContractId, @Month, @kind, @Minutes, @Corrects, @Shares, @reason, @now, @UserId, @DisplayName, @key)
            """,
            new
            {
                entry.Id,
                entry.ContractId,
                entry.Month,
                kind = CodeOf(entry.Kind),
                entry.Minutes,
                entry.Corrects,
                entry.Shares,
                reason,
                now,
                who.UserId,
                who.DisplayName,
                key = KeyOf(entry.ContractId, submissionKey),
            },
            tx, cancellationToken: ct));

    public static Task AppendDecisionAsync(
        DbConnection db, DbTransaction tx, Guid entry, HourStatus status, string? reason, SignedIn who, DateTimeOffset now, CancellationToken ct) =>
        db.ExecuteAsync(new CommandDefinition(
            """
            insert into hour_decision (entry_id, status, reason, decided_at, decided_by_id, decided_by)
            values (@entry, @status, @reason, @now, @UserId, @DisplayName)
            """,
            new { entry, status = status == HourStatus.Validated ? "VALIDATED" : "REJECTED", reason, now, who.UserId, who.DisplayName }, tx, cancellationToken: ct));

    private static string CodeOf(HourKind kind) => kind == HourKind.Training ? "TRAINING" : "WORK";

    // The key comes from outside: kept with its contract, it cannot meet the key of another organisation.
    private static string KeyOf(ContractId contract, string submissionKey) => $"{contract}/{submissionKey}";

    private static List<Row> Bounded(List<Row> rows) => rows.Count <= LineLimit ? rows
        : throw new InvalidOperationException($"More than {LineLimit} lines of hours: a total over a part of them would be wrong.");

    private sealed class Row
    {
        public Guid Id { get; init; }
        public ContractId ContractId { get; init; }
        public DateOnly Month { get; init; }
        public string Kind { get; init; } = "";
        public int Minutes { get; init; }
        public Guid? Corrects { get; init; }
        public Guid? Shares { get; init; }
        public string? ProofKind { get; init; }
        public string? ProofReference { get; init; }
        public string? Reason { get; init; }
        public DateTimeOffset DeclaredAt { get; init; }
        public Guid? DeclaredById { get; init; }
        public string DeclaredBy { get; init; } = "";
        public string? Status { get; init; }
        public string? DecisionReason { get; init; }
        public string? DecidedBy { get; init; }

        public LedgerLine ToLine() => new(
            new HourEntry(Id, ContractId, Month, Kind == "TRAINING" ? HourKind.Training : HourKind.Work, Minutes,
                Status switch
                {
                    "VALIDATED" => HourStatus.Validated,
                    "REJECTED" => HourStatus.Rejected,
                    _ => ProofReference is null ? HourStatus.Declared : HourStatus.Proved,
                },
                Corrects, Shares),
            Reason, DeclaredAt, DeclaredById, DeclaredBy, DecidedBy, DecisionReason, ProofReference is null ? null : new HourProof(ProofKind!, ProofReference));
    }
}
