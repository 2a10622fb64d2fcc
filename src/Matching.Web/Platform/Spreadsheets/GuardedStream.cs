namespace Matching.Web.Platform.Spreadsheets;

/// <summary>
/// A part of a workbook while it is unpacked, stopped as soon as it grows as no real workbook does: too long, packed too well, or without a
/// tag for so long that the reader of XML would have to keep it all in memory.
/// </summary>
internal sealed class GuardedStream(Stream inner, long packedBytes) : Stream
{
    /// <summary>200,000 rows of the template make about 350 MB of XML.</summary>
    public const long MaxBytes = 1L << 30;

    private const long RatioIsJudgedFrom = 16L << 20;
    private const long MaxRatio = 150;
    private const long MaxBytesWithoutTag = 1L << 20;
    private long read;
    private long withoutTag;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => read;
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        var count = inner.Read(buffer);
        read += count;
        var last = buffer[..count].LastIndexOf((byte)'>');
        withoutTag = last < 0 ? withoutTag + count : count - last;
        if (read > MaxBytes || withoutTag > MaxBytesWithoutTag || (read > RatioIsJudgedFrom && read / Math.Max(packedBytes, 1) > MaxRatio))
        {
            throw new UnreadableFileException("Ce classeur se déplie en un volume anormal : il n’est pas lu. Copier les personnes dans un classeur neuf, ou enregistrer au format CSV.");
        }

        return count;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }
}
