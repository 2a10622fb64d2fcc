using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace Matching.Benchmarks;

/// <summary>The real host as a process of its own, on loopback, in a data folder that disappears afterwards.</summary>
public sealed partial class HostProcess : IDisposable
{
    private readonly Process process;

    private HostProcess(Process process, Uri address, HttpClient client) => (this.process, Address, Client) = (process, address, client);

    public Uri Address { get; }

    public HttpClient Client { get; }

    public double ResidentMegabytes => File.ReadLines($"/proc/{process.Id}/status")
        .Where(line => line.StartsWith("VmRSS", StringComparison.Ordinal))
        .Select(line => double.Parse(Digits().Match(line).Value, CultureInfo.InvariantCulture) / 1024).Single();

    /// <summary>Processor time the host has used since it started.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            process.Refresh();
            return process.TotalProcessorTime;
        }
    }

    public static HostProcess Start(string dataFolder, params string[] settings)
    {
        var address = new Uri($"http://127.0.0.1:{FreePort()}");
        var process = Run(["serve", "--data", dataFolder, "--urls", address.ToString().TrimEnd('/'), "--Limits:ApiPerMinute", "1000000", .. settings]);
        var client = new HttpClient(new HttpClientHandler { CookieContainer = new CookieContainer(), AllowAutoRedirect = false }) { BaseAddress = address, Timeout = TimeSpan.FromMinutes(5) };
        return new HostProcess(process, address, client);
    }

    /// <summary>Runs a verb of the host to its end; seconds of wall time, start of the process included.</summary>
    public static double Time(params string[] words)
    {
        var start = Stopwatch.GetTimestamp();
        using var process = Run(words);
        process.WaitForExit();
        return process.ExitCode == 0 ? Stopwatch.GetElapsedTime(start).TotalSeconds : throw new InvalidOperationException($"The host ended with {process.ExitCode}.");
    }

    /// <summary>As <see cref="Time"/>, with the most megabytes that were resident at once.</summary>
    public static (double Seconds, double Megabytes) TimeAndMemory(params string[] words)
    {
        var start = Stopwatch.GetTimestamp();
        using var process = Run(words);
        var most = 0d;
        while (!process.WaitForExit(50))
        {
            // The kernel keeps the peak; the last look before the end is the one that counts.
            most = Math.Max(most, PeakMegabytes(process.Id));
        }

        return process.ExitCode == 0 ? (Stopwatch.GetElapsedTime(start).TotalSeconds, most) : throw new InvalidOperationException($"The host ended with {process.ExitCode}.");
    }

    public async Task WaitAsync()
    {
        while (true)
        {
            try
            {
                using var answer = await Client.GetAsync(new Uri("/connexion", UriKind.Relative));
                if (answer.IsSuccessStatusCode)
                {
                    return;
                }
            }
            catch (HttpRequestException) when (!process.HasExited)
            {
                await Task.Delay(20);
            }
        }
    }

    public async Task SignInAsync(string user)
    {
        var page = await Client.GetStringAsync(new Uri("/connexion", UriKind.Relative));
        var token = ValueOf(page, "name=\"__RequestVerificationToken\"");
        using var form = new FormUrlEncodedContent(
            [new("__RequestVerificationToken", token), new("identifiant", user), new("mot_de_passe", Web.Accounts.DemoAccounts.Password)]);
        using var answer = await Client.PostAsync(new Uri("/connexion", UriKind.Relative), form);
        if ((int)answer.StatusCode is < 300 or > 399)
        {
            throw new InvalidOperationException("The demonstration account could not sign in.");
        }
    }

    /// <summary>The values of the inputs of a page that hold this attribute, in order.</summary>
    public static IReadOnlyList<string> ValuesOf(string page, string attribute) =>
        [.. Inputs().Matches(page).Select(match => match.Value).Where(input => input.Contains(attribute, StringComparison.Ordinal)).Select(input => Value().Match(input).Groups[1].Value)];

    /// <exception cref="InvalidOperationException">No such input: the page is not the one expected.</exception>
    public static string ValueOf(string page, string attribute) =>
        ValuesOf(page, attribute) is [{ Length: > 0 } first, ..] ? first : throw new InvalidOperationException($"No input with {attribute} on this page.");

    /// <summary>Asks the host to end, as a service manager does, and waits until it has.</summary>
    public async Task StopAsync()
    {
        using var signal = Process.Start("kill", ["-TERM", $"{process.Id}"]);
        await signal.WaitForExitAsync();
        await process.WaitForExitAsync();
    }

    public void Dispose()
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
        }

        process.WaitForExit();
        process.Dispose();
        Client.Dispose();
    }

    private static Process Run(params string[] words)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Matching.Web.dll"), .. words]) { RedirectStandardOutput = true, RedirectStandardError = true };
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, line) => Console.Error.WriteLine(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    private static double PeakMegabytes(int processId)
    {
        try
        {
            return File.ReadLines($"/proc/{processId}/status").Where(line => line.StartsWith("VmHWM", StringComparison.Ordinal))
                .Select(line => double.Parse(Digits().Match(line).Value, CultureInfo.InvariantCulture) / 1024).FirstOrDefault();
        }
        catch (IOException)
        {
            return 0;
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    [GeneratedRegex("[0-9]+")]
    private static partial Regex Digits();

    [GeneratedRegex("<input[^>]*>")]
    private static partial Regex Inputs();

    [GeneratedRegex("value=\"([^\"]*)\"")]
    private static partial Regex Value();
}
