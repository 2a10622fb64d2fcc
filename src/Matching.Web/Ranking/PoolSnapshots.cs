using System.Data.Common;
using System.Diagnostics;
using Dapper;
using Matching.Engine.Columns;
using Matching.Features;
using Matching.Web.Platform;
using Matching.Web.Platform.Records;

namespace Matching.Web.Ranking;

/// <summary>
/// The columns as a file beside the database, for a quick start. A cache: refused when damaged, of another version, of another month, of another
/// database or other reference data, and then made again from the database, with a line in the log that says why.
/// </summary>
public sealed partial class PoolSnapshots(Database database, PoolReader reader, IConfiguration configuration, ILogger<PoolSnapshots> log)
{
    private const string FileName = "people.columns";

    /// <summary>Below this many people, reading the database is as quick and nothing needs a file.</summary>
    private readonly int fewestPeople = ReadFewest(configuration["Ranking:SnapshotFrom"]);

    private long writtenVersion = -1;

    private string FilePath => Path.Combine(database.DataFolder, FileName);

    /// <summary>What the owner must know before it believes the columns.</summary>
    private sealed record Note(
        DateOnly CodedOn, string Fingerprint, long Xid, long Seq, Guid LastEntity, DateTimeOffset LastAt,
        Dictionary<Guid, ushort> Pools, Dictionary<string, ushort> Skills);

    /// <summary>The state kept in the file, to be followed from its position; null when there is none that can serve.</summary>
    internal async Task<PoolState?> ReadAsync(DateOnly today, CancellationToken ct)
    {
        if (!File.Exists(FilePath))
        {
            return null;
        }

        var clock = Stopwatch.StartNew();
        await using var db = await database.OpenAsync(ct);
        var numbering = await reader.NumberingAsync(db, new SkillNumbers(), ct);
        Note? note = null;
        StoreReading<PooledPerson> reading;
        try
        {
            await using var file = File.OpenRead(FilePath);
            reading = StoreFile.Read(file, PersonRows.Schema, PooledPersonFormat.New(), bytes =>
            {
                note = RecordJson.Read<Note>(System.Text.Encoding.UTF8.GetString(bytes));
                return note.Fingerprint != numbering.Fingerprint ? "coded with other reference data or another version of the program"
                    : note.CodedOn != PersonRows.CodedOn(today) ? "coded for another month"
                    : null;
            });
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or System.Text.Json.JsonException)
        {
            reading = new StoreReading<PooledPerson>(null, unreadable.GetType().Name);
        }

        if (reading.Store is not { } store || note is null)
        {
            LogRefused(reading.Refusal ?? "no note");
            return null;
        }

        if (!await IsOfThisDatabaseAsync(db, note, ct))
        {
            LogRefused("it belongs to another history of changes");
            return null;
        }

        var state = new PoolState(note.CodedOn, numbering with { Skills = SkillNumbers.From(note.Skills) }, store) { Place = new FeedPlace(new ChangePosition(note.Xid, note.Seq)) };
        state.Restore(note.Pools);
        await PoolReader.ReadPoolsAsync(db, state, ct);
        LogRead(store.Current.Count, clock.ElapsedMilliseconds);
        return state;
    }

    /// <summary>Writes the state beside the old file, then puts it in its place: a stop in between leaves the old one. Called by one at a time.</summary>
    internal async Task WriteAsync(PoolState state, CancellationToken ct)
    {
        try
        {
            // The position before the rows: what is applied meanwhile is applied twice, never missed.
            var position = state.Place.Settled;
            var people = state.Store.Current;
            if (people.Count < fewestPeople || people.Version == writtenVersion)
            {
                return;
            }

            await using var db = await database.OpenAsync(ct);
            if (await ChangeAtAsync(db, position, ct) is not { } last)
            {
                return;
            }

            var note = new Note(
                state.CodedOn, state.Numbering.Fingerprint, position.Xid, position.Seq, last.EntityId, last.At,
                new Dictionary<Guid, ushort>(state.PoolNumbers), new Dictionary<string, ushort>(state.Numbering.Skills.Given));
            var fresh = FilePath + ".new";
            await Task.Run(() => Write(fresh, people, note), ct);
            File.Move(fresh, FilePath, overwrite: true);
            writtenVersion = people.Version;
            LogWritten(people.Count);
        }
        catch (Exception unwritable) when (unwritable is IOException or UnauthorizedAccessException)
        {
            // Without the file the next start takes longer; nothing else depends on it.
            LogNotWritten(unwritable.GetType().Name);
        }
    }

    private static int ReadFewest(string? setting) =>
        setting is null ? 5_000
        : int.TryParse(setting, out var people) && people >= 0 ? people
        : throw new SettingException($"« --Ranking:SnapshotFrom » est un nombre de personnes, pas « {setting} ».");

    private static void Write(string path, Snapshot<PooledPerson> people, Note note)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, BufferSize = 1 << 20 };
        if (!OperatingSystem.IsWindows())
        {
            // What people declared is in it: for the account of the service alone, as the database.
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using var file = new FileStream(path, options);
        StoreFile.Write(file, people, System.Text.Encoding.UTF8.GetBytes(RecordJson.Write(note)), PooledPersonFormat.New());
        file.Flush(flushToDisk: true);
    }

    // A restored or exchanged database has another change at that place, or none.
    private static async Task<bool> IsOfThisDatabaseAsync(DbConnection db, Note note, CancellationToken ct) =>
        await ChangeAtAsync(db, new ChangePosition(note.Xid, note.Seq), ct) is { } last && last.EntityId == note.LastEntity && last.At == note.LastAt;

    private static async Task<LastChange?> ChangeAtAsync(DbConnection db, ChangePosition position, CancellationToken ct) =>
        await db.QuerySingleOrDefaultAsync<LastChange>(new CommandDefinition(
            "select entity_id, at from change where seq = @Seq and xid = @Xid", new { position.Xid, position.Seq }, cancellationToken: ct));

    private sealed record LastChange(Guid EntityId, DateTimeOffset At);

    [LoggerMessage(Level = LogLevel.Information, Message = "Engine: snapshot of {People} people read in {Milliseconds} ms")]
    private partial void LogRead(int people, long milliseconds);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Engine: snapshot not used ({Reason}), people are read from the database")]
    private partial void LogRefused(string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "Engine: snapshot of {People} people written")]
    private partial void LogWritten(int people);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Engine: snapshot could not be written ({Reason})")]
    private partial void LogNotWritten(string reason);
}
