using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Matching.Benchmarks.Text;

/// <summary>Lucene 8 in Java, from the Debian package, run by the small program beside this file.</summary>
public static class LucenePeer
{
    private const string Jars = "/usr/share/java";

    public static object Run(string folder)
    {
        string[] parts = ["lucene-core", "lucene-analyzers-common"];
        var jars = Directory.Exists(Jars)
            ? parts.Select(part => Directory.GetFiles(Jars, part + "*.jar").Order(StringComparer.Ordinal).LastOrDefault()).OfType<string>().ToList() : [];
        var program = TextCorpus.Find("tests", "Matching.Benchmarks", "Text", "LuceneSearch.java");
        if (jars.Count < parts.Length || program is null || !File.Exists("/usr/bin/java"))
        {
            return new MissingPeer("Lucene 8 (Java)", "apt-get install liblucene8-java default-jdk-headless");
        }
        var start = new ProcessStartInfo("java", ["-Xmx2g", "-cp", string.Join(':', jars), program, folder]) { RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        var said = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            return new MissingPeer("Lucene 8 (Java)", string.Create(CultureInfo.InvariantCulture, $"its program ended with {process.ExitCode}"));
        }
        var answer = JsonDocument.Parse(said.Trim().Split('\n')[^1]).RootElement;
        return new TextRun(
            "Lucene 8 (Java)", answer.GetProperty("index_s").GetDouble(), Times(answer, "search_ms"), Times(answer, "with_ids_ms"), answer.GetProperty("found").GetInt64());
    }

    private static double[] Times(JsonElement answer, string name) => [.. answer.GetProperty(name).EnumerateArray().Select(one => one.GetDouble())];
}
