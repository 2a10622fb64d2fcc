namespace Matching.Engine.Text;

/// <summary>
/// Words that may stand for one another in a title ("vendeur", "commercial"), given by the caller with how near they are (0 to 1).
/// Both ways; gender and number do not matter. A pair named twice keeps its highest nearness.
/// </summary>
public sealed class RelatedWords
{
    private static readonly IReadOnlyDictionary<string, float> Nobody = new Dictionary<string, float>();

    private readonly Dictionary<string, Dictionary<string, float>> _near = new(StringComparer.Ordinal);

    public static RelatedWords None { get; } = new([]);

    /// <exception cref="ArgumentOutOfRangeException">A nearness outside 0 to 1.</exception>
    public RelatedWords(IEnumerable<(double Nearness, IReadOnlyList<string> Words)> groups)
    {
        foreach (var (nearness, words) in groups)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(nearness);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(nearness, 1);
            var stems = words.Select(word => FrenchStem.Of(Folding.Fold(word))).Distinct(StringComparer.Ordinal).ToList();
            foreach (var one in stems)
            {
                foreach (var other in stems.Where(stem => stem != one))
                {
                    Relate(one, other, (float)nearness);
                }
            }
        }
    }

    internal IReadOnlyDictionary<string, float> Of(string stem) => _near.TryGetValue(stem, out var near) ? near : Nobody;

    private void Relate(string one, string other, float nearness)
    {
        if (!_near.TryGetValue(one, out var near))
        {
            _near[one] = near = new Dictionary<string, float>(StringComparer.Ordinal);
        }
        near[other] = Math.Max(nearness, near.GetValueOrDefault(other));
    }
}
