namespace Matching.Engine.Assignments;

/// <summary>A possible pair: this taker could be given this item, and it would be worth this much (0 or more; what is worth less than nothing is left out).</summary>
/// <param name="Taker">Position in <see cref="AssignmentProblem.TakerCapacities"/>.</param>
/// <param name="Item">Position in <see cref="AssignmentProblem.ItemCapacities"/>.</param>
/// <param name="Value">In whole points, 0 to <see cref="AssignmentProblem.HighestValue"/>.</param>
public readonly record struct Arc(int Taker, int Item, int Value);

/// <summary>Who may be given what, and how often: each taker takes at most its capacity of different items, each item goes to at most its capacity of takers.</summary>
public sealed class AssignmentProblem
{
    /// <summary>Values are multiplied by the precision of a price and added up in 64 bits.</summary>
    public const int HighestValue = 1_000_000;

    /// <exception cref="ArgumentException">A negative capacity, an arc to nowhere, a value out of range, or the same pair twice.</exception>
    public AssignmentProblem(IReadOnlyList<int> takerCapacities, IReadOnlyList<int> itemCapacities, IReadOnlyList<Arc> arcs)
    {
        ArgumentNullException.ThrowIfNull(takerCapacities);
        ArgumentNullException.ThrowIfNull(itemCapacities);
        ArgumentNullException.ThrowIfNull(arcs);
        if (takerCapacities.Any(capacity => capacity < 0) || itemCapacities.Any(capacity => capacity < 0))
        {
            throw new ArgumentException("A capacity is negative.");
        }

        var seen = new HashSet<(int, int)>(arcs.Count);
        foreach (var arc in arcs)
        {
            if (arc.Taker < 0 || arc.Taker >= takerCapacities.Count || arc.Item < 0 || arc.Item >= itemCapacities.Count)
            {
                throw new ArgumentException("An arc goes to a taker or an item that does not exist.", nameof(arcs));
            }

            if (arc.Value is < 0 or > HighestValue)
            {
                throw new ArgumentException($"The value of an arc is not between 0 and {HighestValue}.", nameof(arcs));
            }

            if (!seen.Add((arc.Taker, arc.Item)))
            {
                throw new ArgumentException("The same pair has two arcs.", nameof(arcs));
            }
        }

        (TakerCapacities, ItemCapacities, Arcs) = (takerCapacities, itemCapacities, arcs);
    }

    public IReadOnlyList<int> TakerCapacities { get; }
    public IReadOnlyList<int> ItemCapacities { get; }
    public IReadOnlyList<Arc> Arcs { get; }
}

/// <summary>An assignment with its proof: no other one is worth more than <see cref="Bound"/>.</summary>
/// <param name="Arcs">Positions of the chosen arcs in the problem, ascending.</param>
/// <param name="Prices">By item, in points: what another taker must offer above its other choices to be given it; 0 for an item with room left.</param>
/// <param name="Value">Sum of the values of the chosen arcs.</param>
/// <param name="Bound">By linear programming duality with these prices; at least <paramref name="Value"/>.</param>
public sealed record Assignment(IReadOnlyList<int> Arcs, IReadOnlyList<double> Prices, long Value, double Bound)
{
    /// <summary>How far from the best this can be at most, as a share of the bound; 0 when there is nothing to assign.</summary>
    public double Gap => Bound > 0 ? (Bound - Value) / Bound : 0;
}
