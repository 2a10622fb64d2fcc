using System.Text.Json;
using Matching.Features;
using Matching.Rules.People;
using Matching.Web.Platform.Records;

namespace Matching.Web.Pools;

/// <summary>Something said about one row; also what the API answers.</summary>
/// <param name="Ligne">As a spreadsheet numbers it: the header is 1.</param>
public sealed record ReportedIssue(int Ligne, string Reference, string Colonne, string Valeur, string Anomalie, string Correction)
{
    public static ReportedIssue Of(int row, string reference, RowIssue issue)
    {
        ArgumentNullException.ThrowIfNull(issue);
        return new ReportedIssue(row, reference, issue.Column, issue.Value, issue.Wrong, issue.Mend);
    }
}

/// <summary>What an import did, as people and programs read it: each row is stored whole or reported with everything that is wrong in it.</summary>
/// <param name="NonInformees">People stored and not published, since the day they were informed is missing.</param>
/// <param name="ColonnesIgnorees">Columns that are not of the template, kept aside.</param>
/// <param name="ColonnesRetirees">Columns of social security numbers, dropped before storage.</param>
/// <param name="DetailCoupe">True when there were more issues than are kept; the counts stay exact.</param>
public sealed record PoolReport(
    string Fichier,
    string Format,
    int Lues,
    int Ajoutees,
    int MisesAJour,
    int Inchangees,
    int Refusees,
    int NonInformees,
    IReadOnlyList<string> ColonnesIgnorees,
    IReadOnlyList<string> ColonnesRetirees,
    IReadOnlyList<ReportedIssue> Erreurs,
    IReadOnlyList<ReportedIssue> Avertissements,
    bool DetailCoupe)
{
    /// <summary>Issues kept for reading; nobody mends more at a time, and the file of rows to mend holds them all.</summary>
    public const int MaxIssues = 5_000;

    public string ToJson() => RecordJson.Write(this);

    /// <exception cref="JsonException">The stored text is not what this version wrote.</exception>
    public static PoolReport FromJson(string json) => RecordJson.Read<PoolReport>(json);

    /// <summary>"1 ajoutée, 2 mises à jour, 3 inchangées, 0 refusée sur 6 lignes."</summary>
    public string Summary =>
        $"{FrenchCount.Of(Ajoutees, "ajoutée")}, {FrenchCount.Of(MisesAJour, "mise")} à jour, {FrenchCount.Of(Inchangees, "inchangée")}, {FrenchCount.Of(Refusees, "refusée")} sur {FrenchCount.Of(Lues, "ligne")}.";
}
