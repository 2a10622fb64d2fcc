using System.Data.Common;
using Dapper;
using Matching.Rules;
using Matching.Rules.Eligibility;
using Matching.Rules.People;

namespace Matching.Web.Platform.Records;

/// <summary>Validated eligibilities and seen proofs. Rows are only ever added.</summary>
public static class EligibilityRecords
{
    private const int HistoryLimit = 200;
    private const int ValidatedLimit = 100_000;

    private const string Select = """
        select d.id, d.person_id, d.market_id, d.public_list_version, d.category_code, d.basis, d.proof_seen_on, d.opinion, d.opinion_author, d.opinion_body, d.opinion_on,
            d.met_categories, d.decided_by, d.decided_on, d.valid_from, d.valid_until, w.withdrawn_from, w.reason as withdrawal_reason, w.by_name as withdrawn_by, w.withdrawn_on
        from eligibility_decision d
        left join eligibility_withdrawal w on w.decision_id = d.id
        """;

    private const string Covers = "d.valid_from <= @day and d.valid_until >= @day and (w.withdrawn_from is null or w.withdrawn_from > @day)";

    /// <summary>The newest decision for this person and marché, whether or not it still runs; null when none was taken.</summary>
    public static async Task<EligibilityDecision?> InForceAsync(
        DbConnection db, PersonId person, MarketId market, CancellationToken ct, DbTransaction? tx = null)
    {
        var history = await HistoryAsync(db, person, market, ct, tx);
        return history.Count == 0 ? null : history[0];
    }

    /// <summary>The decision for this person and marché that covers the day, the newest if several do; null when none does.</summary>
    public static async Task<EligibilityDecision?> CoveringAsync(
        DbConnection db, PersonId person, MarketId market, DateOnly day, CancellationToken ct, DbTransaction? tx = null)
    {
        var row = await db.QueryFirstOrDefaultAsync<Row>(new CommandDefinition(
            $"""
            {Select} where d.person_id = @person and d.market_id = @market and {Covers}
            order by d.decided_at desc, d.id desc limit 1
            """,
            new { person, market, day }, tx, cancellationToken: ct));
        return row?.ToDecision();
    }

    /// <summary>As <see cref="CoveringAsync(DbConnection, PersonId, MarketId, DateOnly, CancellationToken, DbTransaction?)"/>, of several people at once; who has none is missing.</summary>
    public static async Task<IReadOnlyDictionary<PersonId, EligibilityDecision>> CoveringAsync(
        DbConnection db, IEnumerable<PersonId> people, MarketId market, DateOnly day, CancellationToken ct, DbTransaction? tx = null)
    {
        var found = new Dictionary<PersonId, EligibilityDecision>();
        foreach (var batch in people.Distinct().Chunk(PersonRecords.BatchSize))
        {
            var rows = await db.QueryAsync<Row>(new CommandDefinition(
                $"""
                {Select} where d.person_id {db.In("@ids")} and d.market_id = @market and {Covers}
                order by d.decided_at desc, d.id desc limit {ValidatedLimit}
                """,
                new { ids = batch.Select(id => id.Value).ToArray(), market, day }, tx, cancellationToken: ct));
            foreach (var row in rows)
            {
                found.TryAdd(row.PersonId, row.ToDecision());
            }
        }

        return found;
    }

    /// <summary>Every decision for this person and marché, the newest first.</summary>
    public static async Task<IReadOnlyList<EligibilityDecision>> HistoryAsync(
        DbConnection db, PersonId person, MarketId market, CancellationToken ct, DbTransaction? tx = null)
    {
        var rows = await db.QueryAsync<Row>(new CommandDefinition(
            $"{Select} where d.person_id = @person and d.market_id = @market order by d.decided_at desc, d.id desc limit {HistoryLimit}",
            new { person, market }, tx, cancellationToken: ct));
        return [.. rows.Select(row => row.ToDecision())];
    }

