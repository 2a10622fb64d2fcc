using System.Data.Common;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Dapper;

namespace Matching.Web.Platform;

/// <summary>
/// The history that matters (decisions, eligibility, hours, access to files): rows are only appended, and each carries the SHA-256 of
/// the one before, so that an edit, a gap or a cut shows.
/// </summary>
public sealed class EventLog(Database database, FrenchCalendar calendar)
{
    private const int PageSize = 5_000;
    private static readonly JsonSerializerOptions BodyFormat = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
    };

    /// <summary>Appends one event in the caller's transaction. Call it last: writers of history wait for each other until commit.</summary>
    /// <param name="actor">Who did it; null for the program itself or a company answering by its link.</param>
    /// <param name="body">Ids, codes and figures, written as JSON.</param>
    public async Task AppendAsync(
        DbConnection db, DbTransaction tx, string streamKind, Guid streamId, string kind, SignedIn? actor, object body, CancellationToken ct = default)
    {
        var previous = await WaitTurnAsync(db, tx, ct);
        var row = new Row(
            0, streamKind, streamId, calendar.Now, actor?.UserId, actor?.DisplayName ?? "", kind, JsonSerializer.Serialize(body, BodyFormat), previous, "");
        row = row with { Hash = HashOf(row) };
        await db.ExecuteAsync(new CommandDefinition(
            """
            insert into event (stream_kind, stream_id, at, actor_id, actor_name, kind, body_json, previous_hash, hash)
            values (@StreamKind, @StreamId, @At, @ActorId, @ActorName, @Kind, @BodyJson, @PreviousHash, @Hash)
            """,
            row, tx, cancellationToken: ct));
        await db.ExecuteAsync(new CommandDefinition(
            "update setting set value = @Hash where name = 'event.head'", new { row.Hash }, tx, cancellationToken: ct));
    }

    /// <summary>Waits until no other writer of history is at work, and holds the others until commit; answers the head of the chain. For what must be decided one at a time.</summary>
    public static Task<string> WaitTurnAsync(DbConnection db, DbTransaction tx, CancellationToken ct) =>
        // The update takes the lock on the head; a select could read it while another writer is about to move it.
        db.QuerySingleAsync<string>(new CommandDefinition(
            "update setting set value = value where name = 'event.head' returning value", transaction: tx, cancellationToken: ct));

    /// <summary>Reads the whole chain: how many events, and the French sentence about the first fault, or null when there is none.</summary>
    public async Task<(long Count, string? Fault)> VerifyAsync(CancellationToken ct)
    {
        await using var db = await database.OpenAsync(ct);
        var count = 0L;
        var lastSeq = 0L;
        var head = "";
        while (true)
        {
            var page = (await db.QueryAsync<Row>(new CommandDefinition(
                """
                select seq, stream_kind, stream_id, at, actor_id, actor_name, kind, body_json, previous_hash, hash
                from event where seq > @lastSeq order by seq limit @PageSize
                """,
                new { lastSeq, PageSize }, cancellationToken: ct))).AsList();
            foreach (var row in page)
            {
                if (row.PreviousHash != head)
                {
                    return (count, $"Il manque au moins un événement avant le numéro {row.Seq}.");
                }

                if (row.Hash != HashOf(row))
                {
                    return (count, $"L’événement numéro {row.Seq} a été modifié après avoir été écrit.");
                }

                (head, lastSeq, count) = (row.Hash, row.Seq, count + 1);
            }

            if (page.Count < PageSize)
            {
                break;
            }
        }

        var expected = await db.QuerySingleAsync<string>(new CommandDefinition(
            "select value from setting where name = 'event.head'", cancellationToken: ct));
        return (count, expected == head ? null : $"Il manque au moins un événement après le numéro {lastSeq}.");
    }

    // Each field is preceded by its length, so that moving a character from one field to the next changes the hash.
    private static string HashOf(Row row)
    {
        var text = new StringBuilder();
        string[] fields =
        [
            row.PreviousHash, row.StreamKind, row.StreamId.ToString(), DapperTypes.InstantText(row.At), row.ActorId?.ToString() ?? "",
            row.ActorName, row.Kind, row.BodyJson,
        ];
        foreach (var field in fields)
        {
            text.Append(field.Length).Append(':').Append(field);
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    private sealed record Row(
        long Seq, string StreamKind, Guid StreamId, DateTimeOffset At, Guid? ActorId, string ActorName, string Kind, string BodyJson, string PreviousHash, string Hash);
}
