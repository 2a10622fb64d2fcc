using Matching.Engine.Columns;

namespace Matching.Engine.Index;

/// <summary>How the index of a segment travels in a snapshot file: reading it is far quicker than reading every text again.</summary>
internal sealed partial class SegmentText
{
    public void Write(BinaryWriter to)
    {
        to.Write(_numbers.Count);
        foreach (var stem in _numbers.OrderBy(pair => pair.Value).Select(pair => pair.Key))
        {
            to.Write(stem);
        }
        RawArrays.Write<int>(to, _ends);
        RawArrays.Write<int>(to, _rows);
        RawArrays.Write<byte>(to, _counts);
        RawArrays.Write<ushort>(to, _lengths);
    }

    /// <exception cref="InvalidDataException">What is read could not be an index of this many rows.</exception>
    public static SegmentText Read(BinaryReader from, int rows)
    {
        var count = from.ReadInt32();
        if (count < 0 || count > from.BaseStream.Length)
        {
            throw new InvalidDataException("The number of words is impossible.");
        }
        var numbers = new Dictionary<string, int>(count, StringComparer.Ordinal);
        for (var number = 0; number < count; number++)
        {
            numbers.Add(from.ReadString(), number);
        }
        var (ends, postings, counts, lengths) = (RawArrays.Read<int>(from), RawArrays.Read<int>(from), RawArrays.Read<byte>(from), RawArrays.Read<ushort>(from));
        var fits = ends.Length == count && counts.Length == postings.Length && lengths.Length == rows
            && (count == 0 ? 0 : ends[^1]) == postings.Length && !postings.AsSpan().ContainsAnyExceptInRange(0, rows - 1);
        return fits ? new SegmentText(numbers, (ends, postings, counts), lengths) : throw new InvalidDataException("The words do not fit the rows.");
    }
}
