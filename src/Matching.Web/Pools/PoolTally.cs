using Matching.Rules.People;

namespace Matching.Web.Pools;

/// <summary>Checks the rows of one import one after the other, and counts what becomes of them.</summary>
internal sealed class PoolTally(PoolTable table, MendFile mend)
{
    private readonly Dictionary<string, int> rowOfReference = new(StringComparer.Ordinal);
    private readonly List<ReportedIssue> errors = [];
    private readonly List<ReportedIssue> warnings = [];
    private int read;
    private int refused;
    private int notInformed;
    private bool isCut;

    /// <summary>The person of the row, or null when the row is refused.</summary>
    public PoolPerson? Check(PoolLine line, PoolContext context)
    {
        read++;
        var reference = table.Header.Value(line, PoolColumns.Reference).Trim();
        var row = Judge(line, context, reference);
        Keep(errors, line, reference, row.Errors);
        Keep(warnings, line, reference, row.Warnings);
        Keep(warnings, line, reference, [.. line.Removed.Select(column => new RowIssue(
            column, "", "Un numéro de sécurité sociale a été retiré : il n’a pas été enregistré.", "Retirer ces numéros de vos fichiers."))]);
        if (line.IsHidden)
        {
            Keep(warnings, line, reference, [new RowIssue("", "", "Cette ligne est masquée dans le tableur : elle a été lue comme les autres.", "La retirer du fichier si elle n’a plus sa place.")]);
        }

        if (row.Person is null)
        {
            refused++;
            mend.Add(line, row.Errors);
            return null;
        }

        rowOfReference.TryAdd(row.Person.Reference, line.Number);
        notInformed += row.Person.InformedOn is null ? 1 : 0;
        return row.Person;
    }

    public int Read => read;

    public PoolReport ToReport(Written written) => new(
        table.Name, table.Format, read, written.Added, written.Updated, written.Unchanged, refused, notInformed, table.Header.Unknown, table.Header.Dropped, errors, warnings, isCut);

    private CheckedRow Judge(PoolLine line, PoolContext context, string reference)
    {
        var expected = table.Header.Names.Count;
        if (line.Cells.Length < expected || line.Cells.Skip(expected).Any(cell => cell.Length > 0))
        {
            return Refused("", "", $"La ligne a {line.Cells.Length} valeurs au lieu de {expected} : elles ne sont pas sous les bons noms de colonnes.",
                "Ajouter ou retirer des séparateurs, et mettre entre guillemets un texte qui contient le séparateur.");
        }

        return rowOfReference.TryGetValue(reference, out var first)
            ? Refused(PoolColumns.Reference.Name, reference, $"Cette référence est déjà à la ligne {first} de ce fichier.", "Donner à chaque personne sa propre référence, ou retirer le doublon.")
            : PoolRow.Check(column => table.Header.Value(line, column), context);
    }

    private static CheckedRow Refused(string column, string value, string wrong, string mend) => new(null, [new RowIssue(column, value, wrong, mend)], []);

    private void Keep(List<ReportedIssue> kept, PoolLine line, string reference, IReadOnlyList<RowIssue> issues)
    {
        foreach (var issue in issues)
        {
            if (kept.Count < PoolReport.MaxIssues)
            {
                kept.Add(ReportedIssue.Of(line.Number, reference, issue));
            }
            else
            {
                isCut = true;
            }
        }
    }
}
