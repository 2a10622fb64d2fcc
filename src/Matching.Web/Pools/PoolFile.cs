using Matching.Rules;
using Matching.Rules.People;
using Matching.Web.Platform;
using Matching.Web.Platform.Spreadsheets;

namespace Matching.Web.Pools;

/// <summary>A pool file opened: where its header is and how to walk through its rows, as often as needed.</summary>
/// <param name="Name">Name of the file, for people.</param>
/// <param name="Format">How it was read: "UTF-8, séparateur « ; »", "XLSX, feuille « Vivier »".</param>
/// <param name="Headings">The names of the columns as the file has them.</param>
/// <param name="Rows">The rows under the header, blank ones left out; <see cref="UnreadableFileException"/> where the file cannot be read further.</param>
/// <param name="RowsExpected">About how many there are, for a progress bar; 0 when the file does not say.</param>
public sealed record PoolFile(string Name, string Format, IReadOnlyList<string> Headings, IEnumerable<SheetRow> Rows, int RowsExpected)
{
    /// <summary>A title and a few lines of explanation may stand above the header.</summary>
    private const int RowsBeforeHeader = 20;

    private const string Empty = "Le fichier est vide : choisir le fichier des personnes, avec sa ligne de noms de colonnes.";

    /// <summary>Finds the format and the header, or says in one French sentence what is wrong with the file as a whole (field <c>fichier</c>).</summary>
    /// <param name="isKnown">Whether a header says something; those of the template and the usual ones always do.</param>
    public static Result<PoolFile> Open(byte[] bytes, string name, Func<string, bool>? isKnown = null)
    {
        ArgumentNullException.ThrowIfNull(bytes);
        ArgumentNullException.ThrowIfNull(name);
        if (RefusalOf(bytes) is { } refusal)
        {
            return Result.Refused("fichier", refusal);
        }

        bool Says(string header) => PoolColumns.Find(header) is not null || PoolHeadings.Guess(header) is not null || (isKnown?.Invoke(header) ?? false);
        try
        {
            return IsZip(bytes) ? OpenWorkbook(bytes, ShortName(name), Says) : OpenText(bytes, ShortName(name), Says);
        }
        catch (UnreadableFileException fault)
        {
            return Result.Refused("fichier", fault.Message);
        }
    }

    private static string? RefusalOf(byte[] bytes) => bytes.Length switch
    {
        0 => Empty,
        > (int)PoolTable.MaxBytes => "Le fichier dépasse 50 Mo : le couper en plusieurs fichiers, chacun avec la ligne de noms de colonnes.",
        _ when bytes is [0xD0, 0xCF, 0x11, 0xE0, ..] =>
            "C’est un classeur de tableur ancien (.xls) ou protégé par un mot de passe : l’ouvrir, l’enregistrer sans mot de passe au format XLSX ou CSV, puis l’envoyer.",
        _ when !IsZip(bytes) && !CsvText.IsText(bytes) => "Ce fichier n’est pas du texte : envoyer un fichier CSV ou XLSX.",
        _ => null,
    };

    private static bool IsZip(byte[] bytes) => bytes is [(byte)'P', (byte)'K', 3, 4, ..];

    private static Result<PoolFile> OpenText(byte[] bytes, string name, Func<string, bool> says)
    {
        var text = CsvText.Of(bytes);
        return HeaderOf(text.Rows(), says) is not { } header ? Result.Refused("fichier", Empty)
            : header.Names.Count > Workbook.MaxColumns ? Result.Refused("fichier", $"Le fichier a plus de {Workbook.MaxColumns} colonnes : garder celles du modèle.")
            : (Result<PoolFile>)new PoolFile(name, text.Format, header.Names, Below(text.Rows(), header.Row, 0), text.LineCount);
    }

    private static Result<PoolFile> OpenWorkbook(byte[] bytes, string name, Func<string, bool> says)
    {
        using var workbook = Workbook.Open(new MemoryStream(bytes, writable: false));
        var shown = workbook.Sheets.Where(sheet => !sheet.IsHidden).ToList();
        var headers = shown.Select(sheet => (Sheet: sheet, Header: HeaderOf(workbook.Rows(sheet), says))).Where(it => it.Header is not null).ToList();
        var ofPeople = headers.Where(it => it.Header!.Score >= HeaderRow.CertainFrom).ToList();
        if (ofPeople.Count > 1)
        {
            return Result.Refused("fichier",
                $"Plusieurs feuilles de ce classeur contiennent des personnes ({string.Join(", ", ofPeople.Take(5).Select(it => $"« {it.Sheet.Name} »"))}) : enregistrer chacune dans son propre fichier, puis les envoyer l’un après l’autre.");
        }

        if (headers.Count == 0)
        {
            return Result.Refused("fichier", Empty);
        }

        var (chosen, header) = headers.MaxBy(it => it.Header!.Score);
        return new PoolFile(name, $"XLSX, feuille « {chosen.Name} »", header!.Names, SheetRows(bytes, chosen, header), workbook.LastRow(chosen));
    }

    private static IEnumerable<SheetRow> SheetRows(byte[] bytes, Sheet sheet, HeaderRow header)
    {
        using var workbook = Workbook.Open(new MemoryStream(bytes, writable: false));
        foreach (var row in Below(workbook.Rows(sheet), header.Row, header.Names.Count))
        {
            yield return row;
        }
    }

    /// <summary>The rows under the header; a sheet does not keep the empty cells at the end of a row.</summary>
    private static IEnumerable<SheetRow> Below(IEnumerable<SheetRow> rows, int header, int width)
    {
        var count = 0;
        foreach (var row in rows.Where(row => row.Number > header && !row.IsBlank))
        {
            if (++count > PoolTable.MaxRows)
            {
                throw new UnreadableFileException("Le fichier a plus de 200 000 personnes : le couper en plusieurs fichiers, chacun avec la ligne de noms de colonnes.");
            }

            yield return row.Cells.Length >= width ? row : row with { Cells = [.. row.Cells, .. Enumerable.Repeat("", width - row.Cells.Length)] };
        }

        if (count == 0)
        {
            throw new UnreadableFileException("Le fichier n’a que sa ligne de noms de colonnes : y ajouter au moins une personne.");
        }
    }

    /// <summary>The row that names most columns; where a cell of it is empty, a merged title above gives the name.</summary>
    private static HeaderRow? HeaderOf(IEnumerable<SheetRow> rows, Func<string, bool> says)
    {
        HeaderRow? best = null;
        string[] above = [];
        foreach (var row in rows.Where(row => !row.IsBlank).Take(RowsBeforeHeader))
        {
            var names = row.Cells.Select((cell, i) => cell.Trim().Length == 0 && i < above.Length && says(above[i]) ? above[i].Trim() : cell.Trim()).ToList();
            names.AddRange(above.Skip(names.Count).TakeWhile(says));
            var score = row.Cells.Count(says);
            if (best is null || score > best.Score)
            {
                best = new HeaderRow(row.Number, names, score);
            }

            above = row.Cells;
        }

        return best;
    }

    /// <summary>The name without its folder, 120 letters at most.</summary>
    internal static string ShortName(string name)
    {
        var file = name[(name.LastIndexOfAny(['/', '\\']) + 1)..];
        return string.Concat(file.Where(letter => !char.IsControl(letter))).Cut(120);
    }

    private sealed record HeaderRow(int Row, IReadOnlyList<string> Names, int Score)
    {
        /// <summary>A sheet of codes or of notes names fewer columns of the template than this.</summary>
        public const int CertainFrom = 4;
    }
}
