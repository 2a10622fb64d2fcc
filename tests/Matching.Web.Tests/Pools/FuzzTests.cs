using System.Diagnostics;
using System.Text;
using Matching.Web.Platform;
using Matching.Web.Pools;

namespace Matching.Web.Tests.Pools;

/// <summary>Damaged bytes, thousands of them: a sentence or rows come out, never a crash, never an endless reading.</summary>
public sealed class FuzzTests
{
    private const int Rounds = 1_500;
    private static readonly string Csv = PoolScene.File([.. Enumerable.Range(1, 12).Select(i => PoolScene.Row($"P-{i}", name: "Hénaff \"le\" Noël"))]);

    public static TheoryData<string> Kinds => ["csv utf-8", "csv windows-1252", "csv utf-16", "xlsx"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Damaged_files_end_in_rows_or_in_one_sentence(string kind)
    {
        var whole = kind switch
        {
            "csv utf-8" => Encoding.UTF8.GetBytes(Csv),
            "csv windows-1252" => Encoding.Latin1.GetBytes(Csv),
            "csv utf-16" => [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(Csv)],
            _ => SheetFile.OfCsv(Csv),
        };
        var random = new Random(20_261_116);
        var (read, refused) = (0, 0);
        var start = Stopwatch.GetTimestamp();
        for (var round = 0; round < Rounds; round++)
        {
            var bytes = Damage(whole, random);
            try
            {
                var opened = PoolFile.Open(bytes, "vivier");
                if (opened.IsFound && PoolHeader.Place(opened.Value.Headings, PoolMapping.None).Header is { } header)
                {
                    Assert.True(PoolTable.Of(opened.Value, header).Lines.Count() <= PoolTable.MaxRows);
                    read++;
                }
                else
                {
                    refused++;
                }
            }
            catch (UnreadableFileException fault)
            {
                Assert.EndsWith(".", fault.Message, StringComparison.Ordinal);
                refused++;
            }
        }

        Assert.True(read > 0 && refused > 0, $"{read} read, {refused} refused");
        Assert.True(Stopwatch.GetElapsedTime(start) < TimeSpan.FromMinutes(2));
    }

    private static byte[] Damage(byte[] whole, Random random)
    {
        var bytes = whole.ToArray();
        switch (random.Next(5))
        {
            case 0:
                return bytes[..random.Next(bytes.Length)];
            case 1:
                var at = random.Next(bytes.Length);
                return [.. bytes[..at], .. bytes[random.Next(bytes.Length)..]];
            case 2:
                return [.. bytes, .. bytes[random.Next(bytes.Length)..]];
            default:
                for (var flips = random.Next(1, 12); flips > 0; flips--)
                {
                    bytes[random.Next(bytes.Length)] = random.Next(4) == 0 ? (byte)"\";,\n\0'<>&"[random.Next(9)] : (byte)random.Next(256);
                }

                return bytes;
        }
    }
}
