using System.Diagnostics;
using System.Globalization;

namespace Matching.Benchmarks;

/// <summary>The running host over loopback: the dossier of twenty people as PDF, DOCX and page, and what the company opens.</summary>
public static class DossierBenchmark
{
    /// <summary>Beside those of the dossier, so that choosing among many is measured too.</summary>
    private const int Others = 480;

    public static async Task<int> RunAsync(Options options)
    {
        var (people, runs) = (options.Number("--people", 20), options.Number("--runs", 20));
        using var site = await LoadedSite.CreateAsync(people + Others + 200);
        var posting = await PreselectedSite.FillAsync(site, people + Others, ready: people);
        using var host = HostProcess.Start(site.Folder, "--Limits:LinkPerMinute", "1000000", "--Limits:LinkAddressPerMinute", "1000000");
        await host.WaitAsync();
        await host.SignInAsync("facilitatrice");
        var page = await host.Client.GetStringAsync(new Uri($"/offres/{posting}/transmettre", UriKind.Relative));
        var fields = Fields(page, people);
        var (preview, send) = (new Uri($"/offres/{posting}/transmettre/apercu", UriKind.Relative), new Uri($"/offres/{posting}/transmettre", UriKind.Relative));

        var pdf = await TimeAsync(runs, () => PostAsync(host, preview, [.. fields, new("format", "pdf")], "application/pdf"));
        var docx = await TimeAsync(runs, () => PostAsync(host, preview, [.. fields, new("format", "docx")], "application/vnd.openxmlformats-officedocument.wordprocessingml.document"));
        var shown = await TimeAsync(runs, () => PostAsync(host, preview, fields, "text/html"));
        var link = HostProcess.ValueOf(await PostAsync(host, send, fields, "text/html"), "id=\"lien\"");
        var company = await TimeAsync(runs, async () => await host.Client.GetStringAsync(new Uri(new Uri(link).AbsolutePath, UriKind.Relative)));
        var among = string.Create(CultureInfo.InvariantCulture, $"{people} people of {people + Others} preselected");
        Figures.Print(
            [
                Figures.Of($"dossier to PDF, {among} (ms)", pdf, "<= 3,000"),
                Figures.Of($"dossier to DOCX, {among} (ms)", docx, "<= 300"),
                Figures.Of("the same as a page, the preview (ms)", shown, "-"),
                Figures.Of("the company's page of that dossier (ms)", company, "-"),
            ],
            "none", "server GC as the web host runs by default", options.Has("--json"), people);
        return 0;
    }

    /// <summary>The form of the page with the first people ticked, a word for each.</summary>
    private static List<KeyValuePair<string, string>> Fields(string page, int people)
    {
        var fields = new List<KeyValuePair<string, string>>
        {
            new("__RequestVerificationToken", HostProcess.ValueOf(page, "name=\"__RequestVerificationToken\"")), new("cle", Guid.CreateVersion7().ToString()),
            new("contact_nom", "Camille Chef"), new("contact_courriel", ""), new("mots", "Bonjour, voici des personnes pour ce poste."),
            new("reponse_avant", HostProcess.ValueOf(page, "name=\"reponse_avant\"")), new("expire_le", HostProcess.ValueOf(page, "name=\"expire_le\"")),
        };
        foreach (var id in HostProcess.ValuesOf(page, "name=\"preselection\"").Take(people))
        {
            fields.AddRange([new("preselection", id), new($"depuis_{id}", "PRESELECTIONNEE"), new($"mots_{id}", "A déjà travaillé sur un chantier du même genre, équipe contente.")]);
        }

        return fields;
    }

    private static async Task<List<double>> TimeAsync(int runs, Func<Task<string>> ask)
    {
        await ask();
        var times = new List<double>();
        for (var run = 0; run < runs; run++)
        {
            var start = Stopwatch.GetTimestamp();
            await ask();
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        return times;
    }

    private static async Task<string> PostAsync(HostProcess host, Uri address, IEnumerable<KeyValuePair<string, string>> fields, string expected)
    {
        using var form = new FormUrlEncodedContent(fields);
        using var answer = await host.Client.PostAsync(address, form);
        var text = await answer.Content.ReadAsStringAsync();
        return answer.IsSuccessStatusCode && answer.Content.Headers.ContentType?.MediaType == expected
            ? text
            : throw new InvalidOperationException($"{(int)answer.StatusCode} {answer.Content.Headers.ContentType} instead of {expected}.");
    }
}
