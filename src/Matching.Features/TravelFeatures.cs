using Matching.Engine.Scoring;
using Matching.Rules.People;

namespace Matching.Features;

/// <summary>The way to the site, against what the person declared; never where the person lives as such.</summary>
internal static class TravelFeatures
{
    /// <summary>How far people are taken to walk or ride when the work starts early or ends late.</summary>
    private const double WalkingKm = 3;
    private const double CyclingKm = 10;

    private static readonly byte[] TravelTimes = TravelTimeTable();
    private static readonly byte[] Ratios = RatioTable();
    private static readonly byte[] DaytimeAccess = AccessTable(oddHours: false);
    private static readonly byte[] OddHoursAccess = AccessTable(oddHours: true);

    public static IReadOnlyList<FeatureDefinition> All { get; } =
    [
        new("travel_ratio", "Trajet",
            "Durée estimée du trajet par le moyen déclaré, rapportée à la durée que la personne accepte.",
            "mobilité déclarée ; distance entre communes ; vitesses moyennes par moyen (paramètres à confirmer)", Direction.Less,
            [
                new(0, "trajet non calculable", IsNeutral: true),
                new(1, "trajet de la moitié au plus de la durée acceptée"),
                new(2, "trajet des trois quarts au plus de la durée acceptée"),
                new(3, "trajet dans la durée acceptée"),
                new(4, "trajet un peu plus long que la durée acceptée (jusqu’à un quart en plus)"),
                new(5, "trajet nettement plus long que la durée acceptée (jusqu’à moitié en plus)"),
                new(6, "trajet bien plus long que la durée acceptée"),
            ],
            it => CodeSource.Pair(CodeSource.Pair(Distance(it, "commune"), CodeSource.Column("mode"), TravelTimes), CodeSource.Column("limit"), Ratios)),
        new("mode_ok", "Accès aux horaires du poste",
            "Le moyen de transport déclaré permet de rejoindre le site aux horaires du poste.",
            "moyen de transport déclaré ; horaires de l’offre", Direction.More,
            [
                new(0, "accès non calculable", IsNeutral: true),
                new(1, "accès incertain aux horaires du poste"),
                new(2, "peut rejoindre le site aux horaires du poste"),
            ],
            it => CodeSource.Pair(Distance(it, "commune"), CodeSource.Column("mode"), HasOddHours(it.Terms.Shifts) ? OddHoursAccess : DaytimeAccess), IsReachable: true),
        new("support_fit", "Proximité de l’accompagnement",
            "Distance entre la structure qui accompagne la personne et le site.",
            "commune de la structure", Direction.Less,
            [
                new(0, "commune de la structure non renseignée", IsNeutral: true),
                new(1, "la structure qui accompagne est à 15 km au plus du site"),
                new(2, "la structure qui accompagne est à 30 km au plus du site"),
                new(3, "la structure qui accompagne est à 50 km au plus du site"),
                new(4, "la structure qui accompagne est à plus de 50 km du site"),
            ],
            it => Distance(it, "support").Map([.. Enumerable.Range(0, 64).Select(c => (byte)(c == 0 ? 0 : Places.KmOf(c) switch { <= 15 => 1, <= 30 => 2, <= 50 => 3, _ => 4 }))])),
    ];

    /// <summary>Work before the first or after the last bus, or when there are few.</summary>
    public static bool HasOddHours(Shifts shifts) => (shifts & (Shifts.Nuit | Shifts.WeekEnd | Shifts.Soir | Shifts.Matin)) != 0;

    private static CodeSource Distance(PostingContext it, string group) =>
        CodeSource.Lookup(group, it.Places.ClassesTo(it.Terms.InseeCode), SlotMerge.Max);

    // Times by distance and means of transport; beyond the last class of distance no time is estimated, it is too far.
    private static byte[] TravelTimeTable() => Table((distance, mode) =>
        mode is 0 or > 5 ? (byte)0
        : distance == Places.FarthestClass ? (byte)63
        : Travel.ClassOf(Travel.Minutes((TransportMode)(mode - 1), Places.KmOf(distance))));

    private static byte[] RatioTable() => Table((time, limit) =>
        limit == 0 ? (byte)0
        : time == 63 ? (byte)6
        : (byte)((Travel.MinutesOf(time) / (limit * Travel.LimitStepMinutes)) switch { <= 0.5 => 1, <= 0.75 => 2, <= 1 => 3, <= 1.25 => 4, <= 1.5 => 5, _ => 6 }));

    private static byte[] AccessTable(bool oddHours) => Table((distance, mode) => mode is 0 or > 5 ? (byte)0 : (TransportMode)(mode - 1) switch
    {
        TransportMode.Pied => Places.KmOf(distance) <= WalkingKm ? (byte)2 : (byte)1,
        TransportMode.Velo => Places.KmOf(distance) <= CyclingKm ? (byte)2 : (byte)1,
        TransportMode.Transports => oddHours ? (byte)1 : (byte)2,
        _ => (byte)2,
    });

    private static byte[] Table(Func<int, int, byte> code)
    {
        var table = new byte[64 * 64];
        for (var distance = 1; distance < 64; distance++)
        {
            for (var other = 0; other < 64; other++)
            {
                table[(distance * 64) + other] = code(distance, other);
            }
        }

        return table;
    }
}
