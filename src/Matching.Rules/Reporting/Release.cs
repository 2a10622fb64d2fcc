using Matching.Rules.Hours;

namespace Matching.Rules.Reporting;

/// <summary>One contract as it stood when the detail of people left the facilitator.</summary>
/// <param name="Cells">The cell of each breakdown, by the code of the breakdown.</param>
/// <param name="Minutes">Counted minutes up to the month of the release.</param>
public sealed record ReleasedContract(ContractId Id, PersonId PersonId, LotId LotId, IReadOnlyDictionary<string, string> Cells, int Minutes)
{
    public static ReleasedContract Of(ReportedContract it, IEnumerable<Facet> facets, int minutes)
    {
        ArgumentNullException.ThrowIfNull(it);
        return new ReleasedContract(it.Contract.Id, it.Contract.PersonId, it.Contract.LotId, facets.ToDictionary(facet => facet.Code, facet => facet.CodeOf(it)), minutes);
    }

    /// <summary>Whether nothing that a table shows has changed.</summary>
    public bool SaysTheSameAs(ReleasedContract other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Minutes == other.Minutes && LotId == other.LotId && PersonId == other.PersonId
            && Cells.Count == other.Cells.Count && Cells.All(cell => other.Cells.GetValueOrDefault(cell.Key) == cell.Value);
    }
}

/// <summary>
/// A state of the contracts from which figures about people leave the facilitator. Releases are kept as they were: what was readable once
/// stays readable, so each new one is judged against all the earlier ones.
/// </summary>
/// <param name="Number">1, 2, 3… within one table.</param>
/// <param name="Month">No contract begins and no hour is worked after it.</param>
public sealed record Release(int Number, CalendarMonth Month, IReadOnlyList<ReleasedContract> Contracts)
{
    public static Rule InGroups { get; } = new(
        "tableau.detail-par-groupe",
        "Hors du facilitateur, le détail des personnes n’avance que lorsqu’au moins 5 personnes (seuil du marché) ont changé depuis le détail précédent : soustraire deux tableaux n’isole personne.",
        Rule.ToConfirm + " (usage statistique ; seuil fixé par le marché)");

    /// <summary>The people of whom something that a table shows has changed between two states.</summary>
    public static HashSet<PersonId> Movers(IEnumerable<ReleasedContract> before, IEnumerable<ReleasedContract> after)
    {
        var old = before.ToDictionary(it => it.Id);
        var movers = new HashSet<PersonId>();
        foreach (var now in after)
        {
            if (!old.Remove(now.Id, out var then))
            {
                movers.Add(now.PersonId);
            }
            else if (!now.SaysTheSameAs(then))
            {
                movers.UnionWith([now.PersonId, then.PersonId]);
            }
        }

        movers.UnionWith(old.Values.Select(gone => gone.PersonId));
        return movers;
    }

    /// <summary>The releases to add now: one for each month, from the last release on, at which enough people have changed.</summary>
    /// <param name="first">Where a table without any release begins.</param>
    /// <param name="stateAt">The contracts at the end of a month, as known today.</param>
    public static IReadOnlyList<Release> Due(
        Release? last, CalendarMonth first, CalendarMonth current, Func<CalendarMonth, IReadOnlyList<ReleasedContract>> stateAt, int below)
    {
        ArgumentNullException.ThrowIfNull(stateAt);
        var due = new List<Release>();
        for (var month = last?.Month ?? first; month <= current; month = month.Next())
        {
            var state = stateAt(month);
            if (Movers(last?.Contracts ?? [], state).Count >= below)
            {
                last = new Release((last?.Number ?? 0) + 1, month, state);
                due.Add(last);
            }
        }

        return due;
    }
}
