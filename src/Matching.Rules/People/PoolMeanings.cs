using System.Text.RegularExpressions;

namespace Matching.Rules.People;

/// <summary>What a word of a pool file may stand for.</summary>
public enum MeaningKind
{
    Metier,
    Competence,
    Commune,
}

/// <summary>What a structure said once of the words of its own files, kept for its people and its next files.</summary>
/// <param name="chosen">By kind and key: a ROME code, the label of a skill, an INSEE code; "" when nothing corresponds.</param>
public sealed partial class PoolMeanings(IReadOnlyDictionary<(MeaningKind Kind, string Key), string> chosen)
{
    public static PoolMeanings None { get; } = new(new Dictionary<(MeaningKind, string), string>());

    public static Rule ChosenByAPerson { get; } = new(
        "vivier.sens-choisi",
        "Un intitulé, une compétence ou une commune compris avec un doute est proposé à la structure ; son choix vaut pour ses personnes et ses prochains fichiers, et se défait.",
        "Choix du service : ne rien deviner sans le dire, ne pas demander deux fois");

    /// <summary>The form in which two words are the same one.</summary>
    public static string KeyOf(MeaningKind kind, string written) => kind == MeaningKind.Commune ? FrenchKey.OfPlace(written) : FrenchKey.Of(written);

    /// <summary>A commune as a row writes it: the same name under another postal code is another question.</summary>
    public static string Commune(string name, string postalCode) => $"{CommuneName(name)} {postalCode}".Trim();

    /// <summary>The name without the CEDEX of an address.</summary>
    public static string CommuneName(string written) => Cedex().Replace(written, "").Trim();

    /// <summary>What was chosen; "" for nothing, null when nobody chose yet.</summary>
    public string? Of(MeaningKind kind, string written) => chosen.Count == 0 ? null : chosen.GetValueOrDefault((kind, KeyOf(kind, written)));

    [GeneratedRegex(@"\s+CEDEX(\s+[0-9]{1,2})?$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Cedex();
}
