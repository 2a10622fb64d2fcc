using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace Matching.Web.Platform;

/// <summary>
/// Prints a component as PDF with the Chromium of this machine, which writes the tags and the language that a screen reader needs.
/// <c>Pdf:Program</c> names another; without any, there is no PDF and the page says what to install.
/// </summary>
public sealed partial class PdfPrinter(IConfiguration configuration, IServiceScopeFactory scopes, ILoggerFactory loggers) : IDisposable
{
    public const string Absent = "Le PDF demande le programme Chromium sur le serveur (paquet « chromium », ou option --Pdf:Program). En attendant, imprimez la page ou prenez le fichier XLSX.";

    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

    /// <summary>For one try; there are two.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    /// <summary>How long the browser is kept after its last file: to start it takes longer than to print.</summary>
    private static readonly TimeSpan Idle = TimeSpan.FromMinutes(10);

    private readonly ILogger log = loggers.CreateLogger<PdfPrinter>();
    private readonly string? program = Find(configuration["Pdf:Program"]);

    /// <summary>A browser takes much memory: the others wait.</summary>
    private readonly SemaphoreSlim turns = new(2, 2);

    private readonly Lock gate = new();
    private HeadlessBrowser? browser;
    private Timer? closing;
    private bool isOver;
    private int printing;

    public bool IsInstalled => program is not null;

    /// <summary>The process that prints; null until the first file and after long idleness.</summary>
    public int? BrowserId => browser?.ProcessId;

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
        try
        {
            // A browser that has ended or hangs is answered by a fresh one, once.
            return await TryAsync(html, ct) ?? await TryAsync(html, ct);
        }
        finally
        {
            turns.Release();
        }
    }

    public void Dispose()
    {
        lock (gate)
        {
            isOver = true;
            closing?.Dispose();
            browser?.Dispose();
            browser = null;
        }

        turns.Dispose();
    }

    private async Task<byte[]?> TryAsync(string html, CancellationToken ct)
    {
        HeadlessBrowser? used = null;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(Longest);
        try
        {
            used = Take();
            return used is null ? null : await used.PrintAsync(html, limit.Token);
        }
        catch (Exception fault) when (fault is IOException or ObjectDisposedException || (fault is OperationCanceledException && !ct.IsCancellationRequested))
        {
            LogFailed(fault);
            Drop(used);
            return null;
        }
        finally
        {
            Leave(used);
        }
    }

    private HeadlessBrowser? Take()
    {
        lock (gate)
        {
            if (isOver)
            {
                return null;
            }

            if (browser is { IsRunning: false })
            {
                browser.Dispose();
                browser = null;
            }

            browser ??= HeadlessBrowser.Start(program!);
            printing++;
            return browser;
        }
    }

    private void Leave(HeadlessBrowser? used)
    {
        lock (gate)
        {
            if (used is null)
            {
                return;
            }

            printing--;
            if (!isOver)
            {
                closing ??= new Timer(_ => CloseIdle());
                closing.Change(Idle, Timeout.InfiniteTimeSpan);
            }
        }
    }

    private void CloseIdle()
    {
        lock (gate)
        {
            if (printing == 0)
            {
                Drop(browser);
            }
        }
    }

    // Whoever prints with it too gets a fresh one as well.
    private void Drop(HeadlessBrowser? failed)
    {
        lock (gate)
        {
            if (failed is not null && ReferenceEquals(failed, browser))
            {
                browser = null;
                failed.Dispose();
            }
        }
    }

    private static string? Find(string? chosen) => chosen is { Length: > 0 } ? (File.Exists(chosen) ? chosen : null)
        : Names.SelectMany(name => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Select(folder => Path.Combine(folder, name)))
            .FirstOrDefault(File.Exists);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The browser that prints the PDF files failed")]
    private partial void LogFailed(Exception exception);
}
