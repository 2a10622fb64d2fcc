using System.Globalization;
using System.IO.Compression;
using System.Security;
using System.Text;
using Matching.Web.Demonstrations;

namespace Matching.Benchmarks;

/// <summary>
/// The figures of the import: rows a second of a CSV, checks included, and the time and peak memory of a large workbook; by the real host's
/// <c>import</c> command, start of the process included, into SQLite or the PostgreSQL of the options.
/// </summary>
public static class ImportBenchmark
{
    private const int Runs = 3;

    public static int Run(string[] options)
    {
        var rows = Option(options, "--rows", 60_000);
        var sheetRows = Option(options, "--sheet-rows", 200_000);
        string[] database = options.SkipWhile(option => option != "--Database:ConnectionString").Skip(1).Take(1).ToArray() is [var connection]
            ? ["--Database:Provider", "PostgreSql", "--Database:ConnectionString", connection] : [];
        var folder = Directory.CreateTempSubdirectory("matching-import-").FullName;
        try
        {
            var site = Path.Combine(folder, "site");
            using (var host = HostProcess.Start(site, database))
            {
                host.WaitAsync().GetAwaiter().GetResult();
            }

            var (siret, sample) = SampleFiles.Pools().Select(pool => (pool.Siret, pool.Path)).First(pool => Path.GetFileName(pool.Path).StartsWith("aci", StringComparison.Ordinal));
            var lines = File.ReadAllLines(sample, Encoding.UTF8);
            List<double> rates = [];
            for (var run = 0; run < Runs; run++)
            {
                var csv = Path.Combine(folder, $"{run}.csv");
                File.WriteAllLines(csv, Repeat(lines, rows, $"R{run}"), Encoding.UTF8);
                rates.Add(rows / HostProcess.Time(["import", "--organisation", siret, csv, "--data", site, .. database]));
            }

            var workbook = Path.Combine(folder, "large.xlsx");
            WriteWorkbook(workbook, Repeat(lines, sheetRows, "X").Select(line => line.Split(';')));
            var (seconds, megabytes) = HostProcess.TimeAndMemory(["import", "--organisation", siret, workbook, "--data", site, .. database]);
            var provider = database.Length == 0 ? "SQLite" : "PostgreSQL";
            Figures.Print(
                [
                    Figures.Of($"{rows:N0} CSV rows into {provider} (rows/s)", rates, database.Length == 0 ? ">= 10,000" : ">= 5,000"),
                    Figures.Of($"{sheetRows:N0} XLSX rows into {provider} (s)", [seconds], "<= 60"),
                    Figures.Of($"{sheetRows:N0} XLSX rows, peak resident memory (MB)", [megabytes], "<= 400"),
                ],
                "none", "as the host's commands run", options.Contains("--json"));
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>The official files of a folder into an empty database: everything read, stored and indexed.</summary>
    public static int RunReference(string[] options)
    {
        if (options.FirstOrDefault() is not { } source || !Directory.Exists(source))
        {
            Console.WriteLine("Give the folder of the official files: reference DIR");
            return 2;
        }

        var folder = Directory.CreateTempSubdirectory("matching-reference-").FullName;
        try
        {
            var seconds = Enumerable.Range(0, Runs).Select(run => HostProcess.Time("reference", "import", source, "--data", Path.Combine(folder, run.ToString(CultureInfo.InvariantCulture)))).ToList();
            Figures.Print([Figures.Of("all official files into SQLite, process start included (s)", seconds, "<= 10")], "none", "as the host's commands run", options.Contains("--json"));
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static IEnumerable<string> Repeat(string[] lines, int rows, string prefix)
    {
        yield return lines[0].TrimStart('\uFEFF');
        for (var i = 0; i < rows; i++)
        {
            yield return $"{prefix}-{i / (lines.Length - 1)}-{lines[1 + (i % (lines.Length - 1))]}";
        }
    }

    // As spreadsheets write it: each text once, the cells point to it.
    private static void WriteWorkbook(string path, IEnumerable<string[]> rows)
    {
        var texts = new Dictionary<string, int>(StringComparer.Ordinal);
        using var zip = ZipFile.Open(path, ZipArchiveMode.Create);
        Write(zip, "xl/workbook.xml", "<workbook xmlns:r=\"urn:r\"><sheets><sheet name=\"Vivier\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>");
        Write(zip, "xl/_rels/workbook.xml.rels", "<Relationships><Relationship Id=\"rId1\" Target=\"worksheets/sheet1.xml\"/></Relationships>");
        using (var sheet = new StreamWriter(zip.CreateEntry("xl/worksheets/sheet1.xml").Open(), Encoding.UTF8))
        {
            sheet.Write("<worksheet><sheetData>");
            var number = 0;
            foreach (var row in rows)
            {
                number++;
                sheet.Write($"<row r=\"{number}\">");
                for (var i = 0; i < row.Length; i++)
                {
                    if (row[i].Length > 0)
                    {
                        texts.TryAdd(row[i], texts.Count);
                        sheet.Write($"<c r=\"{Column(i)}{number}\" t=\"s\"><v>{texts[row[i]]}</v></c>");
                    }
                }

                sheet.Write("</row>");
            }

            sheet.Write("</sheetData></worksheet>");
        }

        using var shared = new StreamWriter(zip.CreateEntry("xl/sharedStrings.xml").Open(), Encoding.UTF8);
        shared.Write("<sst>");
        foreach (var text in texts.OrderBy(pair => pair.Value).Select(pair => pair.Key))
        {
            shared.Write($"<si><t xml:space=\"preserve\">{SecurityElement.Escape(text)}</t></si>");
        }

        shared.Write("</sst>");
    }

    private static void Write(ZipArchive zip, string name, string text)
    {
        using var writer = new StreamWriter(zip.CreateEntry(name).Open(), Encoding.UTF8);
        writer.Write(text);
    }

    private static string Column(int index) => index < 26 ? $"{(char)('A' + index)}" : $"{(char)('A' + (index / 26) - 1)}{(char)('A' + (index % 26))}";

    private static int Option(string[] options, string name, int otherwise)
    {
        var at = Array.IndexOf(options, name);
        return at >= 0 && at + 1 < options.Length && int.TryParse(options[at + 1], out var value) ? value : otherwise;
    }
}
