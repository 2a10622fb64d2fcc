using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Matching.Web.Platform;
using Matching.Web.Tests.Dashboards;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Matching.Web.Tests.Platform;

/// <summary>The browser that prints is kept from one file to the next, replaced when it dies, and cut off from everything.</summary>
public sealed class PdfTests(SqliteWeb web) : WebTests(web), IClassFixture<SqliteWeb>
{
    [Fact]
    public async Task The_next_file_is_printed_by_the_browser_that_runs_and_by_a_fresh_one_when_it_was_killed()
    {
        using var printer = Printer();
        Assert.Contains("Bilandemars", Forms.InPdf(await PrintAsync(printer, "<p>Bilan de mars</p>")), StringComparison.Ordinal);
        var first = printer.BrowserId!.Value;
        await PrintAsync(printer, "<p>Bilan d’avril</p>");
        Assert.Equal(first, printer.BrowserId);

        using (var process = Process.GetProcessById(first))
        {
            process.Kill(entireProcessTree: true);
        }

        Assert.Contains("Bilandemai", Forms.InPdf(await PrintAsync(printer, "<p>Bilan de mai</p>")), StringComparison.Ordinal);
        Assert.NotEqual(first, printer.BrowserId);
    }

    [Fact]
    public async Task Five_files_asked_at_once_each_hold_their_own_words()
    {
        using var printer = Printer();

        var files = await Task.WhenAll(Enumerable.Range(1, 5).Select(i => PrintAsync(printer, $"<p>Chantier {i}</p>")));

        Assert.Equal([.. Enumerable.Range(1, 5).Select(i => $"Chantier{i}")], files.Select(Forms.InPdf));
    }

    [Fact]
    public async Task The_printed_page_reaches_neither_a_server_nor_a_file_and_runs_no_script()
    {
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        var folder = Directory.CreateTempSubdirectory("matching-test-");
        var file = Path.Combine(folder.FullName, "autre.html");
        await File.WriteAllTextAsync(file, "<p>Autre dossier</p>", Cancel);
        var port = ((IPEndPoint)server.LocalEndpoint).Port;
        using var printer = Printer();

        var words = Forms.InPdf(await PrintAsync(
            printer,
            $"<p id=\"a\">Avant</p><img alt=\"\" src=\"http://127.0.0.1:{port}/a.png\"><img alt=\"\" src=\"http://localhost:{port}/b.png\"><iframe src=\"{new Uri(file)}\"></iframe><script>document.getElementById('a').textContent = 'Après';</script>"));

        folder.Delete(recursive: true);
        Assert.Equal("Avant", words);
        Assert.False(server.Pending());
    }

    [Fact]
    public async Task The_browser_ends_with_the_service()
    {
        var printer = Printer();
        await PrintAsync(printer, "<p>Bilan</p>");
        using var process = Process.GetProcessById(printer.BrowserId!.Value);

        printer.Dispose();

        await process.WaitForExitAsync(Cancel).WaitAsync(TimeSpan.FromSeconds(30), Cancel);
        Assert.True(process.HasExited);
    }

    private PdfPrinter Printer()
    {
        Forms.NeedPdf(Web);
        return new PdfPrinter(
            Web.Services.GetRequiredService<IConfiguration>(), Web.Services.GetRequiredService<IServiceScopeFactory>(), Web.Services.GetRequiredService<ILoggerFactory>());
    }

    private static async Task<byte[]> PrintAsync(PdfPrinter printer, string body)
    {
        var bytes = await printer.PrintAsync<Sheet>(new Dictionary<string, object?> { [nameof(Sheet.Body)] = body }, Cancel);
        Assert.NotNull(bytes);
        return bytes;
    }

    private sealed class Sheet : ComponentBase
    {
        [Parameter]
        public string Body { get; set; } = "";

        protected override void BuildRenderTree(RenderTreeBuilder builder) =>
            builder.AddMarkupContent(0, $"<!DOCTYPE html><html lang=\"fr\"><head><title>Essai</title></head><body>{Body}</body></html>");
    }
}

/// <summary>A server whose program for PDF files ends at once.</summary>
public sealed class BrokenPdfWeb : WebFixture
{
    protected override Task<IReadOnlyDictionary<string, string>> SettingsAsync() =>
        Task.FromResult<IReadOnlyDictionary<string, string>>(new Dictionary<string, string> { ["Pdf:Program"] = "/bin/false" });
}

public sealed class BrokenPdfTests(BrokenPdfWeb web) : WebTests(web), IClassFixture<BrokenPdfWeb>
{
    [Fact]
    public async Task When_the_program_fails_a_sentence_says_so_and_names_the_other_file()
    {
        var scene = await Preselection.Scene.MakeAsync(Web);
        await scene.TransmitAsync(scene.People[0]);
        var sent = (await scene.Facilitator.GetAsync(scene.Transmission)).All("a").Select(it => it.GetAttribute("href")!).First(it => it.EndsWith("/dossier", StringComparison.Ordinal));

        var asked = await scene.Facilitator.GetAsync(sent + ".pdf");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, asked.Status);
        Assert.Contains("Le PDF n’a pas pu être fabriqué. Réessayez, ou prenez le fichier DOCX", asked.Words, StringComparison.Ordinal);
    }
}
