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
        RawArrays.Write<ushort>(to, _lengths);
        _postings.Write(to);
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
        var lengths = RawArrays.Read<ushort>(from, rows);
        return new SegmentText(numbers, CompactPostings.Read(from, count, lengths), lengths);
    }
}
