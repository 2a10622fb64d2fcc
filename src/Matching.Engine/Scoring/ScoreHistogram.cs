namespace Matching.Engine.Scoring;

/// <summary>How many passing rows score above a value. Point tables bound the span of scores, so counting beats sorting.</summary>
internal sealed class ScoreHistogram
{
    private readonly int _lowest = int.MaxValue;
    private readonly int[] _atLeast = [];

    public ScoreHistogram(IReadOnlyList<SegmentScores> segments)
    {
        var highest = int.MinValue;
        foreach (var segment in segments)
        {
            foreach (var score in segment.Scores)
            {
                if (score != SegmentScores.NotPassing)
                {
                    _lowest = Math.Min(_lowest, score);
                    highest = Math.Max(highest, score);
                }
            }
        }
        if (highest < _lowest)
        {
            return;
        }
        _atLeast = new int[highest - _lowest + 1];
        foreach (var segment in segments)
        {
            foreach (var score in segment.Scores)
            {
                if (score != SegmentScores.NotPassing)
                {
                    _atLeast[score - _lowest]++;
                }
            }
        }
        for (var at = _atLeast.Length - 2; at >= 0; at--)
        {
            _atLeast[at] += _atLeast[at + 1];
        }
    }

    public int CountAbove(int score)
    {
        var next = (long)score - _lowest + 1;
        return next >= _atLeast.Length ? 0 : _atLeast[Math.Max(0, next)];
    }
}
