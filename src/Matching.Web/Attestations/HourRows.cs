using Matching.Rules.Hours;
using Matching.Web.Platform.Figures;

namespace Matching.Web.Attestations;

/// <summary>Validated hours month by month, as an attestation lists them. What was only declared, or was rejected, is not in it.</summary>
internal static class HourRows
{
    public const string OnlyValidated = "Seules les heures validées par le facilitateur figurent ici. « Comptées pour la clause » : celles qui comptent selon les règles du marché, par le même calcul que ses tableaux.";

    public static IReadOnlyList<FigureColumn> Columns { get; } =
    [
        new("mois", "Mois", CellKind.Month), new("nature", "Nature", CellKind.Text), new("minutes_validees", "Heures validées", CellKind.Minutes),
        new("minutes_comptees", "Comptées pour la clause", CellKind.Minutes),
    ];

    public static IEnumerable<IReadOnlyList<FigureCell>> Of(CountedHours hours) => hours.Months.Where(month => month.Validated > 0).OrderBy(month => month.Month).ThenBy(month => month.Kind)
        .Select(month => (IReadOnlyList<FigureCell>)
            [FigureCell.Of(month.Month), FigureCell.Of(month.Kind == HourKind.Training ? "Formation" : "Travail"), FigureCell.Minutes(month.Validated), FigureCell.Minutes(month.Counted)]);

    /// <summary>The cells of the sum, after the columns that it has nothing to say about.</summary>
    public static IReadOnlyList<FigureCell> Total(IEnumerable<CountedHours> all, int blanks)
    {
        var whole = all.ToList();
        return
        [
            FigureCell.Of("Total"), .. Enumerable.Repeat(FigureCell.Of(""), blanks), FigureCell.Minutes(whole.Sum(it => it.ValidatedMinutes)),
            FigureCell.Minutes(whole.Sum(it => it.Months.Where(month => month.Validated > 0).Sum(month => month.Counted))),
        ];
    }
}
