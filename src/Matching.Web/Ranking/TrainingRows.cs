using System.Data.Common;
using Dapper;
using Matching.Features;
using Matching.Rules;
using Matching.Rules.People;
using Matching.Rules.Postings;
using Matching.Web.Platform.Reference;

namespace Matching.Web.Ranking;

/// <summary>
/// The trainings that end soon, by person, as the ranking reads them. Only those of the facilitator who ranks: what another one noted about a person
/// is not theirs to see. Read once for all the postings of a facilitator that are searched together.
/// </summary>
internal sealed class TrainingRows(OccupationTitles titles, DateOnly today)
{
    private readonly Dictionary<OrganizationId, IReadOnlyList<Row>> read = [];

    /// <param name="market">The marché of the posting: a training set up for it is told apart.</param>
    public async Task<IReadOnlyDictionary<Guid, IReadOnlyList<RunningTraining>>> RunningAsync(DbConnection db, OrganizationId facilitator, MarketId market, CancellationToken ct)
    {
        if (!read.TryGetValue(facilitator, out var rows))
        {
            read[facilitator] = rows = await ReadAsync(db, facilitator, ct);
        }

        return rows.GroupBy(row => row.Person).ToDictionary(
            same => same.Key,
            same => (IReadOnlyList<RunningTraining>)[.. same.Select(row => new RunningTraining(row.Rome, row.Market == market, row.EndsOn))]);
    }

    private async Task<IReadOnlyList<Row>> ReadAsync(DbConnection db, OrganizationId facilitator, CancellationToken ct)
    {
        var rows = await db.QueryAsync<(Guid Person, string Title, MarketId? Market, DateOnly EndsOn)>(new CommandDefinition(
            """
            select p.person_id, s.title, s.market_id, s.ends_on from training_participant p join training_session s on s.id = p.session_id
            where s.facilitator_id = @facilitator and s.ends_on >= @today and s.ends_on <= @last and p.outcome = @running
            order by p.person_id, s.id limit 100000
            """,
            new { facilitator, today, last = today.AddDays(RunningTraining.DaysAhead), running = TrainingBeforeHire.Ongoing }, cancellationToken: ct));
        return [.. rows.Select(row => new Row(row.Person, titles.SureOf(row.Title), row.Market, row.EndsOn))];
    }

    private sealed record Row(Guid Person, RomeCode? Rome, MarketId? Market, DateOnly EndsOn);
}
