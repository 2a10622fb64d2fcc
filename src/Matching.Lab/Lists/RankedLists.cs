namespace Matching.Lab.Lists;

/// <summary>
/// Posting lists as they were shown, in columns. Rows of one list follow each other; <see cref="FileRow"/> says where each stood in its file.
/// </summary>
public sealed class RankedLists
{
    public required IReadOnlyList<FeatureSpec> Features { get; init; }

    /// <summary>By list.</summary>
    public required IReadOnlyList<string> ListIds { get; init; }

    /// <summary>By list: a number for each posting, in order of appearance.</summary>
    public required int[] Posting { get; init; }

    /// <summary>By list: a number for each employer, in order of appearance.</summary>
    public required int[] Employer { get; init; }

    /// <summary>By list: the day it was shown.</summary>
    public required int[] Day { get; init; }

    /// <summary>By list: the territory, null where it is not told; null when the file has no such column.</summary>
    public IReadOnlyList<string?>? Territory { get; init; }

    /// <summary>List i holds rows <c>Start[i]</c> to <c>Start[i + 1] - 1</c>.</summary>
    public required int[] Start { get; init; }

    /// <summary>By row: its place among the data rows of the file, from 0.</summary>
    public required int[] FileRow { get; init; }

    public required int[] RankShown { get; init; }

    public required bool[] Opened { get; init; }

    /// <summary>By row: 0 shown and not kept, 1 preselected, 2 interviewed, 3 hired, 4 still in post months later.</summary>
    public required byte[] Label { get; init; }

    /// <summary>By row: whether the person went along with the posting, null where it is not known; null when the file has no such column.</summary>
    public bool?[]? Wanted { get; init; }

    /// <summary>By feature, then by row.</summary>
    public required byte[][] Codes { get; init; }

    public int Rows => Label.Length;

    public int Count => ListIds.Count;

    public int Length(int list) => Start[list + 1] - Start[list];

    /// <summary>Whether cards opened were recorded: where no row was ever opened, a row that was not opened says nothing.</summary>
    public bool TellsWhoWasOpened => tellsWhoWasOpened ??= Opened.AsSpan().Contains(true);

    private bool? tellsWhoWasOpened;

    /// <summary>Whether the list has rows that one can put in a wrong order.</summary>
    public bool HasOrder(int list)
    {
        var labels = Label.AsSpan(Start[list], Length(list));
        return labels.Length > 1 && labels.ContainsAnyExcept(labels[0]);
    }

    /// <summary>Whether there is anything to learn an order from.</summary>
    public bool HasAnyOrder => Enumerable.Range(0, Count).Any(HasOrder);

    /// <summary>The same lists, only those that are named by their number, in that order.</summary>
    public RankedLists Only(IReadOnlyList<int> lists)
    {
        var rows = lists.SelectMany(list => Enumerable.Range(Start[list], Length(list))).ToArray();
        var start = new int[lists.Count + 1];
        for (var at = 0; at < lists.Count; at++)
        {
            start[at + 1] = start[at] + Length(lists[at]);
        }

        return new RankedLists
        {
            Features = Features,
            ListIds = [.. lists.Select(list => ListIds[list])],
            Posting = [.. lists.Select(list => Posting[list])],
            Employer = [.. lists.Select(list => Employer[list])],
            Day = [.. lists.Select(list => Day[list])],
            Territory = Territory is null ? null : [.. lists.Select(list => Territory[list])],
            Start = start,
            FileRow = Pick(FileRow, rows),
            RankShown = Pick(RankShown, rows),
            Opened = Pick(Opened, rows),
            Label = Pick(Label, rows),
            Wanted = Wanted is null ? null : Pick(Wanted, rows),
            Codes = [.. Codes.Select(column => Pick(column, rows))],
        };
    }

    private static T[] Pick<T>(T[] column, int[] rows) => Array.ConvertAll(rows, row => column[row]);
}
