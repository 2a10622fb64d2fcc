namespace Matching.Web.Platform;

/// <summary>What is wrong in a form: French sentences by field name, "" for the form as a whole; in the order they were added.</summary>
public sealed class FormErrors
{
    private readonly List<Refusal> all = [];

    public IReadOnlyList<Refusal> All => all;

    public bool Any => all.Count > 0;

    /// <summary>The sentences of one field.</summary>
    public IReadOnlyList<string> this[string field] => [.. all.Where(error => error.Field == field).Select(error => error.Sentence)];

    public void Add(string field, string sentence) => all.Add(new Refusal(field, sentence));

    public void AddRange(IEnumerable<Refusal> refusals) => all.AddRange(refusals);

    /// <summary>As ProblemDetails wants them.</summary>
    public IDictionary<string, string[]> ByField() => all.GroupBy(error => error.Field).ToDictionary(group => group.Key, group => group.Select(error => error.Sentence).ToArray());
}
