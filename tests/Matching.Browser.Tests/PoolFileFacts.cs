using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Matching.Rules.Eligibility;

namespace Matching.Browser.Tests;

/// <summary>What the structures' own files say of the people shown, to look for where it must not be.</summary>
public static class PoolFileFacts
{
    private static readonly string[] Columns =
        ["telephone", "courriel", "code_postal", "code_insee", "structure_siret", "pass_iae", "besoins_poste", "texte"];

    private static readonly string[] StructureKinds = ["EI", "ETTI", "AI", "ACI", "EITI", "GEIQ", "EA", "EATT", "ESAT"];

    /// <summary>The facts of one person that a company may not learn, as written in the pool file.</summary>
    /// <param name="reference">The structure's own reference of the person, <c>EI-0042</c>.</param>
    public static IReadOnlyList<string> HiddenFromCompany(string reference)
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "data-samples", "viviers");
        foreach (var file in Directory.EnumerateFiles(folder, "*.csv"))
        {
            var lines = Read(file).Split('\n', StringSplitOptions.TrimEntries);
            if (lines.FirstOrDefault(line => line.StartsWith(reference + ';', StringComparison.Ordinal)) is { } found)
            {
                return Facts(lines[0].Split(';').Zip(found.Split(';')).ToDictionary(), reference);
            }
        }

        throw new InvalidOperationException($"No pool file holds the reference {reference}.");
    }

    /// <summary>The facts of <paramref name="hidden"/> found in a page, as a browser would read it; and every word that no company's page holds.</summary>
    public static IReadOnlyList<string> FoundIn(string page, IEnumerable<string> hidden)
    {
        var text = WebUtility.HtmlDecode(page);
        var codes = PublicCategories.DeclarableCodes.Concat(StructureKinds).Where(code => Regex.IsMatch(text, $@"\b{code}\b"));
        var words = PublicCategories.All.Select(category => category.Label).Append("points").Concat(hidden)
            .Where(fact => text.Contains(fact, StringComparison.OrdinalIgnoreCase));
        return [.. codes, .. words, .. Regex.Matches(text, @"\b[A-N]\d{4}\b").Select(code => $"ROME code {code.Value}, which tells a company nothing")];
    }

    // No cell of these columns holds a separator, but the last: its first part is enough to be looked for.
    private static IReadOnlyList<string> Facts(Dictionary<string, string> row, string reference)
    {
        var birth = DateOnly.ParseExact(row["date_naissance"], ["dd/MM/yyyy", "yyyy-MM-dd"], CultureInfo.InvariantCulture);
        string[] dates = [birth.ToString("dd/MM/yyyy", CultureInfo.InvariantCulture), birth.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)];
        return [reference, .. dates, .. Columns.Select(column => row[column].Trim(' ', '"')).Where(value => value.Length > 0)];
    }

    // One structure sends its file in the old Windows encoding, as some do.
    private static string Read(string file)
    {
        var bytes = File.ReadAllBytes(file);
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes).TrimStart('\uFEFF');
        }
        catch (DecoderFallbackException)
        {
            return Encoding.Latin1.GetString(bytes);
        }
    }
}
