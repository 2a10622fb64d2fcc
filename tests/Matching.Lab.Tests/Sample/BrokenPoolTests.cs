using Matching.Lab.Sample;

namespace Matching.Lab.Tests.Sample;

public sealed class BrokenPoolTests
{
    private static readonly List<List<string>> Rows = SampleFolder.Rows(SampleFolder.Text(SampleFolder.File("viviers/fichier-abime.csv")), ';');
    private static readonly IReadOnlyList<IReadOnlyDictionary<string, string>> Faults = SampleFolder.Table(SampleFolder.File("viviers-attendus/fichier-abime.csv"), ';');

    [Fact]
    public void Each_line_of_the_broken_pool_is_explained_by_the_file_beside_it()
    {
        Assert.Equal(Rows.Count - 1, Faults.Count);
        Assert.Equal(Enumerable.Range(2, Faults.Count).Select(n => $"{n}"), Faults.Select(f => f["ligne"]));
        Assert.Equal(Rows.Skip(1).Select(r => r[0]), Faults.Select(f => f["reference"]));
        Assert.True(Faults.Count(f => f["anomalie"] == "aucune") >= 4);
        var wrong = Faults.Where(f => f["anomalie"] != "aucune").Select(f => f["anomalie"]).ToList();
        Assert.True(wrong.Count >= 14);
        Assert.Equal(wrong.Count, wrong.Distinct().Count());
    }

    [Fact]
    public void A_fault_sits_in_the_column_it_names()
    {
        Assert.Equal("31/02/2027", Value("date qui n'existe pas"));
        Assert.Equal("Z9999", Value("métier inconnu"));
        Assert.Equal("00000568600018", Value("SIRET faux"));
        Assert.Equal("=1+1", Value("formule de tableur"));
        Assert.Equal("", Value("champ obligatoire vide"));
        Assert.True(Value("texte trop long").Length > 1_000);
        Assert.Equal(2, Rows.Count(r => r[0] == "ABIME-001"));
    }

    [Fact]
    public void Only_one_line_has_too_few_columns()
    {
        var shorter = Assert.Single(Rows.Index(), r => r.Item.Count != PoolFile.Columns.Count);

        Assert.Equal("nombre de colonnes", Faults[shorter.Index - 1]["anomalie"]);
    }

    private static string Value(string fault)
    {
        var index = Faults.Index().Single(f => f.Item["anomalie"] == fault).Index;
        return Rows[index + 1][PoolFile.Columns.ToList().IndexOf(Faults[index]["colonne"])];
    }
}
