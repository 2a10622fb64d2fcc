using System.Text.RegularExpressions;

namespace Matching.Web.Platform.Reference;

/// <summary>A commune as people type it in one field: a name, a postal code, an INSEE code, or "Nom (code)".</summary>
public static partial class CommuneInput
{
    private const int MostChoices = 8;

    /// <summary>The INSEE code; null when nothing is typed, or with a French sentence added when nothing or several communes fit.</summary>
    public static string? Read(PostedForm form, string name, string label, Communes communes)
    {
        ArgumentNullException.ThrowIfNull(form);
        var typed = form[name];
        if (typed.Length == 0)
        {
            return null;
        }

        var found = Find(typed, communes);
        if (found.Count == 1)
        {
            return found[0].InseeCode;
        }

        var (near, words) = found.Count > 1 ? (found, "plusieurs communes répondent") : (communes.Suggest(typed), "commune inconnue");
        var choices = string.Join(", ", near.Take(MostChoices).Select(Shown));
        form.Errors.Add(name, $"{label} : {words}. " + (choices.Length > 0
            ? $"Recopier l’une de celles-ci avec son code : {choices}."
            : "Écrire le nom complet, le code postal ou le code INSEE."));
        return null;
    }

    /// <summary>"Valmiron (00001)": what the field shows, and reads back without doubt.</summary>
    public static string Shown(Commune commune)
    {
        ArgumentNullException.ThrowIfNull(commune);
        return $"{commune.Name} ({commune.InseeCode})";
    }

    /// <summary>The same from a stored code; the code itself when it is unknown, "" when there is none.</summary>
    public static string Shown(string? inseeCode, Communes communes)
    {
        ArgumentNullException.ThrowIfNull(communes);
        return communes.ByInsee(inseeCode) is { } commune ? Shown(commune) : inseeCode ?? "";
    }

    private static IReadOnlyList<Commune> Find(string typed, Communes communes)
    {
        var code = Code().Match(typed);
        var name = Code().Replace(typed, "").Trim(' ', '(', ')', ',');
        if (!code.Success)
        {
            return communes.ByName(name);
        }

        var byInsee = communes.ByInsee(code.Value);
        var byPostalCode = communes.ByPostalCode(code.Value);
        if (name.Length > 0)
        {
            var named = communes.ByName(name);
            return [.. named.Where(one => one == byInsee || byPostalCode.Contains(one))];
        }

        // The same five digits may be the INSEE code of one commune and the postal code of another: then both are shown.
        return byInsee is null || byPostalCode.Contains(byInsee) ? byPostalCode : [byInsee, .. byPostalCode];
    }

    [GeneratedRegex(@"\b\d[\dABab]\d{3}\b", RegexOptions.CultureInvariant)]
    private static partial Regex Code();
}
