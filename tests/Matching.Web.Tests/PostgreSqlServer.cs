using System.Diagnostics;
using Npgsql;

[assembly: AssemblyFixture(typeof(Matching.Web.Tests.PostgreSqlServer))]

namespace Matching.Web.Tests;

/// <summary>
/// A private PostgreSQL in a temporary folder, reachable only through its socket there; started by the first test that needs it, removed
/// with the run. Without its programs, <see cref="Missing"/> says what to install.
/// </summary>
public sealed class PostgreSqlServer : IAsyncDisposable
{
    private readonly SemaphoreSlim turn = new(1, 1);
    private readonly string? programs = FindPrograms();
    private string? folder;
    private int databases;

    public PostgreSqlServer()
    {
        if (Missing is not null && Environment.GetEnvironmentVariable("CI") == "true")
        {
            throw new InvalidOperationException(Missing);
        }
    }

    /// <summary>The sentence to skip with, null when the programs are there.</summary>
    public string? Missing => programs is null ? "PostgreSQL is not installed: apt-get install postgresql" : null;

    /// <summary>Creates an empty database and answers its connection string.</summary>
    public async Task<string> CreateDatabaseAsync()
    {
        await turn.WaitAsync();
        try
        {
            folder ??= await StartAsync();
            var name = $"web_{++databases}";
            await using var server = new NpgsqlConnection(ConnectionTo("postgres"));
            await server.OpenAsync();
            await using var create = new NpgsqlCommand($"create database {name}", server);
            await create.ExecuteNonQueryAsync();
            return ConnectionTo(name);
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>As a power cut would: nothing is said to those who are connected.</summary>
    public async Task StopAsync() => await RunAsync(Path.Combine(programs!, "pg_ctl"), "-D", Path.Combine(folder!, "files"), "-m", "immediate", "-w", "stop");

    public async Task StartAgainAsync() => await StartAsync(folder!);

    public async ValueTask DisposeAsync()
    {
        if (folder is not null)
        {
            await StopAsync();
            Directory.Delete(folder, recursive: true);
        }

        turn.Dispose();
    }

    private string ConnectionTo(string database) => $"Host={folder};Username=postgres;Database={database};Maximum Pool Size=20;Pooling=true";

    private async Task<string> StartAsync()
    {
        var made = (await RunAsync("mktemp", "-d", Path.Combine(Path.GetTempPath(), "matching-pg-XXXXXX"))).Trim();
        var files = Path.Combine(made, "files");
        await RunAsync(Path.Combine(programs!, "initdb"), "-D", files, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync");
        await StartAsync(made);
        return made;
    }

    private async Task StartAsync(string made) => await RunAsync(
        Path.Combine(programs!, "pg_ctl"), "-D", Path.Combine(made, "files"), "-l", Path.Combine(made, "log"), "-w",
        "-o", $"-k {made} -c listen_addresses='' -c fsync=off -c max_connections=200", "start");

    /// <summary>PostgreSQL refuses to run as root: then its programs run as the "postgres" user that its package creates.</summary>
    private static async Task<string> RunAsync(string program, params string[] arguments)
    {
        var asRoot = Environment.UserName == "root";
        var start = new ProcessStartInfo(asRoot ? "runuser" : program, asRoot ? ["-u", "postgres", "--", program, .. arguments] : arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"{Path.GetFileName(program)}: {await errors}");
    }

    private static string? FindPrograms()
    {
        const string debian = "/usr/lib/postgresql";
        var folders = Directory.Exists(debian) ? Directory.GetDirectories(debian).Order().Reverse().Select(version => Path.Combine(version, "bin")) : [];
        var path = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        return folders.Concat(path).FirstOrDefault(candidate => File.Exists(Path.Combine(candidate, "initdb")));
    }
}
