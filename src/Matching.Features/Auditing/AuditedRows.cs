namespace Matching.Features.Auditing;

/// <summary>A step of the way, and the rows that went that far.</summary>
public sealed record AuditStage(string Name, bool[] Reached);

/// <summary>The points of one criterion, or pair, by row.</summary>
public sealed record AuditPart(string Name, int[] Points);

/// <summary>Ranked lists as an audit reads them: ranks, points by criterion and how far each row went. Who is in which group comes from elsewhere.</summary>
public sealed class AuditedRows
{
    /// <summary>List i holds rows <c>Start[i]</c> to <c>Start[i + 1] - 1</c>.</summary>
    public required int[] Start { get; init; }

    /// <summary>By row: its rank in its list, from 1.</summary>
    public required int[] Rank { get; init; }

    /// <summary>By row: how far it went, 0 to 4; people with the same one are compared with each other.</summary>
    public required byte[] Merit { get; init; }

    /// <summary>By criterion, then by row: the values that the points were given for.</summary>
    public required byte[][] Codes { get; init; }

    /// <summary>The score of a row is the sum of its parts.</summary>
    public required IReadOnlyList<AuditPart> Parts { get; init; }

    public required IReadOnlyList<AuditStage> Stages { get; init; }

    public int Rows => Rank.Length;

    public int Count => Start.Length - 1;

    public int Length(int list) => Start[list + 1] - Start[list];
}
