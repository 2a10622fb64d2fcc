using Matching.Rules.Reporting;
using Matching.Web.Platform.Figures;

namespace Matching.Web.Dashboards;

/// <summary>From a consolidated year to the tables that people read.</summary>
public static class ConsolidationTables
{
    public static FigureDocument Document(ReadConsolidation.Answer answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        var year = answer.Consolidation;
        var below = year.MaskedBelow ?? 0;
        string[] masked = year.MaskedBelow is null ? [] : [$"Les effectifs de moins de {below} personnes sont masqués, ainsi que ce qui permettrait de les retrouver. {Release.InGroups.Sentence} {OtherReaders.NotSubtracted.Sentence}"];
        return new FigureDocument(
            $"Consolidation {year.Year}",
            year.MaskedBelow is null ? "Tous vos marchés de l’année." : "Tous les marchés de l’année, tous facilitateurs réunis.",
            [Indicators(year, below), Sectors(year), .. year.Breakdowns.Select(it => Breakdown(year, it, below))],
            [.. masked, MonthlyTable.PeopleOnce.Sentence, Consolidations.OfTheYear.Sentence, Exits.LastContract.Sentence], $"consolidation-{year.Year}");
    }

    public static object ToJson(ReadConsolidation.Answer answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        var year = answer.Consolidation;
        return new { annee = year.Year, masque_sous = year.MaskedBelow, personnes_fin_mois = year.PeopleAsOf?.Code, tables = FigureFiles.ToJson(Document(answer)) };
    }

    private static FigureTable Indicators(Consolidation year, int below)
    {
        IReadOnlyList<FigureCell> Number(string label, int number) => [FigureCell.Of(label), FigureCell.Count(number), FigureCell.Blank, FigureCell.Blank];
        var women = year.Line(Facets.SexOfPerson.Code, "F");
        IReadOnlyList<IReadOnlyList<FigureCell>> rows =
        [
            Number("Facilitateurs", year.Facilitators), Number("Marchés", year.Markets), Number("Opérations", year.Operations), Number("Acheteurs", year.Buyers), Number("Entreprises", year.Companies),
            [FigureCell.Of("Heures d’insertion de l’année"), FigureCell.Blank, FigureCell.Minutes(year.Minutes), FigureCell.Blank],
            [FigureCell.Of("Contrats"), FigureCell.Count(year.Contracts, below), FigureCell.Blank, FigureCell.Blank],
            [FigureCell.Of("Personnes"), FigureCell.Count(year.People, below), FigureCell.Blank, FigureCell.Blank],
            [
                FigureCell.Of("Femmes (part des personnes)"), FigureCell.Count(PeopleOf(year, Facets.SexOfPerson, women), below), FigureCell.Blank,
                FigureCell.Share(PeopleOf(year, Facets.SexOfPerson, women), year.People, below),
            ],
            Share(year, "Par une structure d’insertion (part des heures)", Consolidations.Siae, below),
            Share(year, "En alternance (part des heures)", Consolidations.WorkStudy, below),
            Share(year, "En CDI (part des heures)", Consolidations.Permanent, below),
        ];
        return new FigureTable(
            "indicateurs", "Indicateurs de l’année",
            [new("indicateur", "Indicateur", CellKind.Text), new("nombre", "Nombre", CellKind.Count), new("minutes", "Heures", CellKind.Minutes), new("part_pour_mille", "Part", CellKind.Permille)],
            rows, year.PeopleAsOf is { } asOf ? $"Personnes et contrats : situation à la fin de {asOf.Label}. Les parts d’heures se rapportent au détail montré." : null);
    }

    // The share is of the same state as the line: hours counted since would not belong to it.
    private static IReadOnlyList<FigureCell> Share(Consolidation year, string label, Facet facet, int below)
    {
        var breakdown = year.Breakdowns.Single(it => it.Code == facet.Code);
        var line = year.Line(facet.Code, PersonTraits.Yes);
        var hours = line?.CumulativeMinutes ?? (breakdown.IsWithheld ? Figure.Hidden : 0);
        Figure all = breakdown.Lines.All(it => it.CumulativeMinutes.Shown is not null) && !breakdown.IsWithheld ? breakdown.Lines.Sum(it => it.CumulativeMinutes.Shown!.Value) : Figure.Hidden;
        return [FigureCell.Of(label), FigureCell.Count(PeopleOf(year, facet, line), below), FigureCell.Minutes(hours, below), FigureCell.Share(hours, all, below)];
    }

    private static Figure PeopleOf(Consolidation year, Facet facet, BreakdownLine? line) =>
        line?.People ?? (year.Breakdowns.Single(it => it.Code == facet.Code).IsWithheld ? Figure.Hidden : 0);

    private static FigureTable Sectors(Consolidation year) => new(
        "secteur", "Par secteur d’achat",
        [new("secteur", "Secteur", CellKind.Text), new("marches", "Marchés", CellKind.Count), new("minutes", "Heures de l’année", CellKind.Minutes)],
        [.. year.Sectors.Select(line => (IReadOnlyList<FigureCell>)[FigureCell.Of(line.Label), FigureCell.Count(line.Markets), FigureCell.Minutes(line.Minutes)])],
        year.Sectors.Count == 0 ? "Aucun marché cette année." : null, Chart: 2);

    private static FigureTable Breakdown(Consolidation year, Breakdown breakdown, int below) => new(
        breakdown.Code, breakdown.Title,
        [
            new("categorie", "Catégorie", CellKind.Text), new("personnes", "Personnes", CellKind.Count), new("contrats", "Contrats", CellKind.Count),
            new("minutes", "Heures de l’année", CellKind.Minutes),
        ],
        [.. breakdown.Lines.Select(line => (IReadOnlyList<FigureCell>)
            [FigureCell.Of(line.Label), FigureCell.Count(line.People, below), FigureCell.Count(line.Contracts, below), FigureCell.Minutes(line.CumulativeMinutes, below)])],
        breakdown.IsWithheld ? "Effectifs trop petits pour montrer cette ventilation sans désigner une personne."
        : breakdown.Lines.Count == 0 ? "Aucun contrat cette année."
        : breakdown.AsOf is { } month && month != year.PeopleAsOf ? $"Situation à la fin de {month.Label} : depuis, trop peu de personnes ont changé pour montrer le détail." : null);
}
