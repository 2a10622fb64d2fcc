using System.Buffers.Text;
using System.Data.Common;
using System.Security.Cryptography;
using System.Text;
using Dapper;
using Matching.Rules;

namespace Matching.Web.Preselection;

/// <summary>A company's link as stored: its secret is not, only the hash.</summary>
/// <param name="Openings">How many times its page was opened.</param>
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
    int Openings)
{
    /// <summary>The last day is included.</summary>
    public bool IsValidOn(DateOnly day) => RevokedAt is null && day <= ExpiresOn;
}

/// <summary>The secret of a company's link, and reading links.</summary>
public static class CompanyLinks
{
    private const int SecretBytes = 32;
    private const int ListLimit = 100;

    private const string Select = """
        select l.id, l.posting_id, l.contact_name, l.contact_email, l.facilitator_words, l.is_anonymous, l.answer_before, l.expires_on,
            l.created_at, l.created_by, l.revoked_at,
            (select count(*) from company_link_person p where p.link_id = l.id) as people,
            (select count(*) from company_link_opening o where o.link_id = l.id) as openings
        from company_link l
        """;

    /// <summary>256 random bits for the address, and the hash to store.</summary>
    public static (string Secret, string Hash) Create()
    {
        var secret = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes));
        return (secret, HashOf(secret));
    }

    /// <summary>The link of this secret, valid or not. Looked up by hash: the time it takes tells nothing about the secret.</summary>
    public static Task<CompanyLink?> FindAsync(DbConnection db, string secret, CancellationToken ct, DbTransaction? tx = null) =>
        db.QuerySingleOrDefaultAsync<CompanyLink?>(new CommandDefinition(
            $"{Select} where l.secret_hash = @hash", new { hash = HashOf(secret) }, tx, cancellationToken: ct));

    /// <summary>The links of a posting, the newest first.</summary>
    public static async Task<IReadOnlyList<CompanyLink>> OfPostingAsync(DbConnection db, PostingId posting, CancellationToken ct) =>
        (await db.QueryAsync<CompanyLink>(new CommandDefinition(
            $"{Select} where l.posting_id = @posting order by l.created_at desc, l.id limit {ListLimit}", new { posting }, cancellationToken: ct))).AsList();

    private static string HashOf(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));
}
