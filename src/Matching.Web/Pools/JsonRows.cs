using System.Globalization;
using System.Text.Json;
using Matching.Rules.People;
using Matching.Web.Platform;

namespace Matching.Web.Pools;

/// <summary>Rows sent as JSON objects whose keys are the columns of the template; a list may be an array.</summary>
public static class JsonRows
{
    private const int MaxKeys = 200;

    /// <summary>The rows, numbered from 1, or one sentence about the whole (field <c>personnes</c>).</summary>
    /// <param name="reference">The reference of the only person, when the address gives it.</param>
    public static Result<PoolTable> Read(IReadOnlyList<JsonElement> people, string? reference = null)
    {
        ArgumentNullException.ThrowIfNull(people);
        if (people.Count is 0 or > PoolTable.MaxRows)
        {
            return Result.Refused("personnes", $"Envoyer un tableau de 1 à {PoolTable.MaxRows} personnes.");
        }

        if (people.Any(person => person.ValueKind != JsonValueKind.Object))
        {
            return Result.Refused("personnes", "Chaque personne est un objet dont les clés sont les colonnes du modèle.");
        }

        var names = people.SelectMany(person => person.EnumerateObject().Select(property => property.Name)).Distinct(StringComparer.Ordinal).Take(MaxKeys + 1).ToList();
        if (names.Count > MaxKeys)
        {
            return Result.Refused("personnes", $"Plus de {MaxKeys} clés différentes : garder celles du modèle.");
        }

        if (reference is not null)
        {
            names.RemoveAll(name => PoolColumns.Find(name) == PoolColumns.Reference);
        }

        IReadOnlyList<string> given = reference is null ? [] : [PoolColumns.Reference.Name];
        string[] givenCells = reference is null ? [] : [reference];
        var (header, refusal) = PoolHeader.Read([.. given, .. names]);
        return header is null
            ? Result.Refused("personnes", refusal!)
            : new PoolTable("Envoi par l’API", "JSON", header, people.Select((person, i) => header.Clean(i + 1, [.. givenCells, .. names.Select(name => Text(person, name))])));
    }

    private static string Text(JsonElement person, string name) => person.TryGetProperty(name, out var value) ? Text(value) : "";

    private static string Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!.Replace("\0", "", StringComparison.Ordinal),
        JsonValueKind.Number => value.TryGetDecimal(out var number) ? number.ToString(CultureInfo.InvariantCulture) : value.GetRawText(),
        JsonValueKind.True => "oui",
        JsonValueKind.False => "non",
        JsonValueKind.Array => string.Join('|', value.EnumerateArray().Select(Text)),
        JsonValueKind.Object => value.GetRawText(),
        _ => "",
    };
}