    /// <summary>The people whose validation for the marché covers the day and opens this lot: eligible whatever their present situation.</summary>
    public static async Task<IReadOnlySet<Guid>> ValidatedAsync(DbConnection db, LotId lot, DateOnly day, CancellationToken ct)
    {
        var found = await MarketRecords.FindLotAsync(db, lot, ct) ?? throw new InvalidOperationException("A posting has a lot.");
        var rows = (await db.QueryAsync<Row>(new CommandDefinition(
            $"""
            {Select} where d.market_id = @MarketId and {Covers}
            order by d.person_id, d.id limit {ValidatedLimit + 1}
            """,
            new { found.MarketId, day }, cancellationToken: ct))).AsList();
        return rows.Count <= ValidatedLimit ? rows.Select(row => row.ToDecision()).Where(decision => decision.Opens(found)).Select(decision => decision.PersonId.Value).ToHashSet()
            : throw new InvalidOperationException($"More than {ValidatedLimit} validations for one marché: a list without some of them would be wrong.");
    }

    /// <summary>The decisions of a facilitator's marchés that run on the day, the newest first, each with its id.</summary>
    public static async Task<IReadOnlyList<(Guid Id, EligibilityDecision Decision)>> RunningAsync(
        DbConnection db, OrganizationId facilitator, DateOnly day, int limit, CancellationToken ct)
    {
        var rows = await db.QueryAsync<Row>(new CommandDefinition(
            $"""
            {Select} where d.market_id in (select m.id from market m where m.facilitator_id = @facilitator) and {Covers}
            order by d.decided_at desc, d.id desc limit @limit
            """,
            new { facilitator, day, limit }, cancellationToken: ct));
        return [.. rows.Select(row => (row.Id, row.ToDecision()))];
    }

    /// <summary>A decision by its id, when it is of a marché of this facilitator; null otherwise.</summary>
    public static async Task<EligibilityDecision?> OfFacilitatorAsync(
        DbConnection db, Guid id, OrganizationId facilitator, CancellationToken ct, DbTransaction? tx = null)
    {
        var row = await db.QuerySingleOrDefaultAsync<Row>(new CommandDefinition(
            $"{Select} where d.id = @id and d.market_id in (select m.id from market m where m.facilitator_id = @facilitator)", new { id, facilitator }, tx, cancellationToken: ct));
        return row?.ToDecision();
    }

    /// <summary>Makes two validations of the same person wait for each other until commit.</summary>
    public static Task TakeTurnAsync(DbConnection db, DbTransaction tx, PersonId person, CancellationToken ct) =>
        db.ExecuteAsync(new CommandDefinition("update person set reference = reference where id = @person", new { person }, tx, cancellationToken: ct));

    public static Task AppendAsync(
        DbConnection db, DbTransaction tx, EligibilityDecision decision, Guid decidedById, DateTimeOffset now, CancellationToken ct) =>
        db.ExecuteAsync(new CommandDefinition(
            """
            insert into eligibility_decision (id, person_id, market_id, public_list_version, category_code, basis, proof_seen_on, opinion,
                opinion_author, opinion_body, opinion_on, met_categories, decided_by_id, decided_by, decided_on, decided_at, valid_from, valid_until)
            values (@id, @PersonId, @MarketId, @PublicListVersion, @CategoryCode, @basis, @ProofSeenOn, @Opinion,
                @OpinionAuthor, @OpinionBody, @OpinionOn, @MetCategories, @decidedById, @DecidedBy, @DecidedOn, @now, @ValidFrom, @ValidUntil)
            """,
            new
            {
                id = Guid.CreateVersion7(),
                decision.PersonId,
                decision.MarketId,
                decision.PublicListVersion,
                decision.CategoryCode,
                basis = decision.Basis == DecisionBasis.Proof ? "PROOF" : "OPINION",
                decision.ProofSeenOn,
                decision.Opinion,
                decision.OpinionAuthor,
                decision.OpinionBody,
                decision.OpinionOn,
                decision.MetCategories,
                decidedById,
                decision.DecidedBy,
                decision.DecidedOn,
                now,
                decision.ValidFrom,
                decision.ValidUntil,
            },
            tx, cancellationToken: ct));

