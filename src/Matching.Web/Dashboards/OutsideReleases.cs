using System.Data.Common;
using Matching.Rules.Hours;
using Matching.Rules.Markets;
using Matching.Rules.Reporting;
using Matching.Web.Platform;
using Matching.Web.Platform.Records;

namespace Matching.Web.Dashboards;

/// <summary>
/// The releases of a table, brought up to date when someone outside reads it: as a ranked list is stored when it is shown, so is the state
/// that figures about people were read from.
/// </summary>
public sealed class OutsideReleases(Database database, FrenchCalendar calendar)
{
    public DateOnly Today => calendar.Today;

    /// <summary>The releases of one marché.</summary>
    /// <param name="contracts">Every contract of the marché, with its traits.</param>
    public Task<IReadOnlyList<Release>> OfMarketAsync(DbConnection db, Market market, IReadOnlyList<ReportedContract> contracts, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(market);
        return UpToDateAsync(db, $"marche:{market.Id}", CalendarMonth.Of(market.Period.Start), CalendarMonth.Of(calendar.Today), month => [.. contracts
            .Where(it => it.Contract.Period.Start <= month.LastDay)
            .Select(it => ReleasedContract.Of(it, Facets.All, it.Hours.CountedUntil(month)))], market.Counting.MaskBelow, ct);
    }

    /// <summary>The releases of any table; <paramref name="stateAt"/> answers its contracts at the end of a month.</summary>
    public async Task<IReadOnlyList<Release>> UpToDateAsync(
        DbConnection db, string scope, CalendarMonth first, CalendarMonth until, Func<CalendarMonth, IReadOnlyList<ReleasedContract>> stateAt, int below, CancellationToken ct)
    {
        var releases = await ReleaseRecords.ReadAsync(db, scope, ct);
        var due = Release.Due(releases.Count == 0 ? null : releases[^1], first, until, stateAt, below);
        if (due.Count == 0)
        {
            return releases;
        }

        await database.WriteAsync((writing, tx) => ReleaseRecords.AppendAsync(writing, tx, scope, due, calendar.Now, ct), ct);

        // Two readers may have come at once: what is shown is what is kept.
        return await ReleaseRecords.ReadAsync(db, scope, ct);
    }
}
