namespace Matching.Lab.Sample;

/// <summary>CSV as RFC 4180 has it: a field is quoted only when it holds the separator, a quote or a line end.</summary>
public static class CsvLine
{
    /// <summary>All rows, each ended by <paramref name="lineEnd"/>.</summary>
    public static string Join(IEnumerable<IReadOnlyList<string>> rows, char separator, string lineEnd) =>
        string.Concat(rows.Select(row => string.Join(separator, row.Select(field => Quote(field, separator))) + lineEnd));

    private static string Quote(string field, char separator) =>
        field.AsSpan().IndexOfAny([separator, '"', '\n', '\r']) < 0 ? field : '"' + field.Replace("\"", "\"\"", StringComparison.Ordinal) + '"';
}
