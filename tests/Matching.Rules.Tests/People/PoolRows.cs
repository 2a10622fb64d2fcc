using Matching.Rules.Markets;
using Matching.Rules.People;
using Matching.Rules.Postings;

namespace Matching.Rules.Tests.People;

/// <summary>A row that is right everywhere, to change one cell at a time, in a small world of five communes and two occupations.</summary>
internal static class PoolRows
{
    public static readonly DateOnly Day = new(2026, 11, 16);

    private static readonly HomeCommune[] Communes =
    [
        new("00001", "Valmiron", "00100|00105"),
        new("00002", "Ozille", "00100"),
        new("00003", "Port-Ivrette", "01110"),
        new("00004", "Saint-Aubin", "00120"),
        new("00005", "Saint-Aubin", "00130"),
    ];

    private static readonly Dictionary<string, string> Right = new()
    {
        ["reference"] = "P-1",
        ["nom"] = "Essai",
        ["prenom"] = "Camille",
        ["date_naissance"] = "14/03/1992",
        ["telephone"] = "06 39 98 00 01",
        ["code_postal"] = "00100",
        ["commune"] = "Valmiron",
        ["structure_siret"] = "00000705400018",
        ["structure_type"] = "ACI",
        ["metiers_recherches"] = "F1703",
        ["disponible_le"] = "01/12/2026",
        ["mobilite_minutes"] = "45",
        ["moyen_transport"] = "transports",
        ["criteres"] = "DELD:01/09/2025",
        ["information_donnee_le"] = "12/11/2026",
    };

    public static PoolContext Context { get; } = new(
        Day,
        Siret.TryParse("00000705400018", out var siret) ? siret : null,
        OrganizationKind.Aci,
        insee => Communes.FirstOrDefault(c => c.InseeCode == insee),
        postal => [.. Communes.Where(c => c.PostalCodes.Split('|').Contains(postal))],
        name => [.. Communes.Where(c => string.Equals(c.Name, name, StringComparison.OrdinalIgnoreCase))],
        name => [.. Communes.Where(c => name.Length > 3 && c.Name.StartsWith(name[..3], StringComparison.OrdinalIgnoreCase))],
        rome => rome.Value is "F1703" or "A1203" ? "Une occupation" : null,
        Guess);

    /// <summary>Checks the right row with these cells changed.</summary>
    public static CheckedRow Check(params (string Column, string Value)[] changed)
    {
        var cells = new Dictionary<string, string>(Right);
        foreach (var (column, value) in changed)
        {
            cells[column] = value;
        }

        return PoolRow.Check(column => cells.GetValueOrDefault(column.Name, ""), Context);
    }

    private static OccupationGuess? Guess(string title)
    {
        Assert.True(RomeCode.TryParse("F1703", out var mason));
        return title.ToUpperInvariant() switch
        {
            "MAÇON" or "MAÇONNE" => new OccupationGuess(mason, "Maçon / Maçonne", 0.95),
            "MASSON" => new OccupationGuess(mason, "Maçon / Maçonne", 0.6),
            _ => null,
        };
    }
}
