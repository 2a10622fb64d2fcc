namespace Matching.Rules.People;

/// <summary>Codes and French names of the small lists about people, stated once. Codes are those of the pool files.</summary>
public static class PeopleVocabulary
{
    public static IReadOnlyList<(Shifts Value, string Code, string Label)> Shifts { get; } =
    [
        (People.Shifts.Jour, "jour", "Jour"),
        (People.Shifts.Matin, "matin", "Matin"),
        (People.Shifts.Soir, "soir", "Soir"),
        (People.Shifts.Nuit, "nuit", "Nuit"),
        (People.Shifts.WeekEnd, "week-end", "Week-end"),
    ];

    public static IReadOnlyList<(TransportMode Value, string Code, string Label)> TransportModes { get; } =
    [
        (TransportMode.Pied, "pied", "À pied"),
        (TransportMode.Velo, "vélo", "Vélo"),
        (TransportMode.Transports, "transports", "Transports en commun"),
        (TransportMode.DeuxRoues, "deux-roues", "Deux-roues motorisé"),
        (TransportMode.Voiture, "voiture", "Voiture"),
    ];

    /// <summary>1 to 6, as the scale of the Council of Europe orders them.</summary>
    public static IReadOnlyList<string> FrenchLevels { get; } = ["A1", "A2", "B1", "B2", "C1", "C2"];
}
