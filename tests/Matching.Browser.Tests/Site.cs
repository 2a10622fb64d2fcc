using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;

[assembly: AssemblyFixture(typeof(Matching.Browser.Tests.Site))]
[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace Matching.Browser.Tests;

/// <summary>
/// The real program in demonstration mode, as a process of its own on a free port, with its data in a temporary folder. Started by the
/// first test that visits it; stopped, and its folder removed, with the run.
/// </summary>
public sealed partial class Site : IAsyncDisposable
{
    // The demonstration reads 2,000 people on first start; a machine that builds at the same time is slow.
    private static readonly TimeSpan MostToStart = TimeSpan.FromMinutes(3);

    private readonly string folder = Directory.CreateTempSubdirectory("matching-browser-").FullName;
    private readonly StringBuilder said = new();
    private readonly TaskCompletionSource<Uri> opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Process? process;

    /// <summary>The address of the site, once it answers.</summary>
    /// <exception cref="InvalidOperationException">The program stopped before; the message holds what it wrote.</exception>
    public Task<Uri> OpenAsync()
    {
        process ??= Start();
        return opened.Task.WaitAsync(MostToStart);
    }

    public async ValueTask DisposeAsync()
    {
        if (process is not null)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
            process.Dispose();
        }

        Directory.Delete(folder, recursive: true);
    }

    private Process Start()
    {
        var program = Path.Combine(AppContext.BaseDirectory, "Matching.Web.dll");
        var start = new ProcessStartInfo("dotnet", [program, "--data", folder, "--urls", "http://127.0.0.1:0"])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
        };
        var started = new Process { StartInfo = start, EnableRaisingEvents = true };
        started.OutputDataReceived += (_, line) => Hear(line.Data);
        started.ErrorDataReceived += (_, line) => Hear(line.Data);
        started.Exited += (_, _) => opened.TrySetException(new InvalidOperationException($"The site stopped before it opened. It wrote:\n{said}"));
        started.Start();
        started.BeginOutputReadLine();
        started.BeginErrorReadLine();
        return started;
    }

    private void Hear(string? line)
    {
        lock (said)
        {
            said.AppendLine(line);
        }

        if (AddressLine().Match(line ?? "") is { Success: true } match)
        {
            opened.TrySetResult(new Uri(match.Groups["address"].Value));
        }
    }

    [GeneratedRegex(@"^Le site est ouvert : (?<address>http://\S+?)[ ,]")]
    private static partial Regex AddressLine();
}
