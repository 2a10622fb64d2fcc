using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Matching.Lab.Tests.Verbs;

/// <summary>The real program in a process of its own, which can be sent a signal as a terminal does.</summary>
internal sealed class LabProcess : IDisposable
{
    /// <summary>By its whole path: the program finds nothing else of the machine.</summary>
    private static readonly string Dotnet = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "dotnet"));

    private readonly Process process;

    private LabProcess(Process process) => this.process = process;

    /// <param name="tools">The folder where other programs are looked for, so that those of the machine change nothing.</param>
    /// <param name="temporary">The folder for what is cleared at the end.</param>
    public static LabProcess Start(string tools, string temporary, params IEnumerable<string> words)
    {
        // As a terminal starts it: from a shell that runs the tests in the background it would inherit that Ctrl-C is ignored.
        var start = new ProcessStartInfo("env", ["--default-signal=INT", Dotnet, Path.Combine(AppContext.BaseDirectory, "Matching.Lab.dll"), .. words]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["PATH"] = Directory.CreateDirectory(tools).FullName;
        start.Environment["TMPDIR"] = Directory.CreateDirectory(temporary).FullName;
        return new LabProcess(Process.Start(start)!);
    }

    public void Send(string signal)
    {
        // The shell's own: not every machine has a program for it.
        using var kill = Process.Start("sh", ["-c", $"kill -{signal} {process.Id.ToString(CultureInfo.InvariantCulture)}"]);
        kill.WaitForExit();
    }

    /// <summary>Waits for the first progress that is told.</summary>
    public async Task HasBegunAsync() => Assert.Contains(" : ", await process.StandardError.ReadLineAsync(TestContext.Current.CancellationToken) ?? "", StringComparison.Ordinal);

    /// <summary>Waits for the end; what was said by then and not yet read.</summary>
    public async Task<(int ExitCode, string Output, string Errors)> EndAsync()
    {
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, output, await errors);
    }

    public void Dispose()
    {
        process.Kill(entireProcessTree: true);
        process.Dispose();
    }
}
