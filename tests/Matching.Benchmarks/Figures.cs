using System.Globalization;
using System.Text.Json.Nodes;

namespace Matching.Benchmarks;

/// <summary>One measured row: milliseconds unless the name says otherwise.</summary>
public sealed record Figure(string Name, double P50, double P95, double P99, int Runs, string Goal);

/// <summary>What else does the same work, or bounds it, measured in the same run.</summary>
/// <param name="Time">Null for what is no program: a bound.</param>
/// <param name="Values">Other measures, named as in the answer of the benchmark itself.</param>
public sealed record Peer(string Name, Figure? Time, params IReadOnlyList<(string Name, double Value)> Values);

/// <summary>Prints figures with what they were measured on.</summary>
public static class Figures
{
    public static Figure Of(string name, IReadOnlyList<double> values, string goal)
    {
        var sorted = values.Order().ToList();
        return new Figure(name, At(sorted, 0.50), At(sorted, 0.95), At(sorted, 0.99), sorted.Count, goal);
    }

    /// <summary>A table, and one JSON object on the last line when it is asked for: nothing may be printed afterwards.</summary>
    /// <param name="more">Measures of the benchmark itself beside its times.</param>
    public static void Print(
        IReadOnlyList<Figure> figures, string kernel, string gc, bool json, int rows = 0, IReadOnlyList<Peer>? peers = null, params IReadOnlyList<(string Name, double Value)> more)
    {
        var machine = $"{Environment.ProcessorCount} processors, {Processor()}, load {File.ReadAllText("/proc/loadavg").Split(' ')[0]} at the end";
        Console.WriteLine($"machine: {machine}; kernel: {kernel}; GC of the host: {gc}");
        Console.WriteLine($"{"what",-52}{"p50",10}{"p95",10}{"p99",10}{"runs",7}  goal");
        foreach (var figure in figures.Concat((peers ?? []).Select(peer => peer.Time is { } time ? time with { Name = peer.Name } : null).OfType<Figure>()))
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{figure.Name,-52}{figure.P50,10:0.00}{figure.P95,10:0.00}{figure.P99,10:0.00}{figure.Runs,7}  {figure.Goal}"));
        }

        foreach (var peer in (peers ?? []).Where(peer => peer.Values.Count > 0))
        {
            Console.WriteLine($"{peer.Name}: {string.Join(", ", peer.Values.Select(it => string.Create(CultureInfo.InvariantCulture, $"{it.Name} {it.Value:0.###}")))}");
        }

        if (json)
        {
            var answer = Json(null, figures[0], more);
            (answer["rows"], answer["machine"], answer["kernel"], answer["gc"]) = (rows, machine, kernel, gc);
            answer["figures"] = new JsonArray([.. figures.Select(figure => Json(figure.Name, figure, []))]);
            answer["peers"] = new JsonArray([.. (peers ?? []).Select(peer => Json(peer.Name, peer.Time, peer.Values))]);
            Console.WriteLine(answer.ToJsonString());
        }
    }

    private static JsonObject Json(string? name, Figure? time, IReadOnlyList<(string Name, double Value)> values)
    {
        var json = new JsonObject();
        if (name is not null)
        {
            json["name"] = name;
        }

        if (time is not null)
        {
            (json["p50_ms"], json["p95_ms"], json["p99_ms"], json["runs"]) = (time.P50, time.P95, time.P99, time.Runs);
        }

        foreach (var (key, value) in values)
        {
            json[key] = value;
        }

        return json;
    }

    // The value that this share of the runs does not exceed.
    private static double At(List<double> sorted, double share) => sorted[Math.Clamp((int)Math.Ceiling(share * sorted.Count) - 1, 0, sorted.Count - 1)];

    private static string Processor() =>
        File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[1].Trim() ?? "unknown";
}
