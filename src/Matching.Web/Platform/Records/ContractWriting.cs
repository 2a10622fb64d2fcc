using System.Data.Common;
using Dapper;
using Matching.Rules;
using Matching.Rules.Hours;
using Matching.Rules.Markets;
using Matching.Web.Platform.Webhooks;

namespace Matching.Web.Platform.Records;

/// <summary>A work contract about to be stored.</summary>
/// <param name="SubmissionKey">What keeps the same request sent twice from making two contracts; null for a form of the site.</param>
/// <param name="Renews">The contract that this one follows.</param>
public sealed record NewContract(
    WorkContract Contract, MarketId MarketId, PreselectionId? PreselectionId, OrganizationId FacilitatorId, string? SubmissionKey = null, ContractId? Renews = null);

/// <summary>Writing work contracts.</summary>
public static class ContractWriting
{
    public static async Task InsertAsync(DbConnection db, DbTransaction tx, NewContract it, DateTimeOffset now, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(it);
        await WriteAsync(db, tx, it, now, ct);
        var pool = await db.QuerySingleAsync<OrganizationId>(new CommandDefinition("select organization_id from person where id = @PersonId", new { it.Contract.PersonId }, tx, cancellationToken: ct));
        await WebhookQueue.TellAsync(
            db, tx, WebhookEvents.ContractCreated, [it.FacilitatorId, it.Contract.EmployerId, pool],
            new { contrat = it.Contract.Id.Value, personne = it.Contract.PersonId.Value, marche = it.MarketId.Value, lot = it.Contract.LotId.Value, preselection = it.PreselectionId?.Value }, now, ct);
    }

    private static Task<int> WriteAsync(DbConnection db, DbTransaction tx, NewContract it, DateTimeOffset now, CancellationToken ct) => db.ExecuteAsync(new CommandDefinition(
        """
        insert into work_contract (id, person_id, lot_id, market_id, posting_id, preselection_id, facilitator_id, employer_id, modality, kind,
            starts_on, ends_on, weekly_minutes, eligible_from, category_code, created_at, ended_on, exit_code, submission_key, renews_id)
        values (@Id, @PersonId, @LotId, @MarketId, @PostingId, @PreselectionId, @FacilitatorId, @EmployerId, @modality, @kind,
            @Start, @End, @WeeklyMinutes, @EligibleFrom, @CategoryCode, @now, null, null, @key, @Renews)
        """,
        new
        {
            it.Contract.Id,
            it.Contract.PersonId,
            it.Contract.LotId,
            it.MarketId,
            it.Contract.PostingId,
            it.PreselectionId,
            it.FacilitatorId,
            it.Contract.EmployerId,
            modality = MarketVocabulary.Modalities.Single(row => row.Value == it.Contract.Modality).Code,
            kind = Rules.Postings.WorkContracts.Code(it.Contract.Kind),
            it.Contract.Period.Start,
            it.Contract.Period.End,
            it.Contract.WeeklyMinutes,
            it.Contract.EligibleFrom,
            it.Contract.CategoryCode,
            now,
            key = it.SubmissionKey is null ? null : KeyOf(it.FacilitatorId, it.SubmissionKey),
            it.Renews,
        },
        tx, cancellationToken: ct));

    /// <summary>The contract that this request of this facilitator already made; null when the request is new.</summary>
    public static Task<ContractId?> WrittenByAsync(DbConnection db, OrganizationId facilitator, string submissionKey, CancellationToken ct, DbTransaction? tx = null) =>
        db.QuerySingleOrDefaultAsync<ContractId?>(new CommandDefinition(
            "select id from work_contract where submission_key = @key", new { key = KeyOf(facilitator, submissionKey) }, tx, cancellationToken: ct));

    /// <summary>Moves the end of a contract, and keeps the end it had.</summary>
    public static async Task ExtendAsync(
        DbConnection db, DbTransaction tx, ContractId contract, DateOnly previousEnd, DateOnly newEnd, string reason, SignedIn who, DateTimeOffset now, CancellationToken ct)
    {
        await db.ExecuteAsync(new CommandDefinition(
            """
            insert into contract_extension (id, contract_id, previous_end, new_end, reason, extended_at, extended_by_id, extended_by)
            values (@id, @contract, @previousEnd, @newEnd, @reason, @now, @UserId, @DisplayName)
            """,
            new { id = Guid.CreateVersion7(), contract, previousEnd, newEnd, reason, now, who.UserId, who.DisplayName }, tx, cancellationToken: ct));
        await db.ExecuteAsync(new CommandDefinition(
            "update work_contract set ends_on = @newEnd where id = @contract", new { contract, newEnd }, tx, cancellationToken: ct));
    }

    // The key comes from outside: kept with its organisation, it cannot meet the key of another.
    private static string KeyOf(OrganizationId facilitator, string submissionKey) => $"{facilitator}/{submissionKey}";
}
