using System.Text.RegularExpressions;
using Matching.Web.Platform.Reference;
using Microsoft.Extensions.DependencyInjection;

namespace Matching.Web.Tests.Postings;

/// <summary>What the stories of marchés and postings start from: the sample referentials, a facilitator with a marché of one lot.</summary>
internal static class PostingWorld
{
    public static async Task LoadReferenceAsync(WebFixture web, CancellationToken ct)
    {
        var loaded = await web.Services.GetRequiredService<ReferenceLoader>().LoadAsync(Path.Combine(Root(), "data-samples", "reference"), ct);
        Assert.True(loaded.IsFound);
    }

    public static string Sample(string file) => File.ReadAllText(Path.Combine(Root(), "data-samples", "fiches-de-poste", file));

    public static (string Name, string Value)[] Market(string reference, params (string Name, string Value)[] changes)
    {
        var fields = new Dictionary<string, string>
        {
            ["reference"] = reference,
            ["objet"] = "Rénovation du groupe scolaire",
            ["acheteur_nom"] = "Ville de Valmiron",
            ["acheteur_siret"] = "00002349900015",
            ["debut"] = "01/09/2026",
            ["fin"] = "31/08/2028",
            ["cadence"] = "MENSUELLE",
            ["credit_mois"] = "24",
            ["cdi_jusqu_a_la_fin"] = "oui",
            ["formation_comptee"] = "oui",
            ["seuil_masque"] = "5",
            ["modele_publics"] = "CCAG2021",
            ["publics"] = "DELD",
            ["lot_intitule"] = "Maçonnerie",
            ["lot_heures"] = "910",
            ["modalite_EMBAUCHE_DIRECTE"] = "oui",
            ["lot_commune"] = "Valmiron",
        };
        foreach (var (name, value) in changes)
        {
            fields[name] = value;
        }

        return [.. fields.Select(field => (field.Key, field.Value))];
    }

    /// <summary>Opens a marché and answers the id of its first lot.</summary>
    public static async Task<string> OpenMarketAsync(Browser facilitator, string reference)
    {
        var market = await facilitator.PostAndFollowAsync("/marches/nouveau", Market(reference));
        return Regex.Match(market.One("a[href^='/offres/nouvelle?lot=']").GetAttribute("href")!, "lot=(.+)$").Groups[1].Value;
    }

    /// <summary>The fields of the form that a page shows, to be posted as they are or changed.</summary>
    public static (string Name, string Value)[] Fields(PageSeen page, string action, params (string Name, string Value)[] changes)
    {
        var form = page.All("form").Single(one => one.GetAttribute("action") == action);
        var fields = form.QuerySelectorAll("[name]")
            .Where(one => one.GetAttribute("name") is not ("__RequestVerificationToken" or "action") && one.GetAttribute("type") is not ("radio" or "checkbox") || one.HasAttribute("checked"))
            .Where(one => one.GetAttribute("name") is not ("__RequestVerificationToken" or "action"))
            .Select(one => one.GetAttribute("name")!).Distinct()
            .ToDictionary(name => name, name => ValueIn(form, name));
        foreach (var (name, value) in changes)
        {
            fields[name] = value;
        }

        return [.. fields.Select(field => (field.Key, field.Value))];
    }

    public static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Matching.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("The tests run inside the repository.");
    }

    private static string ValueIn(AngleSharp.Dom.IElement form, string name) => form.QuerySelector($"[name='{name}']") switch
    {
        AngleSharp.Html.Dom.IHtmlTextAreaElement area => area.Value ?? "",
        AngleSharp.Html.Dom.IHtmlSelectElement select => select.Value ?? "",
        AngleSharp.Html.Dom.IHtmlInputElement input => input.Value ?? "",
        _ => "",
    };
}
