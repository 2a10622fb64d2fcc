using Matching.Rules.People;

namespace Matching.Web.Pools;

/// <summary>The check of one row, the same whether it comes from a file, from the API or from the page where refused rows are mended.</summary>
internal static class RowCheck
{
    /// <param name="lineOf">The other row of the same import that bears this reference; null when none does.</param>
    public static CheckedRow Check(PoolHeader header, PoolLine line, PoolContext context, Func<string, int?> lineOf)
    {
        var expected = header.Names.Count;
        if (line.Cells.Length < expected || line.Cells.Skip(expected).Any(cell => cell.Length > 0))
        {
            return Refused("", "", $"La ligne a {line.Cells.Length} valeurs au lieu de {expected} : elles ne sont pas sous les bons noms de colonnes.",
                "Ajouter ou retirer des séparateurs, et mettre entre guillemets un texte qui contient le séparateur.");
        }

        var reference = header.Value(line, PoolColumns.Reference).Trim();
        return lineOf(reference) is { } first
            ? Refused(PoolColumns.Reference.Name, reference, $"Cette référence est déjà à la ligne {first} de ce fichier.", "Donner à chaque personne sa propre référence, ou retirer le doublon.")
            : PoolRow.Check(column => header.Value(line, column), context);
    }

    private static CheckedRow Refused(string column, string value, string wrong, string mend) => new(null, [new RowIssue(column, value, wrong, mend)], []);
}
