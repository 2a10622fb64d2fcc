using Matching.Rules;
using Matching.Rules.People;

namespace Matching.Web.Pools;

/// <summary>A column of a file and what it may be.</summary>
/// <param name="Index">Its place in the file, from 0.</param>
/// <param name="Heading">Its name in the file.</param>
/// <param name="Samples">Its first values, shown to the structure that sent them.</param>
/// <param name="Proposed">Name of the column of the template; "" to leave it aside.</param>
/// <param name="IsGuess">The proposal comes from the usual names, not from the template nor from an earlier choice.</param>
public sealed record ColumnChoice(int Index, string Heading, string Samples, string Proposed, bool IsGuess);

/// <summary>What to propose for the columns of a file.</summary>
public static class ColumnChoices
{
    private const int RowsShown = 3;
    private const int SampleLength = 60;

    /// <summary>True when the header says too little by itself, or something could only be guessed.</summary>
    public static bool AreNeeded(PoolHeader header, PoolMapping mapping)
    {
        ArgumentNullException.ThrowIfNull(header);
        ArgumentNullException.ThrowIfNull(mapping);
        var open = header.Unknown.Where(name => !mapping.ColumnOf.ContainsKey(PoolColumns.Key(name))).ToList();
        var named = header.Names.Count(name => PoolColumns.Find(name) is not null || PoolHeadings.Guess(name) is not null || mapping.ColumnOf.ContainsKey(PoolColumns.Key(name)));
        var lacksStructureOnly = header.Missing.Count > 0 && header.Missing.All(IsOfStructure);
        return named > 0 && (open.Any(name => PoolHeadings.Guess(name) is not null) || (header.Missing.Count > 0 && open.Count > 0) || lacksStructureOnly);
    }

    public static IReadOnlyList<ColumnChoice> Of(PoolFile file, PoolHeader header)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(header);
        var rows = file.Rows.Take(RowsShown).Select(row => header.Clean(row.Number, row.Cells)).ToList();
        var taken = header.Names.Select((_, i) => header.ColumnAt(i)).OfType<PoolColumn>().ToHashSet();
        var choices = new List<ColumnChoice>();
        for (var i = 0; i < header.Names.Count; i++)
        {
            if (header.Names[i].Length == 0 || i == header.ErrorPosition || SocialSecurityNumbers.IsAnnouncedBy(header.Names[i]))
            {
                continue;
            }

            var known = header.ColumnAt(i);
            var guess = known is null && PoolHeadings.Guess(header.Names[i]) is { } near && taken.Add(near) ? near : null;
            var samples = string.Join(" ; ", rows.Where(row => i < row.Cells.Length && row.Cells[i].Length > 0).Select(row => row.Cells[i].Shortened(SampleLength)));
            choices.Add(new ColumnChoice(i, header.Names[i], samples, (known ?? guess)?.Name ?? "", guess is not null));
        }

        return choices;
    }

    public static bool IsOfStructure(string column) => column == PoolColumns.StructureSiret.Name || column == PoolColumns.StructureType.Name;
}
