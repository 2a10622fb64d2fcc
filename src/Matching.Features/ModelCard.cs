using System.Globalization;
using System.Text;

namespace Matching.Features;

/// <summary>The card of a model, generated from its file: nothing in it is written by hand.</summary>
public static class ModelCard
{
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
        Line();
        Line("## Comment le score est calculé");
        Line();
        Line("Le score est la somme de points entiers, un par critère. Rien d’autre n’y entre. Les publics de la clause, l’âge, le sexe, la nationalité,");
        Line("le nom, l’adresse, le handicap et les allocations n’ont aucun point : ils ouvrent ou non la porte, ils ne classent pas.");
        Line($"L’étendue entre le meilleur et le pire score possibles est de {model.Span} points ; aucun critère n’en tient plus de {RankerModel.LargestShare * 100:0} %.");
        Line("À égalité de points, l’ordre est tiré d’une empreinte propre à l’offre, sans lien avec le nom ni la date.");
        foreach (var definition in FeatureCatalogue.All)
        {
            WriteFeature(definition, model.Features.Single(shape => shape.Name == definition.Name), model.Span, Line);
        }

        return card.ToString();
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
        line("| Valeur | Points |");
        line("|---|---:|");
        foreach (var bin in definition.Bins)
        {
            line($"| {bin.Sentence}{(bin.IsNeutral ? " (hors échelle)" : "")} | {shape.Points[bin.Code].ToString("+0;−0;0", CultureInfo.InvariantCulture)} |");
        }
    }
}
