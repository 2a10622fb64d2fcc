using System.Data.Common;
using Dapper;
using Matching.Rules;
using Matching.Web.Platform;

namespace Matching.Web.Preselection;

/// <summary>A company's link as stored: its secret is not, only the hash.</summary>
/// <param name="Openings">How many times its page was opened by someone who is not of the service.</param>
/// <param name="AsksCode">Whether a code by mail opens it.</param>
/// <param name="HasDossier">Whether what was sent can be read again.</param>
public sealed record CompanyLink(
    Guid Id,
    PostingId PostingId,
    string ContactName,
    string? ContactEmail,
    string? FacilitatorWords,
    bool IsAnonymous,
    DateOnly AnswerBefore,
    DateOnly ExpiresOn,
    DateTimeOffset CreatedAt,
    string CreatedBy,
    DateTimeOffset? RevokedAt,
    int People,
    int Openings,
    DateTimeOffset? FirstOpenedAt,
    DateTimeOffset? LastOpenedAt,
    bool HasDossier,
    bool AsksCode)
{
    /// <summary>"Ouvert 2 fois, la première le 16/11/2026 à 10:00, la dernière le 17/11/2026 à 08:30."</summary>
    public string OpeningWords => (Openings, FirstOpenedAt, LastOpenedAt) switch
    {
        (_, null, _) or (_, _, null) => "Pas encore ouvert.",
        (1, { } only, _) => $"Ouvert 1 fois, le {InterviewTime.Words(only)}.",
        (_, { } first, { } last) => $"Ouvert {Openings} fois, la première le {InterviewTime.Words(first)}, la dernière le {InterviewTime.Words(last)}.",
    };

    /// <summary>The last day is included.</summary>
    public bool IsValidOn(DateOnly day) => RevokedAt is null && day <= ExpiresOn;
}

/// <summary>Reading the links of companies.</summary>
public static class CompanyLinks
{
    private const int ListLimit = 100;

    private const string Select = """
        select l.id, l.posting_id, l.contact_name, l.contact_email, l.facilitator_words, l.is_anonymous, l.answer_before, l.expires_on,
            l.created_at, l.created_by, l.revoked_at,
            (select count(*) from company_link_person p where p.link_id = l.id) as people,
            (select count(*) from company_link_opening o where o.link_id = l.id) as openings,
            (select min(o.at) from company_link_opening o where o.link_id = l.id) as first_opened_at,
            (select max(o.at) from company_link_opening o where o.link_id = l.id) as last_opened_at,
            (select count(*) from company_dossier d where d.link_id = l.id) > 0 as has_dossier, l.asks_code
        from company_link l
        """;

    /// <summary>The link of this secret, valid or not. Looked up by hash: the time it takes tells nothing about the secret.</summary>
    public static Task<CompanyLink?> FindAsync(DbConnection db, string secret, CancellationToken ct, DbTransaction? tx = null) =>
        db.QuerySingleOrDefaultAsync<CompanyLink?>(new CommandDefinition(
            $"{Select} where l.secret_hash = @hash or l.id = (select d.link_id from company_link_secret d where d.secret_hash = @hash)",
            new { hash = DrawnSecret.HashOf(secret) }, tx, cancellationToken: ct));

    /// <summary>Whether this is a link of that posting, and the posting is the facilitator's.</summary>
    public static async Task<bool> BelongsAsync(
        DbConnection db, Guid link, PostingId posting, OrganizationId facilitator, CancellationToken ct, DbTransaction? tx = null) =>
        await db.QuerySingleAsync<int>(new CommandDefinition(
            """
            select count(*) from company_link l
            join posting o on o.id = l.posting_id
            where l.id = @link and l.posting_id = @posting and o.facilitator_id = @facilitator
            """,
            new { link, posting, facilitator }, tx, cancellationToken: ct)) > 0;

    /// <summary>The links of a posting, the newest first.</summary>
    public static async Task<IReadOnlyList<CompanyLink>> OfPostingAsync(DbConnection db, PostingId posting, CancellationToken ct) =>
        (await db.QueryAsync<CompanyLink>(new CommandDefinition(
            $"{Select} where l.posting_id = @posting order by l.created_at desc, l.id limit {ListLimit}", new { posting }, cancellationToken: ct))).AsList();
}
