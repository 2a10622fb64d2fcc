using System.Globalization;
using System.Text;

namespace Matching.Features;

/// <summary>The card of a model, generated from its file: nothing in it is written by hand.</summary>
public static class ModelCard
{
    private static readonly CultureInfo French = CultureInfo.GetCultureInfo("fr-FR");

    /// <summary>Markdown, in French; the same model always gives the same bytes.</summary>
    public static string Write(RankerModel model)
    {
        var card = new StringBuilder();
        void Line(string text = "") => card.Append(text).Append('\n');

        Line($"> {model.Statement}");
        Line();
        Line($"# Modèle de classement {model.Version}");
        Line();
        Line("Carte produite depuis le fichier du modèle ; ne pas la modifier à la main.");
        Line();
        Line($"- Établi le : {model.MadeOn}");
        Line($"- Données d’apprentissage : {model.TrainingDataHash ?? "aucune"}");
        Line($"- Mis en service par : {(model.PromotedBy is null ? "modèle livré avec le service" : $"{model.PromotedBy}, le {model.PromotedOn}")}");
        Line("- Mesures sur des décisions réelles : aucune à ce jour");
        WriteTraining(model, Line);
        Line();
        Line("## Comment le score est calculé");
        Line();
        Line(model.Pairs is { Count: > 0 } pairs
            ? $"Le score est la somme de points entiers : un par critère, et un pour chacune des {pairs.Count} paires de critères, qui ajoutent {model.PairSpan} points au plus. Rien d’autre n’y entre. Les publics de la clause, l’âge, le sexe, la nationalité,"
            : "Le score est la somme de points entiers, un par critère. Rien d’autre n’y entre. Les publics de la clause, l’âge, le sexe, la nationalité,");
        Line("le nom, l’adresse, le handicap et les allocations n’ont aucun point : ils ouvrent ou non la porte, ils ne classent pas.");
        Line($"L’étendue entre le meilleur et le pire score possibles est de {model.Span} points ; aucun critère n’en tient plus de {RankerModel.LargestShare * 100:0} %.");
        Line("À égalité de points, l’ordre est tiré d’une empreinte propre à l’offre, sans lien avec le nom ni la date.");
        foreach (var definition in FeatureCatalogue.ReadBy(model))
        {
            WriteFeature(definition, model.Features.Single(shape => shape.Name == definition.Name), model.Span, Line);
        }

        foreach (var pair in model.Pairs ?? [])
        {
            WritePair(pair, Line);
        }

        return card.ToString();
    }

    // Only what a program wrote in the file; a model written by hand has none of it.
    private static void WriteTraining(RankerModel model, Action<string> line)
    {
        if (model.Training is { } record)
        {
            line($"- Appris par : {record.Trainer}, {FrenchCount.Of(record.Lists, "liste")}, {FrenchCount.Of(record.Rows, "ligne")}, {FrenchCount.Of(record.Employers, "employeur")}, {FrenchCount.Of(record.Bags, "sac")}, graine {record.Seed}");
            line($"- Part du modèle a priori : {(100 * record.PriorWeight).ToString("0.0", French)} %");
        }

        foreach (var sentence in ModelHeads.Words(model))
        {
            line($"- {sentence}");
        }

        foreach (var measure in model.Measures ?? [])
        {
            line($"- {measure.Name} : {measure.Value.ToString("0.0000", French)}, intervalle à 95 % de {measure.Low.ToString("0.0000", French)} à {measure.High.ToString("0.0000", French)} ; sur {measure.On}");
        }

        if (model.Fairness is { } fairness)
        {
            line($"- Équité : {fairness}");
        }
    }

    private static void WritePair(PairPoints pair, Action<string> line)
    {
        var (rows, columns) = (PairWords.Groups(pair.First, pair.FirstGroups), PairWords.Groups(pair.Second, pair.SecondGroups));
        line("");
        line($"## {PairWords.LabelOf(pair.Name)} (`{pair.First}` × `{pair.Second}`)");
        line("");
        line("Ce que les deux critères ajoutent ensemble, en plus de ce que chacun donne seul. En lignes le premier, en colonnes le second.");
        line("");
        line($"| |{string.Concat(columns.Select(column => $" {column.Words} |"))}");
        line($"|---|{string.Concat(Enumerable.Repeat("---:|", columns.Count))}");
        foreach (var (row, words) in rows)
        {
            line($"| {words} |{string.Concat(columns.Select(column => $" {pair.Points[row][column.Group].ToString("+0;−0;0", CultureInfo.InvariantCulture)} |"))}");
        }
    }

    private static void WriteFeature(FeatureDefinition definition, FeatureShape shape, int span, Action<string> line)
    {
        line("");
        line($"## {definition.Label} (`{definition.Name}`)");
        line("");
        line(definition.Definition);
        line("");
        line($"- Lu dans : {definition.Source}");
        line($"- Sens : {(definition.Direction == Direction.More ? "plus haut sur l’échelle ne fait jamais baisser le score" : "plus haut sur l’échelle ne fait jamais monter le score")}");
        line($"- Poids : {shape.Span} points, soit {(100.0 * shape.Span / span).ToString("0.0", CultureInfo.GetCultureInfo("fr-FR"))} % de l’étendue");
        line($"- Pourquoi ces points : {shape.Why}");
        line("");
        line(shape.Spread is null ? "| Valeur | Points |" : "| Valeur | Points | Écart entre sacs |");
        line(shape.Spread is null ? "|---|---:|" : "|---|---:|---:|");
        foreach (var bin in definition.Bins)
        {
            var spread = shape.Spread is { } spreads ? $" ± {spreads.GetValueOrDefault(bin.Code).ToString("0.0", French)} |" : "";
            line($"| {bin.Sentence}{(bin.IsNeutral ? " (hors échelle)" : "")} | {shape.Points[bin.Code].ToString("+0;−0;0", CultureInfo.InvariantCulture)} |{spread}");
        }
    }
}
