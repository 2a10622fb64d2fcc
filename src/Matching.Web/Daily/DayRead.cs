using System.Data.Common;
using Matching.Web.Platform;

namespace Matching.Web.Daily;

/// <summary>The day of one reader: its page and its mails say the same, from one reading.</summary>
/// <param name="Due">Hours and proofs that are late or near, behind their block.</param>
/// <param name="Endings">What ends soon, behind its block.</param>
public sealed record DayRead(IReadOnlyList<DayBlock> Blocks, IReadOnlyList<HoursOfDay.Due> Due, IReadOnlyList<EndingPeople.Found> Endings)
{
    public static async Task<DayRead> OfAsync(DbConnection db, SignedIn who, DateOnly today, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(who);
        var due = await HoursOfDay.OfAsync(db, who, today, ct);
        var endings = await EndingPeople.OfAsync(db, who, today, ct);
        var (ofHours, ofEndings) = (HoursOfDay.BlockOf(due, today), EndingPeople.BlockOf(endings, who, today));
        return new DayRead(
            who.Role == Roles.Facilitator
                ? await FacilitatorDay.ReadAsync(db, who, today, ofHours, ofEndings, ct)
                : await StructureDay.ReadAsync(db, who, today, ofHours, ofEndings, ct),
            due, endings);
    }
}
