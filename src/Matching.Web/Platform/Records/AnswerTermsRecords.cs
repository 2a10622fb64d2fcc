using System.Data.Common;
using Dapper;
using Matching.Rules;
using Matching.Rules.Preselection;

namespace Matching.Web.Platform.Records;

/// <summary>How long the companies of a marché have to answer. Rows are only added; the last one is in force.</summary>
public static class AnswerTermsRecords
{
    /// <summary>The terms in force; the usual ones where none was written.</summary>
    public static async Task<AnswerTerms> OfAsync(DbConnection db, MarketId market, CancellationToken ct, DbTransaction? tx = null) =>
        await db.QueryFirstOrDefaultAsync<AnswerTerms?>(new CommandDefinition(
            "select version, first_reminder_days, second_reminder_days, answer_days from market_answer_terms where market_id = @market order by version desc limit 1",
            new { market }, tx, cancellationToken: ct)) ?? AnswerTerms.Usual;

    public static Task AppendAsync(DbConnection db, DbTransaction tx, MarketId market, AnswerTerms terms, SignedIn by, DateTimeOffset now, CancellationToken ct) =>
        db.ExecuteAsync(new CommandDefinition(
            """
            insert into market_answer_terms (market_id, version, first_reminder_days, second_reminder_days, answer_days, created_at, created_by_id, created_by)
            values (@market, @Version, @FirstReminderDays, @SecondReminderDays, @AnswerDays, @now, @UserId, @DisplayName)
            """,
            new { market, terms.Version, terms.FirstReminderDays, terms.SecondReminderDays, terms.AnswerDays, now, by.UserId, by.DisplayName }, tx, cancellationToken: ct));
}
