using System.Globalization;

namespace Matching.Benchmarks;

/// <summary>The words after a command: <c>--name value</c> or <c>--flag</c>.</summary>
public sealed class Options(IReadOnlyList<string> words)
{
    /// <summary>Where the people of a run stay for the next one (<c>--folder DIR</c>); null when they disappear with it.</summary>
    public string? Folder => Text("--folder", "") is { Length: > 0 } folder ? folder : null;

    public bool Has(string name) => words.Contains(name);

    public string Text(string name, string otherwise)
    {
        var at = words.ToList().IndexOf(name);
        return at >= 0 && at + 1 < words.Count ? words[at + 1] : otherwise;
    }

    /// <exception cref="FormatException">The value is no whole number.</exception>
    public int Number(string name, int otherwise) => int.Parse(Text(name, $"{otherwise}"), CultureInfo.InvariantCulture);
}