    /// <summary>False when the decision was already taken back.</summary>
    public static async Task<bool> WithdrawAsync(
        DbConnection db, DbTransaction tx, Guid id, EligibilityDecision decision, EligibilityWithdrawal it, Guid byId, DateTimeOffset now, CancellationToken ct) =>
        await db.ExecuteAsync(new CommandDefinition(
            """
            insert into eligibility_withdrawal (decision_id, person_id, market_id, valid_from, withdrawn_from, reason, withdrawn_on, at, by_id, by_name)
            values (@id, @PersonId, @MarketId, @ValidFrom, @From, @Reason, @On, @now, @byId, @By) on conflict (decision_id) do nothing
            """,
            new { id, decision.PersonId, decision.MarketId, decision.ValidFrom, it.From, it.Reason, it.On, now, byId, it.By }, tx, cancellationToken: ct)) == 1;

    /// <summary>The person's facts with the proofs that facilitators saw added to those the structure declared: what is judged.</summary>
    public static async Task<EligibilityFacts> FactsWithSeenProofsAsync(DbConnection db, Person person, CancellationToken ct, DbTransaction? tx = null)
    {
        var seen = await db.QueryAsync<SeenProof>(new CommandDefinition(
            $"select code, seen_on, ends_on from seen_proof where person_id = @id order by seen_on desc limit {HistoryLimit}",
            new { id = person.Id }, tx, cancellationToken: ct));
        return person.Eligibility with { Proofs = [.. person.Eligibility.Proofs, .. seen] };
    }

    /// <summary>The proofs that facilitators saw, by person, for a page of people.</summary>
    public static async Task<ILookup<Guid, SeenProof>> SeenProofsAsync(DbConnection db, IEnumerable<PersonId> people, CancellationToken ct)
    {
        var rows = await db.QueryAsync<(Guid Person, string Code, DateOnly SeenOn, DateOnly? EndsOn)>(new CommandDefinition(
            $"select person_id, code, seen_on, ends_on from seen_proof where person_id {db.In("@people")} order by person_id, seen_on desc limit 20000",
            new { people = people.Select(id => id.Value).Take(PersonRecords.BatchSize).ToArray() }, cancellationToken: ct));
        return rows.ToLookup(row => row.Person, row => new SeenProof(row.Code, row.SeenOn, row.EndsOn));
    }

    private sealed class Row
    {
        public Guid Id { get; init; }
        public PersonId PersonId { get; init; }
        public MarketId MarketId { get; init; }
        public int PublicListVersion { get; init; }
        public string CategoryCode { get; init; } = "";
        public string Basis { get; init; } = "";
        public DateOnly? ProofSeenOn { get; init; }
        public string? Opinion { get; init; }
        public string? OpinionAuthor { get; init; }
        public string? OpinionBody { get; init; }
        public DateOnly? OpinionOn { get; init; }
        public string? MetCategories { get; init; }
        public string DecidedBy { get; init; } = "";
        public DateOnly DecidedOn { get; init; }
        public DateOnly ValidFrom { get; init; }
        public DateOnly ValidUntil { get; init; }
        public DateOnly? WithdrawnFrom { get; init; }
        public string? WithdrawalReason { get; init; }
        public string? WithdrawnBy { get; init; }
        public DateOnly? WithdrawnOn { get; init; }

        public EligibilityDecision ToDecision() => new(
            PersonId, MarketId, PublicListVersion, CategoryCode, Basis == "PROOF" ? DecisionBasis.Proof : DecisionBasis.ReasonedOpinion,
            ProofSeenOn, Opinion, DecidedBy, DecidedOn, ValidFrom, WithdrawnFrom?.AddDays(-1) ?? ValidUntil)
        {
            OpinionAuthor = OpinionAuthor,
            OpinionBody = OpinionBody,
            OpinionOn = OpinionOn,
            MetCategories = MetCategories,
            Id = Id,
            Withdrawal = WithdrawnFrom is { } from ? new EligibilityWithdrawal(from, WithdrawalReason!, WithdrawnBy!, WithdrawnOn!.Value) : null,
        };
    }
}
