using System.Security.Cryptography;
using System.Text;
using Matching.Engine.Columns;
using Matching.Engine.Index;
using Matching.Engine.Tests.Scoring;

namespace Matching.Engine.Tests.Columns;

public class StoreFileTests
{
    private static readonly byte[] Note = "position 12"u8.ToArray();

    private static readonly FactsFormat<Facts> Format = new(
        (to, facts) =>
        {
            to.Write(facts.Number);
            to.Write(facts.Flag);
        },
        from => new Facts(from.ReadInt32(), from.ReadBoolean()));

    /// <summary>The mark and the version come first; a section begins with its length and its checksum.</summary>
    private const int StartOfSections = 8 + sizeof(int);
    private const int HeadOfSection = sizeof(long) + SHA256.HashSizeInBytes;

    private static int EndOfSection(byte[] file, int start) => start + HeadOfSection + (int)BitConverter.ToInt64(file, start);

    private static byte[] Written(Snapshot<Facts> snapshot)
    {
        using var file = new MemoryStream();
        StoreFile.Write(file, snapshot, Note, Format);
        return file.ToArray();
    }

    private static StoreReading<Facts> Read(byte[] bytes, RowSchema? schema = null, Func<byte[], string?>? refusal = null)
    {
        using var file = new MemoryStream(bytes);
        return StoreFile.Read(file, schema ?? RandomRows.Schema, Format, refusal ?? (_ => null));
    }

    [Fact]
    public void What_is_read_back_holds_the_same_rows_and_ranks_them_the_same()
    {
        var (store, expected) = RandomRows.StoreOf(seed: 3, rows: 6_000, batches: 12);
        var back = Read(Written(store.Current)).Store!;
        var query = BruteForce.Query(salt: 4);

        Assert.All(expected.Values, row => Assert.Equivalent(row, back.Current.Find(row.Id), strict: true));
        Assert.Equal(expected.Count, back.Current.Count);
        var (before, after) = (Engine.Scoring.Ranking.Of(store.Current, query), Engine.Scoring.Ranking.Of(back.Current, query));
        Assert.Equal(before.Counts.Removed, after.Counts.Removed);
        Assert.Equal(before.Top(6_000).Select(row => (row.Id, row.Score, row.Facts)), after.Top(6_000).Select(row => (row.Id, row.Score, row.Facts)));
        var words = new TextQuery("maçonne et peintres");
        Assert.Equal(new TextSearch<Facts>(store.Current, words).Best(50).Hits, new TextSearch<Facts>(back.Current, words).Best(50).Hits);
    }

    [Fact]
    public void Changes_go_on_after_reading_back()
    {
        var (store, expected) = RandomRows.StoreOf(seed: 3, rows: 600, batches: 3);
        var back = Read(Written(store.Current)).Store!;
        var random = new Random(9);
        var (kept, gone) = (expected.Keys.First(), expected.Keys.Last());
        var added = RandomRows.Row(random, RandomRows.Id(random));
        back.Apply([added, RandomRows.Row(random, kept)], [gone]);

        Assert.Equal(expected.Count, back.Current.Count);
        Assert.Null(back.Current.Find(gone));
        Assert.Equivalent(added, back.Current.Find(added.Id), strict: true);
    }

    [Fact]
    public void A_file_cut_at_any_byte_is_refused_and_never_half_read()
    {
        var (store, _) = RandomRows.StoreOf(seed: 5, rows: 60, batches: 2);
        var whole = Written(store.Current);
        Assert.NotNull(Read(whole).Store);
        for (var length = 0; length < whole.Length; length++)
        {
            var reading = Read(whole[..length]);
            Assert.Null(reading.Store);
            Assert.NotNull(reading.Refusal);
        }
    }

    [Fact]
    public void A_file_with_a_changed_byte_is_refused_wherever_the_byte_is()
    {
        var (store, _) = RandomRows.StoreOf(seed: 5, rows: 60, batches: 2);
        var bytes = Written(store.Current);
        for (var at = 0; at < bytes.Length; at++)
        {
            bytes[at] ^= 0x10;
            Assert.Null(Read(bytes).Store);
            bytes[at] ^= 0x10;
        }
        Assert.NotNull(Read(bytes).Store);
        Assert.Null(Read([.. bytes, 0]).Store);
        Assert.Null(Read(Encoding.UTF8.GetBytes("id;nom;prénom")).Store);
    }

    [Fact]
    public void A_file_changed_under_a_true_checksum_is_refused_or_serves_without_fault()
    {
        var (store, expected) = RandomRows.StoreOf(seed: 5, rows: 70, batches: 2);
        var whole = Written(store.Current);
        var (query, words, random) = (BruteForce.Query(salt: 4), new TextQuery("maçonne et peintres"), new Random(6));
        var (refused, served) = (0, 0);
        for (var start = StartOfSections; start < whole.Length; start = EndOfSection(whole, start))
        {
            for (var at = start + HeadOfSection; at < EndOfSection(whole, start); at++)
            {
                var bytes = (byte[])whole.Clone();
                bytes[at] = (byte)(random.Next(3) switch { 0 => 0, 1 => 255, _ => bytes[at] ^ (1 << random.Next(8)) });
                SHA256.HashData(bytes.AsSpan(start + HeadOfSection, EndOfSection(whole, start) - start - HeadOfSection), bytes.AsSpan(start + sizeof(long)));
                if (Read(bytes).Store is not { } changed)
                {
                    refused++;
                    continue;
                }
                served++;
                Engine.Scoring.Ranking.Of(changed.Current, query).Top(20);
                new TextSearch<Facts>(changed.Current, words).Best(20);
                Assert.All(expected.Keys, id => changed.Current.Find(id));
            }
        }
        Assert.True(refused > 500 && served > 500, $"{refused} refused, {served} served");
    }

    [Fact]
    public void A_file_of_other_columns_or_with_a_note_its_owner_does_not_want_is_refused()
    {
        var (store, _) = RandomRows.StoreOf(seed: 5, rows: 20, batches: 1);
        var bytes = Written(store.Current);
        var refused = Read(bytes, refusal: note => note.AsSpan().SequenceEqual(Note) ? "too old" : null);

        Assert.Equal("too old", refused.Refusal);
        Assert.Contains("other columns", Read(bytes, new RowSchema(["a"])).Refusal, StringComparison.Ordinal);
        bytes[8]++;
        Assert.Contains("another version", Read(bytes).Refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_store_is_read_back_empty() =>
        Assert.Equal(0, Read(Written(new RowStore<Facts>(RandomRows.Schema).Current)).Store!.Current.Count);
}
