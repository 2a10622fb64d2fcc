using System.Data.Common;
using Matching.Rules.Hours;
using Matching.Rules.Postings;
using Matching.Web.Platform.Records;

namespace Matching.Web.Preselection;

/// <summary>Where the lot of a posting stands, as its company reads it: hours done and to do, documents expected from it.</summary>
/// <param name="DoneMinutes">Counted by the one function, as on every table.</param>
public sealed record CompanyDuties(int DoneMinutes, int OwedMinutes, IReadOnlyList<ExpectedDocument> Documents)
{
    public int LeftMinutes => Math.Max(0, OwedMinutes - DoneMinutes);

    public static async Task<CompanyDuties?> ReadAsync(
        DbConnection db, Posting posting, IReadOnlyList<CompanyCards.Placed> placed, DateOnly today, CancellationToken ct)
    {
        if (await MarketRecords.FindAsync(db, posting.MarketId, ct) is not { } market || await MarketRecords.FindLotAsync(db, posting.LotId, ct) is not { } lot)
        {
            return null;
        }

        var reported = (await MarketFigures.ReportedAsync(db, market, ct)).Where(it => it.Contract.LotId == lot.Id);
        var terms = await ControlRecords.TermsAsync(db, market.Id, ct);
        List<StoredContract> own = [.. (await ContractRecords.OfMarketAsync(db, market.Id, ct)).Where(it => it.Contract.LotId == lot.Id && it.Contract.EmployerId == lot.CompanyId)];
        var due = await DueOfMarket.OfContractsAsync(db, market, terms, own, today, ct);
        var hires = own.Where(it => it.Contract.PostingId == posting.Id)
            .SelectMany(it => placed.Where(file => file.Stored.PersonId == it.Contract.PersonId && file.Card is not null).Select(file => ($"fiche {file.Position}", it.Contract.Period.Start)));

        // A quarter that runs today has ended in three months.
        var running = ReportingCalendar.Ended(market.For(lot).Period, market.Cadence, terms.DueBefore, today.AddMonths(3)).FirstOrDefault(period => period.Holds(CalendarMonth.Of(today)));
        var owing = due.Lines.GroupBy(line => line.Due.Period).Select(group => (group.Key, group.Count()));
        return new CompanyDuties(
            reported.Sum(it => it.Hours.CountedMinutes), lot.OwedOn(today).Minutes,
            ExpectedDocuments.Of(today, terms, [.. hires], [.. owing], running));
    }
}
