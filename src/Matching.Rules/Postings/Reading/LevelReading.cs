using System.Globalization;
using System.Text.RegularExpressions;
using Matching.Rules.People;

namespace Matching.Rules.Postings.Reading;

/// <summary>Qualification level and level of French, only when the text requires them.</summary>
internal static partial class LevelReading
{
    /// <summary>French level 3 to 8, when a diploma is required.</summary>
    public static Extracted<int>? ReadLevel(FoldedText text)
    {
        foreach (Match found in Diploma().Matches(text.Text))
        {
            if (DemandReading.Of(text, found.Index, found.Length) == Demand.Required)
            {
                var level = found.Groups["level"].Success ? int.Parse(found.Groups["level"].Value, CultureInfo.InvariantCulture)
                    : found.Value switch { "cap" or "bep" or "titre professionnel" => 3, "bts" or "dut" or "bac+2" => 5, "licence" => 6, _ => 4 };
                return text.Extract(level, found);
            }
        }

        return null;
    }

    /// <summary>1 (A1) to 6 (C2), when a level of the European scale is named.</summary>
    public static Extracted<int>? ReadFrench(FoldedText text)
    {
        var found = French().Match(text.Text);
        return found.Success ? text.Extract(1 + PeopleVocabulary.FrenchLevels.ToList().IndexOf(found.Groups["scale"].Value.ToUpperInvariant()), found) : null;
    }

    [GeneratedRegex(@"\b(?:niveau (?<level>[3-8])|cap|bep|titre professionnel|bac\+2|bac pro|bac(?!\s?\+|s\b)|baccalaureat|bts|dut|licence)\b", RegexOptions.CultureInvariant)]
    private static partial Regex Diploma();

    [GeneratedRegex(@"\bfrancais\b[^.\n]{0,25}?\b(?<scale>[abc][12])\b|\bniveau (?<scale>[abc][12])\b[^.\n]{0,20}?\bfrancais\b", RegexOptions.CultureInvariant)]
    private static partial Regex French();
}
