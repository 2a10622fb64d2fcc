using System.Globalization;
using System.Text.Json;
using Matching.Rules.Markets;
using Matching.Web.Platform.Reference;

namespace Matching.Web.Markets;

/// <summary>
/// The essential data of a public contract (DECP 2.0.3, scdl « marchés publics », 139bercy): what the form of a marché can take from it.
/// The obligation of insertion is not in that record: a person types it from the contract.
/// </summary>
public static class DecpRecord
{
    public const int LongestText = 500_000;
    private const int MostRecords = 2_000;
    private const int LongestReference = 60;
    private const int LongestSubject = 300;

    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 32, AllowTrailingCommas = true };

    /// <summary>Fills the form from the record whose id is asked for, or from the only one; the French sentence that says why not otherwise.</summary>
    public static string? Fill(string json, string wantedId, Communes communes, List<(string Name, string? Value)> fields)
    {
        ArgumentNullException.ThrowIfNull(fields);
        ArgumentNullException.ThrowIfNull(communes);
        try
        {
            using var document = JsonDocument.Parse(json, Options);
            var records = Records(document.RootElement).Take(MostRecords).ToList();
            var chosen = wantedId.Length > 0 ? records.Where(one => Text(one, "id") == wantedId).ToList() : records;
            if (chosen.Count != 1)
            {
                return records.Count == 0 ? "Aucun marché dans ce texte : coller un enregistrement DECP (un objet avec « id », « acheteur », « objet »)."
                    : chosen.Count == 0 ? $"Aucun marché ne porte l’identifiant « {Short(wantedId)} » dans ces {records.Count}."
                    : $"{chosen.Count} marchés dans ce texte : indiquer l’identifiant de celui à reprendre ({string.Join(", ", chosen.Take(8).Select(one => Short(Text(one, "id"))))}).";
            }

            Fill(chosen[0], communes, fields);
            return null;
        }
        catch (JsonException)
        {
            return "Ce texte n’est pas du JSON : copier l’enregistrement entier, de « { » à « } ».";
        }
        catch (InvalidOperationException)
        {
            // The reader of JSON says so of half of a surrogate pair.
            return "Ce texte contient un caractère illisible : le copier à nouveau depuis sa source.";
        }
    }

    // A record alone, a list, or the official file: {"marches": {"marche": […]}}.
    private static IEnumerable<JsonElement> Records(JsonElement root) => root.ValueKind switch
    {
        JsonValueKind.Array => root.EnumerateArray().Where(one => one.ValueKind == JsonValueKind.Object),
        JsonValueKind.Object when root.TryGetProperty("marches", out var marches) => Records(marches),
        JsonValueKind.Object when root.TryGetProperty("marche", out var list) => Records(list),
        JsonValueKind.Object when root.TryGetProperty("id", out _) && root.TryGetProperty("objet", out _) => [root],
        _ => [],
    };

    private static void Fill(JsonElement record, Communes communes, List<(string Name, string? Value)> fields)
    {
        fields.Add(("reference", Cut(Text(record, "id"), LongestReference)));
        fields.Add(("objet", Cut(Text(record, "objet"), LongestSubject)));
        fields.Add(("lot_intitule", Cut(Text(record, "objet"), LongestReference)));
        var buyer = record.TryGetProperty("acheteur", out var found) && found.ValueKind == JsonValueKind.Object ? Text(found, "id") : Text(record, "acheteur");
        fields.Add(("acheteur_siret", Siret.TryParse(buyer, out var siret) ? siret.Digits : Cut(buyer, LongestReference)));
        var start = DateOnly.TryParseExact(Text(record, "dateNotification"), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : (DateOnly?)null;
        fields.Add(("debut", Shown(start)));
        var months = int.TryParse(Text(record, "dureeMois"), NumberStyles.None, CultureInfo.InvariantCulture, out var read) && read is >= 1 and <= 600 ? read : (int?)null;
        fields.Add(("fin", Shown(start is { } from && months is { } length && from.Year < 2200 ? from.AddMonths(length).AddDays(-1) : null)));
        fields.Add(("lot_commune", Place(record, communes)));
    }

    // The place of execution is a commune or a postal code; a département or a region is no commune.
    private static string Place(JsonElement record, Communes communes)
    {
        if (!record.TryGetProperty("lieuExecution", out var place) || place.ValueKind != JsonValueKind.Object)
        {
            return "";
        }

        var code = Text(place, "code");
        IReadOnlyList<Commune> named = Text(place, "typeCode") switch
        {
            "Code commune" => communes.ByInsee(code) is { } one ? [one] : [],
            "Code postal" => communes.ByPostalCode(code),
            _ => [],
        };
        return named.Count == 1 ? CommuneInput.Shown(named[0]) : "";
    }

    // Numbers are sometimes written as text and the reverse.
    private static string Text(JsonElement record, string name) => record.TryGetProperty(name, out var value)
        ? value.ValueKind switch { JsonValueKind.String => value.GetString()!.Trim(), JsonValueKind.Number => value.GetRawText(), _ => "" }
        : "";

    private static string Shown(DateOnly? day) => day?.ToString("dd/MM/yyyy", CultureInfo.InvariantCulture) ?? "";

    private static string Cut(string text, int longest) => text.Length <= longest ? text : text[..longest];

    private static string Short(string text) => Cut(text, 40);
}
