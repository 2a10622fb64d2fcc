using System.Globalization;
using Matching.Engine.Filters;
using Matching.Features;
using Matching.Rules;
using Matching.Web.Platform;
using Matching.Web.Platform.Reference;

namespace Matching.Web.Search;

/// <summary>A search kept to what is less than so many km, as the crow flies, from a commune; what has no known commune is left out.</summary>
/// <param name="Typed">The commune as it was typed: INSEE code, postal code or name.</param>
public sealed record Around(Commune Commune, string Typed, int Km)
{
    public const string PlaceKey = "autour";
    public const string KmKey = "rayon";
    public const int DefaultKm = 20;
    public const int MostCharacters = 80;

    /// <summary>Distances offered: up to 40 km the classes of <see cref="Places"/> are one km wide, then five, so each is exact.</summary>
    public static IReadOnlyList<int> Distances { get; } = [5, 10, 20, 30, 50, 100];

    public const string UnknownSentence = "Commune inconnue : écrire son nom, son code postal ou son code INSEE, ou laisser vide.";

    /// <summary>From the two values of the address; no commune is no limit, whatever the distance.</summary>
    public static (Around? Around, UnknownPlace? Unknown, Refusal? Refusal) Read(string? place, string? km, Communes communes)
    {
        ArgumentNullException.ThrowIfNull(communes);
        var typed = (place ?? "").Trim();
        var distance = DefaultKm;
        if (!string.IsNullOrWhiteSpace(km) && (!int.TryParse(km, NumberStyles.None, CultureInfo.InvariantCulture, out distance) || !Distances.Contains(distance)))
        {
            return (null, null, new Refusal(KmKey, $"« {KmKey} » est une de ces distances en km : {string.Join(", ", Distances)}."));
        }

        if (typed.Length == 0)
        {
            return (null, null, null);
        }

        // Of several communes of that name, the most populated: its department is shown beside the answers.
        var found = typed.Length > MostCharacters ? null : communes.ByInsee(typed) ?? communes.ByPostalCode(typed).Concat(communes.ByName(typed)).FirstOrDefault();
        return found is { } commune ? (new Around(commune, typed, distance), null, null)
            : (null, new UnknownPlace(typed.Cut(MostCharacters), distance), new Refusal(PlaceKey, UnknownSentence));
    }

    public string Words => $"à moins de {Km} km de {Commune.Name} ({Commune.DepartmentCode})";

    public Filter ToFilter(Places places)
    {
        ArgumentNullException.ThrowIfNull(places);
        var last = Places.ClassOf(Km) - 1;
        return Filter.WideAny(PlaceKey, "commune", Array.ConvertAll(places.ClassesTo(Commune.InseeCode), one => one > 0 && one <= last));
    }
}

/// <summary>A commune that is not known, kept as it was typed so that the box can show it again.</summary>
public sealed record UnknownPlace(string Typed, int Km);
