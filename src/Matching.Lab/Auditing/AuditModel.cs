using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Matching.Features.Auditing;
using Matching.Lab.Evaluation;
using Matching.Lab.Verbs;

namespace Matching.Lab.Auditing;

/// <summary><c>lab audit --lists FILE --model MODEL --groups FILE [--json]</c>: how groups fare, by stage, and by which criteria.</summary>
public static class AuditModel
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static int Run(IReadOnlyList<string> typed, TextWriter output, TextWriter errors) =>
        Verb.Run(typed, Help, ["--lists", "--model", "--groups"], ["--json"], output, errors, options =>
        {
            var groupsPath = options.Needed("--groups");
            var (model, lists) = ScoreLists.Read(options, errors);
            var groups = GroupsFile.Read(new MemoryStream(Verb.BytesOf(groupsPath), writable: false), lists.Rows, Path.GetFileName(groupsPath));
            if (groups.Attributes.FirstOrDefault(attribute => model.Features.Any(shape => shape.Name == attribute)) is { } read)
            {
                throw new InvalidDataException($"Le modèle lit « {read} », qui est un attribut de groupe : il ne doit pas servir.");
            }

            var audits = ModelAudit.Of(model, lists, groups);
            output.WriteLine(options.Has("--json") ? JsonSerializer.Serialize(new { model = model.Version, lists = lists.Count, rows = lists.Rows, attributes = audits }, Readable) : Text(model.Version, audits));
        });

    private static string Text(string version, IReadOnlyList<AttributeAudit> audits)
    {
        var french = CultureInfo.GetCultureInfo("fr-FR");
        string Figure(double? value) => value is { } it ? it.ToString("0.000", french) : "masqué";
        var text = new StringBuilder($"Audit du modèle {version}. Un effectif de moins de {Audit.FewestShown} est masqué. Le seuil des quatre cinquièmes est une alarme, pas une règle de droit ici.\n");
        foreach (var attribute in audits)
        {
            text.Append(french, $"\n{attribute.Attribute} : NDKL {Figure(attribute.Ndkl)}, MinSkew à 10 {Figure(attribute.MinSkew[10])}, les critères devinent le groupe à {Figure(attribute.ProxyAuc)} (0,5 : le hasard)\n");
            foreach (var group in attribute.Groups)
            {
                text.Append(french, $"  {group.Group} : exposition {Figure(group.Exposure)}, à étiquette égale {Figure(group.ExposureAtEqualMerit)}, écart {Figure(group.Gap)} points\n");
                foreach (var stage in group.Stages)
                {
                    var alarm = stage.IsAlarm ? "  ALARME : moins des quatre cinquièmes" : "";
                    text.Append(french, $"    {stage.Stage,-12} taux {Figure(stage.Rate)}, rapport {Figure(stage.Ratio)} (de {Figure(stage.Low)} à {Figure(stage.High)}){alarm}\n");
                }

                foreach (var part in group.Parts.Where(part => Math.Abs(part.Points) >= 0.05).Take(5))
                {
                    text.Append(french, $"    {part.Name} : {part.Points.ToString("+0.0;−0.0;0", french)} points de l’écart\n");
                }
            }
        }

        return text.ToString().TrimEnd();
    }

    private const string Help = """
        lab audit : comment des groupes de personnes passent chaque étape, et par quels critères.

          --lists FICHIER    lists.csv
          --model FICHIER    le modèle ; il ne lit aucun groupe
          --groups FICHIER   row,<attribut>,… : row compte les lignes de lists.csv à partir de 0 ; une case vide n’est pas connue
          --json             tout, en JSON
        """;
}
