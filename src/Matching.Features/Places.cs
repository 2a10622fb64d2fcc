using System.Collections.Concurrent;
using Matching.Rules.People;

namespace Matching.Features;

/// <summary>A commune with the middle of its territory, in degrees.</summary>
public sealed record Place(string InseeCode, double? Latitude, double? Longitude);

/// <summary>The communes, a number each (1 and up), and the distances between them.</summary>
public sealed class Places
{
    private const double EarthRadiusKm = 6371.0;

    /// <summary>Classes of distance: one km each up to 40 km, then five km each; the last one is "150 km or more".</summary>
    public const int FarthestClass = 63;

    private const int OneKmClasses = 40;
    private const int WideClassKm = 5;

    /// <summary>Sites are few beside people: their tables are kept, up to this many.</summary>
    private const int KeptSites = 2_000;

    private readonly Dictionary<string, ushort> numbers = new(StringComparer.Ordinal);
    private readonly List<Place> all = [];
    private readonly ConcurrentDictionary<string, byte[]> classesBySite = new(StringComparer.Ordinal);

    public Places(IEnumerable<Place> places)
    {
        foreach (var place in places.OrderBy(p => p.InseeCode, StringComparer.Ordinal))
        {
            all.Add(place);
            numbers[place.InseeCode] = checked((ushort)all.Count);
        }
    }

    /// <summary>0 for a commune that is not known.</summary>
    public ushort NumberOf(string? inseeCode) => inseeCode is null ? (ushort)0 : numbers.GetValueOrDefault(inseeCode);

    /// <summary>Great-circle distance in km; null when one of the communes or its coordinates is unknown.</summary>
    public double? DistanceKm(string from, string to) =>
        numbers.TryGetValue(from, out var one) && numbers.TryGetValue(to, out var other) ? DistanceKm(all[one - 1], all[other - 1]) : null;

    /// <summary>Distance class (1–63) of every commune to the site, by number; 0 where a coordinate is missing.</summary>
    public byte[] ClassesTo(string site)
    {
        if (classesBySite.Count >= KeptSites)
        {
            classesBySite.Clear();
        }

        return classesBySite.GetOrAdd(site, ComputeClassesTo);
    }

    private byte[] ComputeClassesTo(string site)
    {
        var table = new byte[all.Count + 1];
        if (!numbers.TryGetValue(site, out var number))
        {
            return table;
        }

        for (var at = 1; at < table.Length; at++)
        {
            table[at] = DistanceKm(all[at - 1], all[number - 1]) is { } km ? ClassOf(km) : (byte)0;
        }

        return table;
    }

    public static byte ClassOf(double km) => (byte)(km < OneKmClasses
        ? (int)Math.Floor(Math.Max(0, km)) + 1
        : Math.Min(FarthestClass, OneKmClasses + 1 + (int)Math.Floor((km - OneKmClasses) / WideClassKm)));

    /// <summary>The distance that stands for a class: its middle. The last class has none: it is always too far.</summary>
    public static double KmOf(int distanceClass) => distanceClass <= OneKmClasses
        ? distanceClass - 0.5
        : OneKmClasses + ((distanceClass - OneKmClasses - 0.5) * WideClassKm);

    private static double? DistanceKm(Place from, Place to)
    {
        if (from.Latitude is not { } lat1 || from.Longitude is not { } lon1 || to.Latitude is not { } lat2 || to.Longitude is not { } lon2)
        {
            return null;
        }

        var dLat = double.DegreesToRadians(lat2 - lat1);
        var dLon = double.DegreesToRadians(lon2 - lon1);
        var a = Math.Pow(Math.Sin(dLat / 2), 2)
            + (Math.Cos(double.DegreesToRadians(lat1)) * Math.Cos(double.DegreesToRadians(lat2)) * Math.Pow(Math.Sin(dLon / 2), 2));
        return 2 * EarthRadiusKm * Math.Asin(Math.Min(1, Math.Sqrt(a)));
    }
}

/// <summary>Door-to-door time by mode. Parameters without a source: to be replaced by real timetables where they exist.</summary>
public static class Travel
{
    /// <summary>Roads are longer than straight lines.</summary>
    public const double Detour = 1.3;

    /// <summary>Minutes for a straight-line distance: a fixed part (walk, wait, park) and a speed by mode.</summary>
    public static double Minutes(TransportMode mode, double km) => mode switch
    {
        TransportMode.Pied => km * Detour / 4.8 * 60,
        TransportMode.Velo => 2 + (km * Detour / 14 * 60),
        TransportMode.Transports => 12 + (km * Detour / 26 * 60),
        TransportMode.DeuxRoues => 3 + (km * Detour / 38 * 60),
        _ => 5 + (km * Detour / 48 * 60),
    };

    /// <summary>The limit in minutes that the person declared; a limit in km is turned into minutes by the person's own mode.</summary>
    public static double? MaximumMinutes(Mobility mobility) =>
        mobility.MaximumMinutes is { } minutes ? minutes
        : mobility.MaximumKm is { } km ? Minutes(mobility.Mode, km / Detour)
        : null;

    /// <summary>Limits are compared by steps of five minutes, rounded down: nobody is counted as ready to travel longer than they said.</summary>
    public const int LimitStepMinutes = 5;

    /// <summary>Classes of travel time: two minutes each up to an hour, then ten; class 0 is unknown, the last is "longer".</summary>
    public static byte ClassOf(double minutes) => (byte)(minutes < 60 ? (int)(minutes / 2) + 1 : Math.Min(63, 31 + (int)((minutes - 60) / 10)));

    /// <summary>The time that stands for a class: its middle.</summary>
    public static double MinutesOf(int timeClass) => timeClass <= 30 ? (timeClass * 2) - 1 : 60 + ((timeClass - 31) * 10) + 5;

    /// <summary>The limit as it is compared: 0 when unknown.</summary>
    public static byte LimitCode(Mobility mobility) =>
        MaximumMinutes(mobility) is { } minutes ? (byte)Math.Clamp((int)(minutes / LimitStepMinutes), 1, 63) : (byte)0;
}
