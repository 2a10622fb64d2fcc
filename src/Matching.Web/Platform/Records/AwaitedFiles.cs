using System.Data.Common;
using Dapper;
using Matching.Rules;
using Matching.Rules.Preselection;

namespace Matching.Web.Platform.Records;

/// <summary>A file that a company has not wholly answered, by its newest link.</summary>
/// <param name="People">How many people of the file wait for a first answer.</param>
public sealed record AwaitedFile(
    Guid LinkId, PostingId PostingId, string PostingTitle, MarketId MarketId, OrganizationId FacilitatorId, string ContactName, string? ContactEmail,
    DateTimeOffset SentAt, DateOnly AnswerBefore, DateOnly ExpiresOn, int People)
{
    /// <summary>What is due today. A link that was answered, revoked or replaced by another is no longer such a file.</summary>
    public SilenceStep DueOn(DateOnly today, AnswerTerms terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        return terms.DueOn(today, FrenchCalendar.DayOf(SentAt), AnswerBefore);
    }
}

/// <summary>Reading what is awaited from companies.</summary>
public static class AwaitedFiles
{
    private const string Select = """
        select l.id as link_id, o.id as posting_id, o.title as posting_title, o.market_id, o.facilitator_id, l.contact_name, l.contact_email,
            l.created_at as sent_at, l.answer_before, l.expires_on, cast(count(*) as integer) as people
        from company_link l
        join company_link_person f on f.link_id = l.id
        join preselection s on s.id = f.preselection_id and s.state = 'TRANSMISE'
        join posting o on o.id = l.posting_id
        """;

    /// <summary>The newest link that is not revoked is the one that is awaited.</summary>
    private const string Newest = """
        l.revoked_at is null and not exists (
            select 1 from company_link_person g join company_link n on n.id = g.link_id
            where g.preselection_id = s.id and n.revoked_at is null and (n.created_at > l.created_at or (n.created_at = l.created_at and n.id > l.id)))
        """;

    private const string Group =
        "group by l.id, o.id, o.title, o.market_id, o.facilitator_id, l.contact_name, l.contact_email, l.created_at, l.answer_before, l.expires_on";

    /// <summary>Those of one facilitator, the first to be answered first.</summary>
    public static async Task<IReadOnlyList<AwaitedFile>> OfFacilitatorAsync(DbConnection db, OrganizationId facilitator, int limit, CancellationToken ct) =>
        (await db.QueryAsync<AwaitedFile>(new CommandDefinition(
            $"{Select} where {Newest} and o.facilitator_id = @facilitator {Group} order by l.answer_before, l.id limit @limit", new { facilitator, limit }, cancellationToken: ct))).AsList();

    /// <summary>Those of one posting, the first to be answered first.</summary>
    public static async Task<IReadOnlyList<AwaitedFile>> OfPostingAsync(DbConnection db, PostingId posting, CancellationToken ct) =>
        (await db.QueryAsync<AwaitedFile>(new CommandDefinition($"{Select} where {Newest} and o.id = @posting {Group} order by l.answer_before, l.id limit 200", new { posting }, cancellationToken: ct))).AsList();

    /// <summary>All those asked for since a day, for the daily round.</summary>
    public static async Task<IReadOnlyList<AwaitedFile>> SinceAsync(DbConnection db, DbTransaction tx, DateOnly answerBefore, CancellationToken ct) =>
        (await db.QueryAsync<AwaitedFile>(new CommandDefinition(
            $"{Select} where {Newest} and l.answer_before >= @answerBefore {Group} order by l.answer_before, l.id limit 10000", new { answerBefore }, tx, cancellationToken: ct))).AsList();
}
