using System.Diagnostics;
using System.Text;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace Matching.Web.Platform;

/// <summary>
/// Prints a component as PDF with the Chromium of this machine, which writes the tags and the language that a screen reader needs.
/// <c>Pdf:Program</c> names another; without any, there is no PDF and the page says what to install.
/// </summary>
public sealed class PdfPrinter(IConfiguration configuration, IServiceScopeFactory scopes, ILoggerFactory loggers) : IDisposable
{
    public const string Absent = "Le PDF demande le programme Chromium sur le serveur (paquet « chromium », ou option --Pdf:Program). En attendant, imprimez la page ou prenez le fichier XLSX.";

    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);
    private readonly string? program = Find(configuration["Pdf:Program"]);

    /// <summary>A browser takes much memory: the others wait.</summary>
    private readonly SemaphoreSlim turns = new(2, 2);

    public bool IsInstalled => program is not null;

    /// <summary>The bytes of the file; null when there is no program, or when it failed or took too long.</summary>
    /// <typeparam name="TComponent">A whole page that refers to nothing outside itself.</typeparam>
    public async Task<byte[]?> PrintAsync<TComponent>(IDictionary<string, object?> parameters, CancellationToken ct)
        where TComponent : IComponent
    {
        if (program is null)
        {
            return null;
        }

        await using var scope = scopes.CreateAsyncScope();
        await using var renderer = new HtmlRenderer(scope.ServiceProvider, loggers);
        var html = await renderer.Dispatcher.InvokeAsync(async () => (await renderer.RenderComponentAsync<TComponent>(ParameterView.FromDictionary(parameters))).ToHtmlString());
        await turns.WaitAsync(ct);
        var folder = Directory.CreateTempSubdirectory("matching-pdf-").FullName;
        try
        {
            return await RunAsync(folder, html, ct);
        }
        finally
        {
            turns.Release();
            Delete(folder);
        }
    }

    public void Dispose() => turns.Dispose();

    private async Task<byte[]?> RunAsync(string folder, string html, CancellationToken ct)
    {
        var (page, file) = (Path.Combine(folder, "page.html"), Path.Combine(folder, "page.pdf"));
        await File.WriteAllTextAsync(page, html, Encoding.UTF8, ct);
        var start = new ProcessStartInfo(program!) { RedirectStandardError = true, RedirectStandardOutput = true, WorkingDirectory = folder };
        string[] options =
        [
            "--headless", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--disable-extensions", "--disable-background-networking",
            "--host-resolver-rules=MAP * ~NOTFOUND", "--no-pdf-header-footer", $"--user-data-dir={Path.Combine(folder, "profile")}", $"--print-to-pdf={file}",
            new Uri(page).AbsoluteUri,
        ];

        // Chromium has no sandbox for an administrator of the machine: a service should run as somebody else.
        foreach (var option in Environment.IsPrivilegedProcess ? options.Prepend("--no-sandbox") : options)
        {
            start.ArgumentList.Add(option);
        }

        using var process = Process.Start(start);
        if (process is null)
        {
            return null;
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(Longest);
        try
        {
            await Task.WhenAll(process.StandardError.ReadToEndAsync(limit.Token), process.StandardOutput.ReadToEndAsync(limit.Token), process.WaitForExitAsync(limit.Token));
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            ct.ThrowIfCancellationRequested();
            return null;
        }

        return File.Exists(file) ? await File.ReadAllBytesAsync(file, ct) : null;
    }

    private static void Delete(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (IOException)
        {
            // A child of the browser may still hold a file of its profile; nothing about people is in it.
        }
    }

    private static string? Find(string? chosen) => chosen is { Length: > 0 } ? (File.Exists(chosen) ? chosen : null)
        : Names.SelectMany(name => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Select(folder => Path.Combine(folder, name)))
            .FirstOrDefault(File.Exists);
}
