namespace Matching.Rules;

/// <summary>Days from <see cref="Start"/> to <see cref="End"/>, both included, as people say it: "du 1er au 31". No end means open.</summary>
public readonly record struct DatePeriod
{
    public DatePeriod(DateOnly start, DateOnly? end = null)
    {
        if (end < start)
        {
            throw new ArgumentException("A period ends on or after its first day.", nameof(end));
        }

        (Start, End) = (start, end);
    }

    public DateOnly Start { get; }

    public DateOnly? End { get; }

    public bool Contains(DateOnly day) => day >= Start && (End is null || day <= End);

    public bool Overlaps(DatePeriod other) => (other.End is null || Start <= other.End) && (End is null || other.Start <= End);

    /// <summary>The earlier of the two ends, an open one counting as never.</summary>
    public static DateOnly? Earlier(DateOnly? one, DateOnly? other) =>
        one is null ? other : other is null ? one : one < other ? one : other;
}
