using System.Security.Cryptography;
using System.Text;
using Matching.Engine.Filters;
using Matching.Engine.Index;

namespace Matching.Engine.Columns;

/// <summary>How the owner's facts are written and read back. Reading throws on what writing never wrote.</summary>
public sealed record FactsFormat<TFacts>(Action<BinaryWriter, TFacts> Write, Func<BinaryReader, TFacts> Read);

/// <summary>What was read: a store, or the reason why there is none.</summary>
public sealed record StoreReading<TFacts>(RowStore<TFacts>? Store, string? Refusal);

/// <summary>
/// A snapshot as a stream of bytes: a version, then sections, each with its length and its SHA-256, checked before a byte of
/// it is believed. Whatever the bytes are, reading answers with the store that was written or with a reason, never with part
/// of it. The file is a cache: its owner rebuilds what is refused.
/// </summary>
public static class StoreFile
{
    /// <summary>Changes with the layout of the sections.</summary>
    public const int Version = 2;

    private static readonly byte[] Mark = "COLUMNS\n"u8.ToArray();

    /// <summary>Writes the snapshot and a note of the owner, who reads it again before anything else.</summary>
    public static void Write<TFacts>(Stream to, Snapshot<TFacts> snapshot, ReadOnlySpan<byte> note, FactsFormat<TFacts> facts)
    {
        to.Write(Mark);
        to.Write(BitConverter.GetBytes(Version));
        var noted = note.ToArray();
        Section(to, writer =>
        {
            writer.Write(Fingerprint(snapshot.Schema));
            RawArrays.Write<byte>(writer, noted);
            writer.Write(snapshot.Segments.Count);
        });
        foreach (var view in snapshot.Segments)
        {
            Section(to, writer => WriteColumns(writer, view));
            Section(to, writer =>
            {
                RawArrays.Write(writer, view.Segment.Texts.All);
                RawArrays.Write(writer, view.Segment.Texts.Ends);
            });
            Section(to, view.Segment.Text.Write);
            Section(to, writer =>
            {
                foreach (var one in view.Segment.Facts)
                {
                    facts.Write(writer, one);
                }
            });
        }
    }

    /// <param name="noteRefusal">Why the owner cannot use a file with this note; null when it can.</param>
    public static StoreReading<TFacts> Read<TFacts>(Stream from, RowSchema schema, FactsFormat<TFacts> facts, Func<byte[], string?> noteRefusal)
    {
        try
        {
            return ReadSections(from, schema, facts, noteRefusal);
        }
        // What a checksum cannot tell: a file of another version of the owner's facts. It is refused like any damage.
        catch (Exception damage) when (damage is InvalidDataException or EndOfStreamException or ArgumentException or FormatException or OverflowException)
        {
            return new StoreReading<TFacts>(null, damage.Message);
        }
    }

    private static StoreReading<TFacts> ReadSections<TFacts>(Stream from, RowSchema schema, FactsFormat<TFacts> facts, Func<byte[], string?> noteRefusal)
    {
        var start = new byte[Mark.Length + sizeof(int)];
        from.ReadExactly(start);
        if (!start.AsSpan(0, Mark.Length).SequenceEqual(Mark) || BitConverter.ToInt32(start, Mark.Length) != Version)
        {
            return new StoreReading<TFacts>(null, "The file is of another version.");
        }
        using var head = Section(from);
        if (head.ReadString() != Fingerprint(schema))
        {
            return new StoreReading<TFacts>(null, "The file holds other columns.");
        }
        if (noteRefusal(RawArrays.Read<byte>(head)) is { } refusal)
        {
            return new StoreReading<TFacts>(null, refusal);
        }
        var views = new List<SegmentView<TFacts>>();
        for (var left = head.ReadInt32(); left > 0; left--)
        {
            views.Add(ReadSegment(from, schema, facts));
        }
        return from.ReadByte() < 0
            ? new StoreReading<TFacts>(new RowStore<TFacts>(schema, views), null)
            : new StoreReading<TFacts>(null, "The file goes on after its end.");
    }

