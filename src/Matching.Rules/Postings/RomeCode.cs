namespace Matching.Rules.Postings;

/// <summary>A ROME code: one letter A–N and four digits; exists only in that form.</summary>
public readonly record struct RomeCode
{
    private RomeCode(string value) => Value = value;

    public string Value { get; }

    /// <summary>The professional domain: letter and two digits (<c>F17</c>).</summary>
    public string Domain => Value[..3];

    public static bool TryParse(string? text, out RomeCode code)
    {
        var value = (text ?? "").Trim().ToUpperInvariant();
        code = default;
        if (value.Length != 5 || value[0] is < 'A' or > 'N' || value.AsSpan(1).ContainsAnyExceptInRange('0', '9'))
        {
            return false;
        }

        code = new RomeCode(value);
        return true;
    }

    public override string ToString() => Value;
}
