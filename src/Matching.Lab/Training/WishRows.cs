using Matching.Lab.Lists;

namespace Matching.Lab.Training;

/// <summary>
/// The rows whose wish is known, as lists of their own: label 1 for a person who went along, 0 for one whose no was their own. Only lists that hold
/// both are there, for the others have no order to find.
/// </summary>
/// <param name="Lists">Postings and employers keep their numbers.</param>
/// <param name="Rows">By row of these lists: its number among all.</param>
public sealed record WishRows(RankedLists Lists, int[] Rows)
{
    /// <summary>Null when no list tells two people apart by what they wanted.</summary>
    public static WishRows? Of(RankedLists lists)
    {
        ArgumentNullException.ThrowIfNull(lists);
        if (lists.Wanted is not { } wanted)
        {
            return null;
        }

        var (rows, start, numbers) = (new List<int>(), new List<int> { 0 }, new List<int>());
        for (var list = 0; list < lists.Count; list++)
        {
            var known = Enumerable.Range(lists.Start[list], lists.Length(list)).Where(row => wanted[row] is not null).ToList();
            if (known.Any(row => wanted[row] == true) && known.Any(row => wanted[row] == false))
            {
                rows.AddRange(known);
                start.Add(rows.Count);
                numbers.Add(list);
            }
        }

        return numbers.Count == 0 ? null : new WishRows(Taken(lists, [.. numbers], [.. start], [.. rows]), [.. rows]);
    }

    /// <summary>Of a value for each of all rows, those of these rows.</summary>
    public T[] Pick<T>(T[] all) => Array.ConvertAll(Rows, row => all[row]);

    // Somebody decided about each of these people: all count as opened.
    private static RankedLists Taken(RankedLists lists, int[] numbers, int[] start, int[] rows) => new()
    {
        Features = lists.Features,
        ListIds = [.. numbers.Select(list => lists.ListIds[list])],
        Posting = Array.ConvertAll(numbers, list => lists.Posting[list]),
        Employer = Array.ConvertAll(numbers, list => lists.Employer[list]),
        Day = Array.ConvertAll(numbers, list => lists.Day[list]),
        Start = start,
        FileRow = Array.ConvertAll(rows, row => lists.FileRow[row]),
        RankShown = Array.ConvertAll(rows, row => lists.RankShown[row]),
        Opened = Array.ConvertAll(rows, _ => true),
        Label = Array.ConvertAll(rows, row => (byte)(lists.Wanted![row] == true ? 1 : 0)),
        Codes = [.. lists.Codes.Select(column => Array.ConvertAll(rows, row => column[row]))],
    };
}
