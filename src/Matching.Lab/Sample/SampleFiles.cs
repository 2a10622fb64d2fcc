using System.Text;

namespace Matching.Lab.Sample;

/// <summary>One file of the samples: its path below the output folder (with /) and its exact bytes.</summary>
public sealed record SampleFile(string Path, byte[] Content);

/// <summary>All files of <c>data-samples</c>, from a seed and a reference day; nothing else decides a byte.</summary>
public static class SampleFiles
{
    /// <summary>Makes every file, ordered by path.</summary>
    public static IReadOnlyList<SampleFile> Make(int seed, DateOnly day)
    {
        var occupations = OccupationBook.Read();
        var territory = Territory.Read();
        List<SampleFile> files = [
            .. Written(),
            Reference("rome_code.csv", RomeFiles.Codes(occupations)),
            Reference("rome_appellation.csv", RomeFiles.Titles(occupations)),
            Reference("rome_mobilite.csv", RomeFiles.Mobilities(occupations)),
            Reference("rome_competences.csv", RomeFiles.Skills(occupations)),
        ];
        var pools = new PoolGenerator(occupations, territory, day);
        foreach (var (structure, index) in Structure.ReadAll().Where(s => PoolShape.Of.ContainsKey(s.Kind)).Select((s, i) => (s, i)))
        {
            var people = pools.Make(structure, PoolShape.Of[structure.Kind], seed, index);
            files.Add(new($"viviers/{structure.FileName}", PoolFile.Write(people.Select(PoolFile.Fields), EncodingOf(structure))));
            if (structure.Kind == "AI")
            {
                files.AddRange(BrokenPool.Make(people, day));
            }
        }

        return [.. files.OrderBy(f => f.Path, StringComparer.Ordinal)];
    }

    /// <summary>The files written by hand are given as they are.</summary>
    private static IEnumerable<SampleFile> Written()
    {
        yield return new("README.md", Material.Bytes("README.md"));
        yield return new("organisations.csv", Material.Bytes("organisations.csv"));
        yield return new("marches.json", Material.Bytes("marches.json"));
        yield return new("premiers-contrats.json", Material.Bytes("premiers-contrats.json"));
        yield return new("reference/communes.csv", Material.Bytes("communes.csv"));
        foreach (var name in Material.NamesIn("FichesDePoste/"))
        {
            yield return new("fiches-de-poste/" + name["FichesDePoste/".Length..], Material.Bytes(name));
        }
    }

    private static SampleFile Reference(string name, IEnumerable<IReadOnlyList<string>> rows) =>
        new("reference/" + name, Encoding.UTF8.GetBytes(CsvLine.Join(rows, ',', "\n")));

    /// <summary>One structure still works with an old spreadsheet: its file is in Windows-1252, as many are.</summary>
    private static PoolEncoding EncodingOf(Structure structure) =>
        structure.Kind == "AI" ? PoolEncoding.Windows1252 : PoolEncoding.Utf8WithMark;
}
