namespace Matching.Engine.Columns;

/// <summary>
/// One row as its owner writes it: <paramref name="Codes"/> in the order of the schema's byte columns, <paramref name="Wide"/>
/// in the order of its groups and their slots, <paramref name="Bits"/> in the order of its bit columns,
/// <paramref name="Text"/> the row's own words ("" when none), <paramref name="Facts"/> whatever the owner wants back.
/// </summary>
public sealed record Row<TFacts>(Guid Id, byte[] Codes, ushort[] Wide, ulong[] Bits, string Text, TFacts Facts)
{
    /// <exception cref="ArgumentException">A length differs from the schema or a code is 64 or more.</exception>
    internal void Check(RowSchema schema)
    {
        if (Codes.Length != schema.CodeColumns.Count || Wide.Length != schema.SlotCount || Bits.Length != schema.BitColumns.Count)
        {
            throw new ArgumentException(
                $"A row has {Codes.Length} codes, {Wide.Length} wide slots and {Bits.Length} bit columns; the schema has "
                + $"{schema.CodeColumns.Count}, {schema.SlotCount} and {schema.BitColumns.Count}.");
        }
        for (var column = 0; column < Codes.Length; column++)
        {
            if (Codes[column] >= RowSchema.CodeCount)
            {
                throw new ArgumentException($"Column '{schema.CodeColumns[column]}' holds {Codes[column]}; codes are 0 to 63.");
            }
        }
    }
}
