using System.Text.RegularExpressions;

namespace Matching.Rules.People;

/// <summary>A PASS IAE: its number (12 characters; "" where only the days are kept) and its last day, included.</summary>
public sealed partial record PassIae(string Number, DateOnly LastDay)
{
    public static Rule LastDayIncluded { get; } = new(
        "pass.dernier-jour",
        "Le PASS IAE est valide le jour de l’embauche, dernier jour compris.",
        "Code public des emplois de l’inclusion (approvals/models.py), lu en août 2026");

    public bool Covers(DateOnly day) => day <= LastDay;

    /// <summary>Reads 12 letters or digits, five digits first, with or without spaces; null when it is not one.</summary>
    public static string? NormalizeNumber(string? text)
    {
        var number = (text ?? "").Replace(" ", "", StringComparison.Ordinal).Replace("\u00a0", "", StringComparison.Ordinal).ToUpperInvariant();
        return Shape().IsMatch(number) ? number : null;
    }

    /// <summary>As people read it: <c>99999 00 00001</c>.</summary>
    public string Shown => Number.Length == 0 ? "" : $"{Number[..5]} {Number[5..7]} {Number[7..]}";

    [GeneratedRegex("^[A-Z0-9]{5}[0-9]{7}$", RegexOptions.CultureInvariant)]
    private static partial Regex Shape();
}
