using System.Runtime.InteropServices;

namespace Matching.Engine.Columns;

/// <summary>Arrays as they lie in memory: their length, then their bytes.</summary>
internal static class RawArrays
{
    public static void Write<T>(BinaryWriter to, ReadOnlySpan<T> values) where T : unmanaged
    {
        to.Write(values.Length);
        to.Write(MemoryMarshal.AsBytes(values));
    }

    /// <exception cref="InvalidDataException">The length is not one that what remains could hold.</exception>
    public static T[] Read<T>(BinaryReader from) where T : unmanaged
    {
        var length = from.ReadInt32();
        var remaining = from.BaseStream.Length - from.BaseStream.Position;
        if (length < 0 || (long)length * Marshal.SizeOf<T>() > remaining)
        {
            throw new InvalidDataException("An array is longer than what remains.");
        }
        var values = new T[length];
        from.BaseStream.ReadExactly(MemoryMarshal.AsBytes(values.AsSpan()));
        return values;
    }

    /// <exception cref="InvalidDataException">The length is another one.</exception>
    public static T[] Read<T>(BinaryReader from, int length) where T : unmanaged =>
        Read<T>(from) is var values && values.Length == length ? values : throw new InvalidDataException("A column has not one value a row.");
}
