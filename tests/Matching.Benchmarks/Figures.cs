using System.Globalization;
using System.Text.Json;

namespace Matching.Benchmarks;

/// <summary>One measured row: milliseconds unless the name says otherwise.</summary>
public sealed record Figure(string Name, double P50, double P95, double P99, int Runs, string Goal);

/// <summary>Prints figures with what they were measured on.</summary>
public static class Figures
{
    public static Figure Of(string name, IReadOnlyList<double> values, string goal)
    {
        var sorted = values.Order().ToList();
        return new Figure(name, At(sorted, 0.50), At(sorted, 0.95), At(sorted, 0.99), sorted.Count, goal);
    }

    public static void Print(IReadOnlyList<Figure> figures, string kernel, string gc, bool json, int rows = 0)
    {
        var machine = $"{Environment.ProcessorCount} processors, {Processor()}, load {File.ReadAllText("/proc/loadavg").Split(' ')[0]} at the end";
        Console.WriteLine($"machine: {machine}; kernel: {kernel}; GC of the host: {gc}");
        Console.WriteLine($"{"what",-52}{"p50",10}{"p95",10}{"p99",10}{"runs",7}  goal");
        foreach (var figure in figures)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{figure.Name,-52}{figure.P50,10:0.00}{figure.P95,10:0.00}{figure.P99,10:0.00}{figure.Runs,7}  {figure.Goal}"));
        }

        if (json)
        {
            Console.WriteLine(JsonSerializer.Serialize(new
            {
                p50_ms = figures[0].P50,
                p95_ms = figures[0].P95,
                p99_ms = figures[0].P99,
                rows,
                machine,
                kernel,
                gc,
                figures = figures.Select(f => new { name = f.Name, p50_ms = f.P50, p95_ms = f.P95, p99_ms = f.P99, runs = f.Runs }),
            }));
        }
    }

    // The value that this share of the runs does not exceed.
    private static double At(List<double> sorted, double share) => sorted[Math.Clamp((int)Math.Ceiling(share * sorted.Count) - 1, 0, sorted.Count - 1)];

    private static string Processor() =>
        File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[1].Trim() ?? "unknown";
}
