namespace Matching.Engine.Text;

/// <summary>Terms numbered in order of arrival; who holds each (ascending, each once), and how rare that makes it.</summary>
internal sealed class TermIndex
{
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly List<string> _terms = [];
    private readonly int[] _starts;
    private readonly int[] _holders;
    private readonly float[] _rarities;

    /// <summary>The terms of holder 0, 1, 2…; a holder names each of its terms once.</summary>
    public TermIndex(IReadOnlyList<IReadOnlyList<string>> termsOfHolders)
    {
        var held = new List<(int Term, int Holder)>();
        for (var holder = 0; holder < termsOfHolders.Count; holder++)
        {
            foreach (var term in termsOfHolders[holder])
            {
                if (!_numbers.TryGetValue(term, out var number))
                {
                    _numbers[term] = number = _terms.Count;
                    _terms.Add(term);
                }
                held.Add((number, holder));
            }
        }
        _starts = new int[_terms.Count + 1];
        held.ForEach(one => _starts[one.Term + 1]++);
        for (var term = 0; term < _terms.Count; term++)
        {
            _starts[term + 1] += _starts[term];
        }
        var next = _starts.ToArray();
        _holders = new int[held.Count];
        held.ForEach(one => _holders[next[one.Term]++] = one.Holder);
        _rarities = [.. Enumerable.Range(0, _terms.Count).Select(term => Idf(termsOfHolders.Count, HoldersOf(term).Length))];
        RarityOfUnknown = Idf(termsOfHolders.Count, 0);
    }

    public IReadOnlyList<string> Terms => _terms;

    /// <summary>A term nobody holds is as rare as can be.</summary>
    public float RarityOfUnknown { get; }

    /// <summary>-1 for a term nobody holds.</summary>
    public int NumberOf(string term) => _numbers.GetValueOrDefault(term, -1);

    public ReadOnlySpan<int> HoldersOf(int term) => _holders.AsSpan(_starts[term], _starts[term + 1] - _starts[term]);

    /// <summary>The idf of BM25.</summary>
    public float Rarity(int term) => term < 0 ? RarityOfUnknown : _rarities[term];

    private static float Idf(int holders, int holding) => (float)Math.Log(1 + ((holders - holding + 0.5) / (holding + 0.5)));
}
