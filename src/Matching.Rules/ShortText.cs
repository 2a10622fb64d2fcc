namespace Matching.Rules;

/// <summary>Texts cut to a length in letters.</summary>
public static class ShortText
{
    /// <summary>The first letters. A drawn sign is two letters long and is never cut in two: PostgreSQL and XML refuse half a character.</summary>
    public static string Cut(this string text, int most)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Length <= most ? text : text[..(char.IsHighSurrogate(text[most - 1]) ? most - 1 : most)];
    }

    /// <summary>The same with "…" where something was left out.</summary>
    public static string Shortened(this string text, int most)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Length <= most ? text : text.Cut(most) + "…";
    }
}