    private static void WriteColumns<TFacts>(BinaryWriter writer, SegmentView<TFacts> view)
    {
        var (segment, schema) = (view.Segment, view.Segment.Schema);
        RawArrays.Write(writer, segment.Ids);
        RawArrays.Write(writer, view.Live);
        for (var column = 0; column < schema.CodeColumns.Count; column++)
        {
            RawArrays.Write(writer, segment.Codes(column));
        }
        for (var slot = 0; slot < schema.SlotCount; slot++)
        {
            RawArrays.Write(writer, segment.Wide(slot));
        }
        for (var column = 0; column < schema.BitColumns.Count; column++)
        {
            RawArrays.Write(writer, segment.Bits(column));
        }
    }

    private static SegmentView<TFacts> ReadSegment<TFacts>(Stream from, RowSchema schema, FactsFormat<TFacts> facts)
    {
        using var columns = Section(from);
        var ids = RawArrays.Read<Guid>(columns);
        var live = RawArrays.Read<ulong>(columns, Bitmap.WordCount(ids.Length));
        var codes = schema.CodeColumns.Select(_ => RawArrays.Read<byte>(columns, ids.Length)).ToArray();
        var wide = Enumerable.Range(0, schema.SlotCount).Select(_ => RawArrays.Read<ushort>(columns, ids.Length)).ToArray();
        var bits = schema.BitColumns.Select(_ => RawArrays.Read<ulong>(columns, ids.Length)).ToArray();
        if (ids.Length % 64 != 0 && live[^1] >> (ids.Length % 64) != 0)
        {
            throw new InvalidDataException("More rows are live than there are.");
        }
        if (codes.Any(column => column.AsSpan().ContainsAnyExceptInRange((byte)0, (byte)(RowSchema.CodeCount - 1))))
        {
            throw new InvalidDataException("A column holds a code of 64 or more.");
        }
        using var texts = Section(from);
        var (utf8, ends) = (RawArrays.Read<byte>(texts), RawArrays.Read<int>(texts, ids.Length));
        if (!TextColumn.Fits(utf8, ends))
        {
            throw new InvalidDataException("The texts do not fit the rows.");
        }
        using var words = Section(from);
        var index = SegmentText.Read(words, ids.Length);
        using var kept = Section(from);
        var owned = new TFacts[ids.Length];
        for (var row = 0; row < owned.Length; row++)
        {
            owned[row] = facts.Read(kept);
        }
        return new SegmentView<TFacts>(new Segment<TFacts>(schema, ids, codes, wide, bits, new TextColumn(utf8, ends), owned, index), live);
    }

    private static void Section(Stream to, Action<BinaryWriter> write)
    {
        using var content = new MemoryStream();
        using (var writer = new BinaryWriter(content, Encoding.UTF8, leaveOpen: true))
        {
            write(writer);
        }
        var bytes = content.GetBuffer().AsSpan(0, (int)content.Length);
        to.Write(BitConverter.GetBytes(content.Length));
        to.Write(SHA256.HashData(bytes));
        to.Write(bytes);
    }

    private static BinaryReader Section(Stream from)
    {
        var start = new byte[sizeof(long) + SHA256.HashSizeInBytes];
        from.ReadExactly(start);
        var length = BitConverter.ToInt64(start);
        if (length < 0 || length > from.Length - from.Position)
        {
            throw new InvalidDataException("The file is cut short.");
        }
        var bytes = new byte[length];
        from.ReadExactly(bytes);
        return SHA256.HashData(bytes).AsSpan().SequenceEqual(start.AsSpan(sizeof(long)))
            ? new BinaryReader(new MemoryStream(bytes, writable: false), Encoding.UTF8)
            : throw new InvalidDataException("The file is damaged: a checksum differs.");
    }

    /// <summary>The columns by name and the order of bytes: what must be the same for the bytes to mean the same.</summary>
    private static string Fingerprint(RowSchema schema) => string.Join(
        '|', BitConverter.IsLittleEndian, string.Join(',', schema.CodeColumns),
        string.Join(',', schema.WideGroups.Select(group => $"{group.Name}:{group.SlotCount}")), string.Join(',', schema.BitColumns));
}
