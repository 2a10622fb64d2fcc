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
        ("port de charges", ["charge", "manutention", "porter"]),
        ("station debout", ["debout", "assis"]),
        ("travail en hauteur", ["hauteur", "echelle", "echafaudage", "nacelle"]),
        ("travail à l’extérieur", ["exterieur", "intemperies", "dehors"]),
        ("gestes répétés", ["repetiti", "cadence", "gestes"]),
        ("bruit", ["bruit"]),
        ("poussières ou produits", ["poussiere", "produit", "solvant"]),
        ("travail de nuit", ["nuit"]),
        ("conduite", ["conduite", "conduire"]),
    ];

    /// <summary>One bit per kind named in the texts.</summary>
    public static ulong Of(IEnumerable<string> texts)
    {
        var bits = 0UL;
        foreach (var text in texts)
        {
            var folded = FrenchKey.Of(text);
            for (var kind = 0; kind < Kinds.Length; kind++)
            {
                if (Kinds[kind].Words.Any(word => folded.Contains(word, StringComparison.Ordinal)))
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
