using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Matching.Rules;
using Matching.Web.Platform;

namespace Matching.Web.Postings;

/// <summary>A JSON object read with the names, the checks and the sentences of the form.</summary>
internal static class JsonForm
{
    private const int MostFields = 100;

    /// <summary>Lists become lines; <c>"horaires": ["matin"]</c> becomes the box <c>horaires_matin</c>; nested objects are ignored.</summary>
    public static PostedForm Of(JsonElement body)
    {
        var fields = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (var property in body.EnumerateObject().Take(MostFields))
        {
            if (property.Value.ValueKind == JsonValueKind.Array)
            {
                var items = property.Value.EnumerateArray().Select(Text).OfType<string>().ToList();
                fields[property.Name] = string.Join('\n', items);
                foreach (var item in items.Where(_ => property.Name == "horaires"))
                {
                    fields[$"horaires_{item}"] = "oui";
                }
            }
            else
            {
                fields[property.Name] = Text(property.Value);
            }
        }

        return PostedForm.Of([.. fields.Select(field => (field.Key, field.Value))]);
    }

    /// <summary>The same key of the same organisation gives the same id: a call repeated makes one posting.</summary>
    public static PostingId IdOf(OrganizationId organization, string key) =>
        new(new Guid(SHA256.HashData(Encoding.UTF8.GetBytes($"{organization}\n{key}")).AsSpan(0, 16)));

    private static string? Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number => value.GetRawText(),
        JsonValueKind.True => "oui",
        _ => null,
    };
}
