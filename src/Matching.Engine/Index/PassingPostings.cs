using System.Numerics;
using Matching.Engine.Filters;

namespace Matching.Engine.Index;

/// <summary>The postings whose row has its bit set, ascending; all of them when there are no bits.</summary>
internal ref struct PassingPostings
{
    private readonly ReadOnlySpan<int> _rows;
    private readonly ReadOnlySpan<byte> _counts;
    private readonly ReadOnlySpan<ulong> _passing;
    private readonly RankedBitmap? _frequent;
    private int _at = -1;
    private int _word = -1;
    private ulong _both;

    public PassingPostings(Postings postings, ReadOnlySpan<ulong> passing)
    {
        _rows = postings.Rows;
        _counts = postings.Counts;
        _passing = passing;
        _frequent = passing.IsEmpty ? null : postings.Frequent;
    }

    public readonly (int Row, byte Count) Current => (_rows[_at], _counts[_at]);

    public readonly PassingPostings GetEnumerator() => this;

    public bool MoveNext()
    {
        if (_frequent is not null)
        {
            return MoveInBoth(_frequent);
        }
        while (++_at < _rows.Length)
        {
            if (_passing.IsEmpty || Bitmap.Has(_passing, _rows[_at]))
            {
                return true;
            }
        }
        return false;
    }

    private bool MoveInBoth(RankedBitmap frequent)
    {
        while (_both == 0)
        {
            if (++_word >= frequent.Words.Length)
            {
                return false;
            }
            _both = frequent.Words[_word] & _passing[_word];
        }
        _at = frequent.Before((_word << 6) + BitOperations.TrailingZeroCount(_both));
        _both &= _both - 1;
        return true;
    }
}
