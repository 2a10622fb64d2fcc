using System.Numerics;
using Matching.Engine.Filters;

namespace Matching.Engine.Index;

/// <summary>The postings whose row has its bit set, ascending; all of them when there are no bits.</summary>
internal ref struct PassingPostings
{
    private readonly Postings _postings;
    private readonly ReadOnlySpan<ushort> _low;
    private readonly ReadOnlySpan<ulong> _passing;
    private int _at = -1;
    private int _row;
    private int _block;
    private int _word = -1;
    private ulong _both;

    public PassingPostings(Postings postings, ReadOnlySpan<ulong> passing)
    {
        _postings = postings;
        _low = postings.Low;
        _passing = passing;
    }

    public readonly (int Row, byte Count) Current => (_row, _postings.CountAt(_at));

    public readonly PassingPostings GetEnumerator() => this;

    public bool MoveNext()
    {
        if (_postings.Frequent is { } frequent)
        {
            return MoveInBoth(frequent);
        }
        while (++_at < _low.Length)
        {
            while (_at >= _postings.EndOf(_block))
            {
                _block++;
            }
            _row = (_block << 16) | _low[_at];
            if (_passing.IsEmpty || Bitmap.Has(_passing, _row))
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
            _both = _passing.IsEmpty ? frequent.Words[_word] : frequent.Words[_word] & _passing[_word];
        }
        _row = (_word << 6) + BitOperations.TrailingZeroCount(_both);
        _at = frequent.Before(_row);
        _both &= _both - 1;
        return true;
    }
}
