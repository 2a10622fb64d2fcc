using Matching.Rules;

namespace Matching.Web.Platform.Reference;

/// <summary>Territories as people type them in one field: départements by code (69), communes by INSEE code or by name, separated by commas.</summary>
public static class ZoneInput
{
    /// <summary>A whole region written commune by commune is longer than anyone types; départements say it shorter.</summary>
    private const int MaxZones = 400;
    private static readonly char[] Separators = ['\n', ',', ';'];

    /// <summary>
    /// The codes, without doubles; a French sentence is added for each word that names nothing. While no commune is loaded at all (a first account
    /// on an empty database) only the shape of a code can be checked.
    /// </summary>
    public static IReadOnlyList<string> Read(PostedForm form, string name, Communes communes)
    {
        ArgumentNullException.ThrowIfNull(form);
        ArgumentNullException.ThrowIfNull(communes);
        var words = form[name].Split(Separators, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (words.Length > MaxZones)
        {
            form.Errors.Add(name, $"Territoires : au plus {MaxZones}. Écrire plutôt les départements.");
            return [];
        }

        return [.. words.Select(word => Code(form, name, word, communes)).OfType<string>().Distinct(StringComparer.Ordinal)];
    }

    /// <summary>DEP or COMMUNE, as <c>territory.zone_kind</c> keeps it.</summary>
    public static string KindOf(string code)
    {
        ArgumentNullException.ThrowIfNull(code);
        return code.Length == 5 ? "COMMUNE" : "DEP";
    }

    private static string? Code(PostedForm form, string name, string word, Communes communes)
    {
        var code = word.Length == 1 ? "0" + word : word.ToUpperInvariant();
        if (communes.All.Count == 0)
        {
            if (code.Length is 2 or 3 or 5 && code.All(char.IsAsciiLetterOrDigit))
            {
                return code;
            }
        }
        else if (code.Length is 2 or 3 && communes.All.Any(commune => commune.DepartmentCode == code))
        {
            return code;
        }
        else if ((communes.ByInsee(code) is { } known ? [known] : communes.ByName(word)) is { Count: > 0 } found)
        {
            if (found.Count == 1)
            {
                return found[0].InseeCode;
            }

            form.Errors.Add(name, $"Territoires : plusieurs communes s’appellent « {word.Shortened(PostedForm.ShownLength)} ». Écrire le code INSEE ({string.Join(", ", found.Take(6).Select(one => one.InseeCode))}).");
            return null;
        }

        form.Errors.Add(name, $"Territoires : « {word.Shortened(PostedForm.ShownLength)} » n’est ni un département ni une commune connus. Écrire un code de département (69), un nom ou un code INSEE de commune.");
        return null;
    }
}
