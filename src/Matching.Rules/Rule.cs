namespace Matching.Rules;

/// <summary>A rule of the trade as it is published: the sentence people read, where it comes from and whether the source was read.</summary>
/// <param name="Code">Stable name used by refusals and tests, e.g. <c>credit.24-mois</c>.</param>
/// <param name="Sentence">One French sentence.</param>
/// <param name="Source">Text, article or document; <see cref="ToConfirm"/> when nothing was read at the source.</param>
public sealed record Rule(string Code, string Sentence, string Source)
{
    /// <summary>What the source of a rule says when it has only been told, never read: the rule is then a parameter of the marché.</summary>
    public const string ToConfirm = "à confirmer";

    public bool IsConfirmed => !Source.StartsWith(ToConfirm, StringComparison.Ordinal);
}

/// <summary>A "no" of the trade: the field it is about ("" for the whole), the published rule that says it, and the French sentence for this case.</summary>
/// <param name="Rule">Null when only the form is wrong: an end before its start.</param>
public sealed record RuleRefusal(string Field, Rule? Rule, string Sentence);
