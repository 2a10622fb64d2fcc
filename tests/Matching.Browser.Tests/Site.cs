using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;

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

    /// <summary>As if so many days had passed since what was done today: its contracts began and its interviews took place earlier. The clock of the site cannot be moved.</summary>
    public async Task LetPassAsync(int days)
    {
        await using var db = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = Path.Combine(folder, "matching.db"), DefaultTimeout = 30 }.ToString());
        await db.OpenAsync();
        await using var command = db.CreateCommand();
        command.CommandText =
            """
            update work_contract set starts_on = date(starts_on, @back), eligible_from = date(eligible_from, @back) where created_at >= date('now');
            update interview_slot set starts_at = strftime('%Y-%m-%dT%H:%M:%f', starts_at, @back) || '000Z' where updated_at >= date('now');
            update preselection set interview_at = strftime('%Y-%m-%dT%H:%M:%f', interview_at, @back) || '000Z' where interview_at is not null and updated_at >= date('now');
            """;
        command.Parameters.AddWithValue("@back", string.Create(CultureInfo.InvariantCulture, $"-{days} days"));
        await command.ExecuteNonQueryAsync();
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
