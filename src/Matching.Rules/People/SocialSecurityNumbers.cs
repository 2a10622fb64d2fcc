using System.Text.RegularExpressions;

namespace Matching.Rules.People;

/// <summary>The NIR (numéro de sécurité sociale) has no use here: it is taken out before anything is stored, and that is said.</summary>
public static partial class SocialSecurityNumbers
{
    public static Rule NeverKept { get; } = new(
        "vivier.sans-nir",
        "Un numéro de sécurité sociale trouvé dans un fichier est retiré avant tout enregistrement, et l’import le dit.",
        "Choix du service : minimisation des données (la clause n’en a aucun usage)");

    /// <summary>True when a header announces social security numbers.</summary>
    public static bool IsAnnouncedBy(string header)
    {
        var key = PoolColumns.Key(header);
        return key is "nir" or "numeross" or "noss" or "nss"
            || key.EndsWith("secu", StringComparison.Ordinal) && key.StartsWith('n')
            || key.EndsWith("nir", StringComparison.Ordinal) && key.StartsWith('n')
            || key.Contains("securitesociale", StringComparison.Ordinal);
    }

    /// <summary>The text without what looks like a NIR (13 digits, or 15 with the key; Corsica's 2A and 2B; spaces, dots or hyphens between groups).</summary>
    public static (string Text, bool WasFound) Remove(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Length < 13 || !Shape().IsMatch(text) ? (text, false) : (Shape().Replace(text, "").Trim(), true);
    }

    // Sex, year, month (01–12, or 20–99 when it is not known), département, commune, order, key. A SIRET has 14 digits: never taken.
    [GeneratedRegex(
        @"(?<![0-9A-Za-z])[12][ .\-\u00a0]?[0-9]{2}[ .\-\u00a0]?(0[1-9]|1[0-2]|[2-9][0-9])[ .\-\u00a0]?([0-9]{2}|2[ABab])[ .\-\u00a0]?[0-9]{3}[ .\-\u00a0]?[0-9]{3}([ .\-\u00a0]?[0-9]{2})?(?![0-9A-Za-z])",
        RegexOptions.CultureInvariant)]
    private static partial Regex Shape();
}
