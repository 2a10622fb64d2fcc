using System.Numerics;
using Matching.Engine.Scoring;
using Matching.Rules.People;
using Matching.Rules.Postings;

namespace Matching.Features;

/// <summary>Availability, hours and dates, against those of the posting.</summary>
internal static class TimeFeatures
{
    private const int WithoutEnd = int.MaxValue;

    public static IReadOnlyList<FeatureDefinition> All { get; } =
    [
        new("shift_fit", "Horaires",
            "Part des horaires du poste que la personne accepte.",
            "horaires possibles déclarés par la structure", Direction.More,
            [
                new(0, "horaires non renseignés", IsNeutral: true),
                new(1, "aucun des horaires du poste"),
                new(2, "une partie des horaires du poste"),
                new(3, "tous les horaires du poste"),
            ],
            it => it.Terms.Shifts == Shifts.None ? SkillFeatures.Constant(0) : CodeSource.Column("shifts").Map(ShiftBins(it.Terms.Shifts)), IsReachable: true),
        new("hours_fit", "Durée hebdomadaire",
            "Écart entre les heures du poste et celles que la personne cherche.",
            "heures hebdomadaires déclarées par la structure", Direction.More,
            [
                new(0, "durée hebdomadaire non renseignée", IsNeutral: true),
                new(1, "plus de 10 heures d’écart par semaine avec la durée cherchée"),
                new(2, "de 5 à 10 heures d’écart par semaine avec la durée cherchée"),
                new(3, "jusqu’à 5 heures d’écart par semaine avec la durée cherchée"),
                new(4, "durée hebdomadaire proche de celle que la personne cherche"),
            ],
            it => it.Terms.WeeklyMinutes is { } minutes ? CodeSource.Column("hours").Map(HourBins(minutes)) : SkillFeatures.Constant(0), IsReachable: true),
        new("duration_fit", "Durée de contrat souhaitée",
            "Durée du poste, de son premier jour possible à son dernier, comparée à la durée de contrat que la personne souhaite ; un poste sans terme (CDI) est plus long que toute durée en mois.",
            "durée de contrat souhaitée, déclarée par la structure ; contrat, début et fin de l’offre", Direction.More,
            [
                new(0, "durée de contrat souhaitée non renseignée, ou durée du poste non écrite", IsNeutral: true),
                new(1, "poste de moins de la moitié de la durée de contrat souhaitée"),
                new(2, "poste plus court que la durée de contrat souhaitée"),
                new(3, "poste de plus du double de la durée de contrat souhaitée"),
                new(4, "durée du poste proche de celle que la personne souhaite"),
            ],
            it => DaysOf(it) is { } days ? CodeSource.Column("contract").Map(LengthBins(days)) : SkillFeatures.Constant(0), CameLater: true),
        new("start_fit", "Disponibilité au début",
            "Retard entre le début du poste et la date de disponibilité.",
            "date de disponibilité déclarée par la structure ; début de l’offre", Direction.Less,
            [
                new(0, "disponibilité non renseignée", IsNeutral: true),
                new(1, "disponible au début du poste"),
                new(2, "disponible jusqu’à deux semaines après le début"),
                new(3, "disponible plus de deux semaines après le début"),
            ],
            it => CodeSource.Lookup("available", DayTable(3, (1, it.StartsOn), (2, it.StartsOn.AddDays(14))), SlotMerge.Max),
            IsReachable: true),
        new("clause_hours_fit", "Parcours couvrant le poste",
            "Part de la durée du poste que couvre le PASS IAE de la personne, quand elle en a un.",
            "fin du PASS IAE déclarée par la structure", Direction.More,
            [
                new(0, "pas de PASS IAE : la durée du poste n’est pas bornée par lui", IsNeutral: true),
                new(1, "le PASS IAE couvre moins du quart du poste"),
                new(2, "le PASS IAE couvre moins de la moitié du poste"),
                new(3, "le PASS IAE couvre plus de la moitié du poste"),
                new(4, "le PASS IAE couvre tout le poste"),
            ],
            PassCover),
        new("engagement", "Situation vérifiée récemment",
            "Ancienneté de la dernière vérification de la situation par la structure.",
            "date de dernière mise à jour du vivier", Direction.Less,
            [
                new(0, "date de vérification non connue", IsNeutral: true),
                new(1, "situation vérifiée depuis moins d’un mois"),
                new(2, "situation vérifiée depuis moins de deux mois"),
                new(3, "situation vérifiée depuis moins de trois mois"),
                new(4, "situation vérifiée il y a plus de trois mois"),
            ],
            it => CodeSource.Lookup("checked", DayTable(1, (4, it.Day.AddDays(-90)), (3, it.Day.AddDays(-60)), (2, it.Day.AddDays(-30))), SlotMerge.Max),
            IsReachable: true),
    ];

