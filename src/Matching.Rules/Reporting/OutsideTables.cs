using Matching.Rules.Markets;

namespace Matching.Rules.Reporting;

/// <summary>Who reads a table outside the facilitator, and how much of it.</summary>
/// <param name="Below">Numbers of people under this one are masked.</param>
/// <param name="Facets">The breakdowns that this reader may have.</param>
/// <param name="OwnLots">The lots of a company; null for a reader of the whole marché.</param>
public sealed record OutsideReader(int Below, IReadOnlyList<Facet> Facets, IReadOnlySet<LotId>? OwnLots = null);

/// <summary>
/// The monthly table as it leaves the facilitator. Hours by lot are always of the month asked for: they are what is owed. What describes
/// people comes from the last release, so that neither a total, nor another month, nor the same table read again later tells a small group.
/// </summary>
public static class OutsideTables
{
    private const string Own = "1";
    private const string Others = "2";

    /// <param name="full">The table as the facilitator reads it, limited to the reader's lots.</param>
    /// <param name="lots">Every lot of the marché.</param>
    /// <param name="releases">Every release of the marché, in order.</param>
    public static MonthlyTable Of(MonthlyTable full, IReadOnlyList<Lot> lots, IReadOnlyList<Release> releases, OutsideReader reader)
    {
        ArgumentNullException.ThrowIfNull(full);
        ArgumentNullException.ThrowIfNull(lots);
        ArgumentNullException.ThrowIfNull(releases);
        ArgumentNullException.ThrowIfNull(reader);
        var kept = full.Breakdowns.Where(it => reader.Facets.Any(facet => facet.Code == it.Code)).ToList();
        var at = Math.Max(0, releases.Count(release => release.Month <= full.Month)) - 1;
        if (at < 0)
        {
            return Before(full with { Breakdowns = kept }, reader.Below);
        }

        var owns = reader.OwnLots is { } own && lots.Any(lot => !own.Contains(lot.Id)) ? own : null;
        var byLot = ShownCells.History(releases, it => it.LotId.ToString(), reader.Below)[at];
        return full with
        {
            Lots = [.. full.Lots.Select(line => OfLot(line, lots.Single(lot => lot.Number == line.Number).Id, byLot, reader.Below))],
            Whole = Whole(full.Whole, releases, at, owns, reader.Below),
            Breakdowns = NestedBreakdowns.Guarded(
                [.. kept.Select(it => OfFacet(it, reader.Facets.Single(facet => facet.Code == it.Code), releases, at, owns, reader.Below))],
                code => owns is null ? Shown(code, releases, at, reader.Below) : null, reader.Below),
            MaskedBelow = reader.Below,
            PeopleAsOf = releases[at].Month,
        };
    }

    private static MonthlyTable Before(MonthlyTable full, int below)
    {
        var people = full.Whole.People.Shown;
        Figure Veil(Figure figure) => figure.Shown is 0 ? 0 : people < below ? Figure.Small : Figure.Hidden;
        LotLine Line(LotLine line) => line with { People = Veil(line.People), Contracts = line.Contracts.Shown is 0 ? 0 : Figure.Hidden };
        return full with
        {
            Lots = [.. full.Lots.Select(Line)],
            Whole = Line(full.Whole),
            Breakdowns = [.. full.Breakdowns.Select(it => it.Lines.Count == 0 ? it : it with { Lines = [], IsWithheld = true })],
            MaskedBelow = below,
        };
    }

    private static LotLine OfLot(LotLine line, LotId id, ShownCells? shown, int below) =>
        shown is null ? line with { People = Figure.Hidden, Contracts = Figure.Hidden }
        : shown.Lines.FirstOrDefault(cell => cell.Code == id.ToString()) is { } cell ? line with { People = People(cell, below), Contracts = Contracts(cell) }
        : line with { People = 0, Contracts = 0 };

    private static LotLine Whole(LotLine whole, IReadOnlyList<Release> releases, int at, IReadOnlySet<LotId>? owns, int below)
    {
        if (owns is null)
        {
            var contracts = releases[at].Contracts;
            return whole with { People = contracts.Select(it => it.PersonId).Distinct().Count(), Contracts = contracts.Count };
        }

        var part = ShownCells.History(releases, it => owns.Contains(it.LotId) ? Own : Others, below, mayMask: false)[at];
        return part is null ? whole with { People = Figure.Hidden, Contracts = Figure.Hidden }
            : part.Lines.FirstOrDefault(cell => cell.Code == Own) is { } cell ? whole with { People = cell.People, Contracts = cell.Contracts }
            : whole with { People = 0, Contracts = 0 };
    }

    /// <summary>One breakdown as it may leave.</summary>
    /// <param name="mustMask">As for <see cref="ShownCells.History"/>.</param>
    public static Breakdown OfFacet(
        Breakdown empty, Facet facet, IReadOnlyList<Release> releases, int at, IReadOnlySet<LotId>? owns, int below,
        Func<IReadOnlyCollection<ReleasedContract>, IReadOnlyCollection<ReleasedContract>, bool>? mustMask = null)
    {
        ArgumentNullException.ThrowIfNull(empty);
        ArgumentNullException.ThrowIfNull(facet);

        // Beside the buyer's table, the part of one company would tell the part of the others: all cells of both must be large.
        var shown = owns is null ? Shown(facet.Code, releases, at, below, mustMask)
            : ShownCells.History(releases, it => (owns.Contains(it.LotId) ? Own : Others) + CellOf(it, facet.Code), below, mayMask: false)[at];
        if (shown is null)
        {
            return empty with { Lines = [], IsWithheld = true };
        }

        var lines = shown.Lines.Where(cell => owns is null || cell.Code.StartsWith(Own, StringComparison.Ordinal)).Select(cell =>
        {
            var code = owns is null ? cell.Code : cell.Code[Own.Length..];
            return new BreakdownLine(code, facet.LabelOf(code), People(cell, below), Contracts(cell), Figure.Hidden, cell.IsMasked ? Figure.Hidden : cell.Minutes);
        });
        return empty with { Lines = [.. lines], AsOf = shown.Release.Month };
    }

    /// <summary>What a breakdown shows at a release to a reader of everyone; null before anything could be shown.</summary>
    internal static ShownCells? Shown(
        string facet, IReadOnlyList<Release> releases, int at, int below, Func<IReadOnlyCollection<ReleasedContract>, IReadOnlyCollection<ReleasedContract>, bool>? mustMask = null) =>
        ShownCells.History(releases, it => CellOf(it, facet), below, mustMask: mustMask)[at];

    // A release may be older than the breakdown.
    private static string CellOf(ReleasedContract it, string facet) => it.Cells.GetValueOrDefault(facet, Facets.Unknown);

    private static Figure People(ShownCell cell, int below) => !cell.IsMasked ? cell.People : cell.People < below ? Figure.Small : Figure.Hidden;

    private static Figure Contracts(ShownCell cell) => cell.IsMasked ? Figure.Hidden : cell.Contracts;
}
