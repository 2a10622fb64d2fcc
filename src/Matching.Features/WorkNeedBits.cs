using Matching.Rules;

namespace Matching.Features;

/// <summary>
/// Work needs that people declare ("pas de port de charges") and constraints that posts have ("port de charges lourdes"), brought to the same
/// few bits by the words they contain. Never a diagnosis: only what the post would have to avoid.
/// </summary>
public static class WorkNeedBits
{
    private static readonly (string Label, string[] Words)[] Kinds =
    [
        ("port de charges", ["charge", "charges", "manutention", "porter", "port"]),
        ("station debout", ["debout", "assis", "assise", "assises"]),
        ("travail en hauteur", ["hauteur", "echelle", "echelles", "echafaudage", "echafaudages", "nacelle", "nacelles"]),
        ("travail à l’extérieur", ["exterieur", "exterieurs", "intemperies", "dehors"]),
        ("gestes répétés", ["repetitif", "repetitifs", "repetitive", "repetitives", "cadence", "cadences", "gestes"]),
        ("bruit", ["bruit", "bruits", "bruyant", "bruyante"]),
        ("poussières ou produits", ["poussiere", "poussieres", "produit", "produits", "solvant", "solvants"]),
        ("travail de nuit", ["nuit", "nuits"]),
        ("conduite", ["conduite", "conduire"]),
    ];

    /// <summary>One bit per kind named in the texts.</summary>
    public static ulong Of(IEnumerable<string> texts)
    {
        var bits = 0UL;
        foreach (var text in texts)
        {
            // Whole words: "assistance" is no seat, and what one takes "en charge" is no load.
            var words = FrenchKey.Of(text).Replace("en charge", "", StringComparison.Ordinal).Split(' ');
            for (var kind = 0; kind < Kinds.Length; kind++)
            {
                if (Kinds[kind].Words.Any(words.Contains))
                {
                    bits |= 1UL << kind;
                }
            }
        }

        return bits;
    }

    /// <summary>The French names of the bits.</summary>
    public static IReadOnlyList<string> Labels(ulong bits) => [.. Kinds.Where((_, kind) => (bits >> kind & 1) != 0).Select(kind => kind.Label)];
}
