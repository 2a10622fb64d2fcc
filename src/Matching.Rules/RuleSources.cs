using System.Text.RegularExpressions;

namespace Matching.Rules;

/// <summary>A document that rules rest on.</summary>
/// <param name="Mention">The words of a rule's source that name it.</param>
/// <param name="ReadOn">When it was read, as French words that follow "lu": "en août 2026", "le 25/11/2026", "à une date non notée"; null when there is nothing to read.</param>
public sealed record RuleDocument(string Mention, string Title, string? ReadOn);

/// <summary>The documents behind the rules, and when each was read: a rule goes stale when its source changes after that.</summary>
public static partial class RuleSources
{
    // Read, but whoever read it wrote no day down: said as it is rather than guessed.
    private const string NotNoted = "à une date non notée";

    public static IReadOnlyList<RuleDocument> All { get; } =
    [
        new("CCAP 21_BAM_048", "Clause complète d’un marché réel : CCAP 21_BAM_048 (facilitateur EPEC Paris)", NotNoted),
        new("fondateur", "Documents fondateurs du projet, publiés par des Régions et des facilitateurs", "le 25/11/2026"),
        new("Code public des emplois de l’inclusion", "Code source public de la plateforme Les emplois de l’inclusion", "en août 2026"),
        new("CCAG", "Cahiers des clauses administratives générales de 2021, d’après les pages publiques qui les citent", NotNoted),
        new("Code du travail", "Code du travail, d’après les pages publiques qui le citent", NotNoted),
        new("Code de l’environnement", "Code de l’environnement, rédaction ancienne de l’article R543-219", NotNoted),
        new("Code de la commande publique", "Code de la commande publique, d’après les pages publiques qui le citent", NotNoted),
        new("RGPD", "Règlement général sur la protection des données, d’après les pages publiques qui le citent", NotNoted),
        new("Calendrier civil", "Calendrier civil", null),
        new("Choix du service", "Choix du service, sans texte à lire", null),
        new("arithmétique", "Arithmétique", null),
    ];

    /// <summary>When the source of a rule was read: its own words ("…, lu en août 2026") before those of its documents; null when it is not said.</summary>
    public static string? ReadOn(Rule rule)
    {
        ArgumentNullException.ThrowIfNull(rule);
        var own = OwnWords().Match(rule.Source);
        return own.Success ? own.Groups[1].Value : DocumentsOf(rule).Select(document => document.ReadOn).FirstOrDefault(words => words is not null);
    }

    /// <summary>The documents that the source of a rule names.</summary>
    public static IEnumerable<RuleDocument> DocumentsOf(Rule rule)
    {
        ArgumentNullException.ThrowIfNull(rule);
        return All.Where(document => rule.Source.Contains(document.Mention, StringComparison.OrdinalIgnoreCase));
    }

    [GeneratedRegex(@"\blus? (en [a-zéû]+ [0-9]{4}|le [0-9]{2}/[0-9]{2}/[0-9]{4})", RegexOptions.CultureInvariant)]
    private static partial Regex OwnWords();
}
