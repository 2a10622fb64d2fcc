using System.Text;

namespace Matching.Lab.Sample;

/// <summary>
/// The deliberately broken pool: good rows, and rows with one fault each, made from people of the same structure under new
/// references. Beside it, a file says which row holds which fault, so that tests and people can compare.
/// </summary>
public static class BrokenPool
{
    /// <summary>What is wrong, in which column, and the value written there; <see cref="Column"/> empty: the whole line.</summary>
    private sealed record Fault(string Name, string Column, string Value);

    private static readonly Fault Good = new("aucune", "", "");

    private static readonly Fault[] Faults =
    [
        Good,
        new("champ obligatoire vide", "nom", ""),
        new("date qui n'existe pas", "disponible_le", "31/02/2027"),
        new("métier inconnu", "metiers_recherches", "Z9999"),
        Good,
        new("commune inconnue", "commune", "Trifouillis-les-Brumes"),
        new("code postal ambigu", "commune", ""),
        new("SIRET faux", "structure_siret", "00000568600018"),
        new("aucun contact", "telephone", ""),
        Good,
        new("référence en double", "reference", "ABIME-001"),
        new("mobilité illisible", "mobilite_minutes", "une demie heure"),
        new("critère inconnu", "criteres", "XYZ:01/09/2026"),
        new("date de naissance dans le futur", "date_naissance", "14/07/2031"),
        Good,
        new("formule de tableur", "prenom", "=1+1"),
        new("nombre de colonnes", "", ""),
        new("texte trop long", "texte", LongText()),
        new("date impossible à lire", "date_naissance", "le 3 mai 1988"),
        new("critère obligatoire vide", "criteres", ""),
        new("mobilité vide", "mobilite_minutes", ""),
        new("date d'information absente", "information_donnee_le", ""),
        Good,
    ];

    /// <summary>The pool and the list of its faults. Row 1 is the header; <c>ligne</c> counts as a spreadsheet does.</summary>
    public static IEnumerable<SampleFile> Make(IReadOnlyList<PoolPerson> people, DateOnly day)
    {
        ArgumentNullException.ThrowIfNull(people);
        var rows = Faults.Select((fault, i) => Row(people[i], i + 1, fault, day)).ToList();
        List<IReadOnlyList<string>> expected = [["ligne", "reference", "colonne", "anomalie"]];
        expected.AddRange(Faults.Select((fault, i) => new[] { $"{i + 2}", rows[i][0], fault.Column, fault.Name }));
        yield return new("viviers/fichier-abime.csv", PoolFile.Write(rows, PoolEncoding.Utf8WithMark));
        yield return new("viviers-attendus/fichier-abime.csv", Encoding.UTF8.GetBytes(CsvLine.Join(expected, ';', "\n")));
    }

    private static List<string> Row(PoolPerson person, int number, Fault fault, DateOnly day)
    {
        // Every other field is right, whatever the draw: one row, one fault.
        var row = PoolFile.Fields(person with
        {
            Reference = $"ABIME-{number:000}",
            LastName = "Essai" + (char)('A' + number - 1),
            Phone = $"06 39 98 99 {number:00}",
            Mail = "",
            CommuneName = "Valmiron",
            PostalCode = "00100",
            CommuneInsee = "",
            Reach = new(30, null, "transports"),
            InformedOn = day.AddDays(-10),
        }).ToList();
        if (fault.Column.Length > 0)
        {
            row[PoolFile.Columns.ToList().IndexOf(fault.Column)] = fault.Value;
        }

        if (fault.Name == "nombre de colonnes")
        {
            row.RemoveRange(row.Count - 4, 4);
        }

        return row;
    }

    private static string LongText() =>
        string.Concat(Enumerable.Range(1, 26).Select(i => $"Je raconte mon parcours, étape {i} sur vingt-six. "));
}
