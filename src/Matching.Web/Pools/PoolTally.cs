using Matching.Rules.People;

namespace Matching.Web.Pools;

/// <summary>Checks the rows of one import one after the other, and counts what becomes of them.</summary>
internal sealed class PoolTally(PoolTable table)
{
    private readonly Dictionary<string, int> rowOfReference = new(StringComparer.Ordinal);
    private readonly List<ReportedIssue> errors = [];
    private readonly List<ReportedIssue> warnings = [];
    private readonly List<RefusedRow> refused = [];
    private int read;
    private int notInformed;
    private bool isCut;

    /// <summary>The person of the row, or null when the row is refused.</summary>
    public PoolPerson? Check(PoolLine line, PoolContext context)
    {
        read++;
        var reference = table.Header.Value(line, PoolColumns.Reference).Trim();
        var row = RowCheck.Check(table.Header, line, context, LineOf);
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
            refused.Add(RefusedRow.Of(line, reference, LineOf(reference), row.Errors));
            return null;
        }

        rowOfReference.TryAdd(row.Person.Reference, line.Number);
        notInformed += row.Person.InformedOn is null ? 1 : 0;
        return row.Person;
    }

    public int Read => read;

    public IReadOnlyList<RefusedRow> Refused => refused;

    public PoolReport ToReport(Written written) => new(
        table.Name, table.Format, read, written.Added, written.Updated, written.Unchanged, refused.Count, notInformed, table.Header.Unknown, table.Header.Dropped, errors, warnings, isCut);

    private int? LineOf(string reference) => rowOfReference.TryGetValue(reference, out var first) ? first : null;

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
