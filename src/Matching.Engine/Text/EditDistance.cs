namespace Matching.Engine.Text;

/// <summary>Typing errors between two words: a letter missing, added, replaced, or two neighbours swapped count one each.</summary>
public static class EditDistance
{
    /// <summary>Longer words are never within the limit: a bound on the work, not on the language.</summary>
    private const int LongestWord = 64;

    /// <summary>Errors forgiven in a word: none up to 3 letters, 1 up to 7, 2 above.</summary>
    public static int Allowed(int letters) => letters switch { <= 3 => 0, <= 7 => 1, _ => 2 };

    public static bool Within(ReadOnlySpan<char> one, ReadOnlySpan<char> other, int limit)
    {
        if (Math.Abs(one.Length - other.Length) > limit || one.Length > LongestWord || other.Length > LongestWord)
        {
            return false;
        }
        Span<int> before = stackalloc int[LongestWord + 1];
        Span<int> above = stackalloc int[LongestWord + 1];
        Span<int> row = stackalloc int[LongestWord + 1];
        for (var column = 0; column <= other.Length; column++)
        {
            above[column] = column;
        }
        for (var line = 1; line <= one.Length; line++)
        {
            row[0] = line;
            var least = line;
            for (var column = 1; column <= other.Length; column++)
            {
                var cost = one[line - 1] == other[column - 1] ? 0 : 1;
                var best = Math.Min(Math.Min(row[column - 1], above[column]) + 1, above[column - 1] + cost);
                if (line > 1 && column > 1 && one[line - 1] == other[column - 2] && one[line - 2] == other[column - 1])
                {
                    best = Math.Min(best, before[column - 2] + 1);
                }
                row[column] = best;
                least = Math.Min(least, best);
            }
            if (least > limit)
            {
                return false;
            }
            var spare = before;
            before = above;
            above = row;
            row = spare;
        }
        return above[other.Length] <= limit;
    }
}
