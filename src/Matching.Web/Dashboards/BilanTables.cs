using Matching.Rules.Markets;
using Matching.Rules.Reporting;
using Matching.Web.Platform.Figures;

namespace Matching.Web.Dashboards;

/// <summary>From a bilan to the tables that people read: what was owed and done, who worked, how they left, what was promised, and the words.</summary>
public static class BilanTables
{
    public static FigureDocument Document(ReadBilan.Answer answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        var table = answer.Table;
        var (monthly, below) = (FigureTables.Document(table, isOwnPart: false), table.MaskedBelow ?? 0);
        FigureTable?[] tables =
        [
            Owed(table, below), answer.TrainingMinutes is { } training ? Nature(table.Whole.CumulativeMinutes, training) : null,
            .. table.Breakdowns.Select(it => FigureTables.Breakdown(table, it, below, withMonth: false)), monthly.Tables[^1],
            .. new[] { Promised(answer), Trainings(answer) }.Where(one => one.Rows.Count > 0), Words(answer.Written),
        ];
        var state = answer.Written.PublishedAt is { } at ? $"Bilan publié le {Platform.FrenchCalendar.DayOf(at):dd/MM/yyyy}." : "Bilan en préparation.";
        return new FigureDocument($"Bilan : {table.Subject}", $"{state} Marché {table.Reference}, {FigureWords.Period(table.Period)}. Situation à la fin de {table.Month.Label}.",
            [.. tables.OfType<FigureTable>()], [.. monthly.Notes, Exits.LastContract.Sentence], "bilan");
    }

    public static object ToJson(ReadBilan.Answer answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        var table = answer.Table;
        return new
        {
            marche = new { id = table.MarketId.Value, reference = table.Reference, objet = table.Subject, date_debut = table.Period.Start, date_fin = table.Period.End },
            mois = table.Month.Code,
            masque_sous = table.MaskedBelow,
            publie_le = answer.Written.PublishedAt,
            tables = FigureFiles.ToJson(Document(answer)),
        };
    }

    private static FigureTable Owed(MonthlyTable table, int below) => new(
        "heures", "Heures dues et faites",
        [
            new("lot", "Lot", CellKind.Text), new("objectif_minutes", "Dues", CellKind.Minutes), new("minutes_cumul", "Faites", CellKind.Minutes), new("ecart_minutes", "Écart", CellKind.Minutes),
            new("realise_pour_mille", "Réalisé", CellKind.Permille), new("minutes_a_valider", "Déclarées, à valider", CellKind.Minutes), new("personnes", "Personnes", CellKind.Count), new("contrats", "Contrats", CellKind.Count),
        ],
        [.. table.Lots.Append(table.Whole).Select(line => (IReadOnlyList<FigureCell>)
        [
            FigureCell.Of(line.Number is { } number ? $"Lot {number} : {line.Title}" : line.Title), FigureCell.Minutes(line.TargetMinutes), FigureCell.Minutes(line.CumulativeMinutes),
            FigureCell.Minutes(line.CumulativeMinutes - line.TargetMinutes), FigureCell.Permille(line.DonePermille), FigureCell.Minutes(line.PendingMinutes),
            FigureCell.Count(line.People, below), FigureCell.Count(line.Contracts, below),
        ])],
        table.PeopleAsOf is { } asOf && asOf != table.Month ? $"Personnes et contrats : situation à la fin de {asOf.Label}." : null);

    private static FigureTable Nature(int allMinutes, int trainingMinutes) => new(
        "nature", "Travail et formation", [new("nature", "Nature", CellKind.Text), new("minutes_cumul", "Heures comptées", CellKind.Minutes)],
        [
            [FigureCell.Of("Travail"), FigureCell.Minutes(allMinutes - trainingMinutes)],
            [FigureCell.Of("Formation comprise dans le contrat"), FigureCell.Minutes(trainingMinutes)],
        ],
        null);

    private static FigureTable Promised(ReadBilan.Answer answer) => new(
        "engagements", "Engagements de qualité",
        [
            new("theme", "Thème", CellKind.Text), new("engagement", "Engagement", CellKind.Text), new("constat", "Constat", CellKind.Text), new("jour", "Le", CellKind.Text),
            new("preuve", "Ce qui a été vu", CellKind.Text),
        ],
        [.. answer.Commitments.Select(it => (IReadOnlyList<FigureCell>)
        [
            FigureCell.Of(Commitments.ThemeLabel(it.Theme)), FigureCell.Of(it.Promised), FigureCell.Of(Commitments.StateLabel(it.Last, it.DueOn, answer.Today)),
            FigureCell.Of(it.Last is { } last ? $"{last.Day:dd/MM/yyyy}" : "–"), FigureCell.Of(it.Last?.Words ?? "–"),
        ])],
        null);

    // Outside, the participants of one session could be too few to be counted: only the sessions are shown.
    private static FigureTable Trainings(ReadBilan.Answer answer)
    {
        IReadOnlyList<FigureColumn> columns =
        [
            new("formation", "Formation", CellKind.Text), new("debut", "Début", CellKind.Text), new("minutes", "Durée", CellKind.Minutes),
            new("personnes", "Participants", CellKind.Count), new("minutes_personnes", "Heures suivies", CellKind.Minutes),
        ];
        var kept = answer.MayWrite ? columns.Count : 3;
        var rows = answer.Trainings.Select(it => (IReadOnlyList<FigureCell>)
        [
            FigureCell.Of(it.Title), FigureCell.Of($"{it.StartsOn:dd/MM/yyyy}"), FigureCell.Minutes(it.Minutes), FigureCell.Count(it.People), FigureCell.Minutes(it.PeopleMinutes),
        ]);
        return new FigureTable("formations", "Formations avant l’embauche", [.. columns.Take(kept)], [.. rows.Select(row => row.Take(kept).ToList())],
            "Ces heures ne sont pas des heures de la clause.");
    }

    private static FigureTable Words(WrittenBilan written) => new(
        "qualitatif", "Bilan qualitatif", [new("rubrique", "Rubrique", CellKind.Text), new("texte", "Texte", CellKind.Text)],
        [.. BilanHeadings.All.Where(heading => written.Texts.ContainsKey(heading.Code))
            .Select(heading => (IReadOnlyList<FigureCell>)[FigureCell.Of(heading.Title), FigureCell.Of(written.Texts[heading.Code])])],
        written.Texts.Count == 0 ? "Rien n’est encore écrit." : null);
}