    /// <summary>Days of work left, both ends included; <see cref="WithoutEnd"/> for a contract without end, null when no end is written.</summary>
    private static int? DaysOf(PostingContext it) =>
        it.Terms.Contract == WorkContractKind.Cdi ? WithoutEnd
        : it.Terms.EndsOn is { } end && end >= it.StartsOn ? end.DayNumber - it.StartsOn.DayNumber + 1
        : null;

    // Against a wish without end, a contract with one is shorter; from a year on, by less than half.
    private static byte[] LengthBins(int days) =>
        [.. Enumerable.Range(0, 64).Select(wish => (byte)(wish switch
        {
            0 => 0,
            PersonRows.WithoutEnd => days == WithoutEnd ? 4 : days >= 365 ? 2 : 1,
            _ => (days / (wish * 365 / 12.0)) switch { < 0.5 => 1, < 0.8 => 2, > 2 => 3, _ => 4 },
        }))];

    private static CodeSource PassCover(PostingContext it)
    {
        if (it.Terms.EndsOn is not { } end)
        {
            return SkillFeatures.Constant(0);
        }

        // Covered days from the first one on: less than a quarter, less than half, less than all.
        var days = end.DayNumber - it.StartsOn.DayNumber + 1;
        DateOnly LastDayUnder(int quarters) => it.StartsOn.AddDays((((days * quarters) + 3) / 4) - 2);
        return CodeSource.Lookup("pass_end", DayTable(4, (1, LastDayUnder(1)), (2, LastDayUnder(2)), (3, end.AddDays(-1))), SlotMerge.Max);
    }

    private static byte[] ShiftBins(Shifts asked) =>
        [.. Enumerable.Range(0, 64).Select(code =>
        {
            var shared = BitOperations.PopCount((uint)(code - 1) & (uint)asked);
            return (byte)(code == 0 ? 0 : shared == 0 ? 1 : shared < BitOperations.PopCount((uint)asked) ? 2 : 3);
        })];

    // The column holds whole hours; a gap of up to two hours is no gap.
    private static byte[] HourBins(int minutes) =>
        [.. Enumerable.Range(0, 64).Select(hours => (byte)(hours == 0 ? 0 : (Math.Abs((hours * 60) - minutes) / 60.0) switch { <= 2 => 4, <= 5 => 3, <= 10 => 2, _ => 1 }))];

    /// <summary>
    /// A code for every day a column may hold, by spans: each code up to and including its last day, the last code for all days after. "No day"
    /// stays 0.
    /// </summary>
    private static byte[] DayTable(byte afterwards, params ReadOnlySpan<(int Code, DateOnly LastDay)> spans)
    {
        var table = new byte[ushort.MaxValue + 1];
        table.AsSpan(1).Fill(afterwards);
        for (var at = spans.Length - 1; at >= 0; at--)
        {
            table.AsSpan(1, PersonRows.DayNumber(spans[at].LastDay)).Fill((byte)spans[at].Code);
        }

        return table;
    }
}
