using System.Data.Common;
using Dapper;
using Matching.Rules;
using Matching.Web.Platform;

namespace Matching.Web.Pools;

/// <summary>A file received and not yet imported.</summary>
/// <param name="State">A_ASSOCIER, EN_COURS, REFUSE or ANNULE.</param>
/// <param name="SeenAt">When the process that works on it last said so.</param>
public sealed record PoolUpload(
    Guid Id, OrganizationId OrganizationId, string FileName, DateTimeOffset At, Guid? ById, string ByName, string? SubmissionKey, string State, int RowsRead, int Percent,
    string? Refusal, DateTimeOffset SeenAt)
{
    public const string ToPlace = "A_ASSOCIER";
    public const string Running = "EN_COURS";
    public const string Refused = "REFUSE";
    public const string Cancelled = "ANNULE";
}

/// <summary>The files received: their bytes in the data folder, their state in the database; both go once the import is done.</summary>
public sealed class PoolUploads(Database database, FrenchCalendar calendar)
{
    private const string Columns = "id, organization_id, file_name, at, by_id, by_name, submission_key, state, rows_read, percent, refusal, seen_at";
    private readonly string folder = Path.Combine(database.DataFolder, "imports");

    /// <summary>Keeps the bytes and a row; the id of the same form sent before, when there is one.</summary>
    public async Task<Guid> ReceiveAsync(SignedIn by, string fileName, string? submissionKey, Stream content, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(by);
        ArgumentNullException.ThrowIfNull(fileName);
        ArgumentNullException.ThrowIfNull(content);
        var id = Guid.CreateVersion7();
        Directory.CreateDirectory(folder);
        await using (var file = new FileStream(PathOf(id), FileMode.CreateNew, FileAccess.Write))
        {
            await content.CopyToAsync(file, ct);
            file.Flush(flushToDisk: true);
        }

        var known = await database.WriteAsync(async (db, tx) =>
        {
            if (await KnownAsync(db, tx, by.OrganizationId, submissionKey, ct) is { } before)
            {
                return before;
            }

            await db.ExecuteAsync(new CommandDefinition(
                """
                insert into pool_upload (id, organization_id, file_name, at, by_id, by_name, submission_key, state, seen_at)
                values (@id, @OrganizationId, @name, @now, @UserId, @DisplayName, @submissionKey, 'EN_COURS', @now)
                """,
                new { id, by.OrganizationId, name = PoolFile.ShortName(fileName), now = calendar.Now, by.UserId, by.DisplayName, submissionKey }, tx, cancellationToken: ct));
            return id;
        }, ct);
        if (known != id)
        {
            File.Delete(PathOf(id));
        }

        return known;
    }

    public Task<byte[]> BytesAsync(Guid id, CancellationToken ct) => File.ReadAllBytesAsync(PathOf(id), ct);

    public bool HasBytes(Guid id) => File.Exists(PathOf(id));

    public void Forget(Guid id) => File.Delete(PathOf(id));

    /// <summary>The files that this node still holds.</summary>
    public IReadOnlyList<Guid> Held() => !Directory.Exists(folder) ? []
        : [.. Directory.EnumerateFiles(folder).Select(path => Guid.TryParse(Path.GetFileName(path), out var id) ? id : (Guid?)null).OfType<Guid>().Order()];

    /// <summary>The file of this id, whoever's it is: for the process itself.</summary>
    public async Task<PoolUpload?> FindAsync(Guid id, CancellationToken ct)
    {
        await using var db = await database.OpenAsync(ct);
        return await db.QuerySingleOrDefaultAsync<PoolUpload>(new CommandDefinition($"select {Columns} from pool_upload where id = @id", new { id }, cancellationToken: ct));
    }

    /// <summary>The file of this id if it is this pool's.</summary>
    public async Task<PoolUpload?> FindAsync(Guid id, OrganizationId pool, CancellationToken ct) =>
        await FindAsync(id, ct) is { } found && found.OrganizationId == pool ? found : null;

    /// <summary>Moves a file that is waiting or running to another state; false when it is neither any more.</summary>
    public Task<bool> TurnAsync(Guid id, string state, string? refusal, CancellationToken ct) => database.WriteAsync(
        async (db, tx) => await db.ExecuteAsync(new CommandDefinition(
            "update pool_upload set state = @state, refusal = @refusal, seen_at = @now where id = @id and state in ('A_ASSOCIER', 'EN_COURS')",
            new { id, state, refusal, now = calendar.Now }, tx, cancellationToken: ct)) > 0,
        ct);

    /// <summary>Notes how far the check has come; false when someone cancelled it.</summary>
    public Task<bool> AdvanceAsync(Guid id, int rowsRead, int percent, CancellationToken ct) => database.WriteAsync(
        async (db, tx) => await db.ExecuteAsync(new CommandDefinition(
            "update pool_upload set rows_read = @rowsRead, percent = @percent, seen_at = @now where id = @id and state = 'EN_COURS'",
            new { id, rowsRead, percent, now = calendar.Now }, tx, cancellationToken: ct)) > 0,
        ct);

    /// <summary>Takes the row away: what was refused at once is told on the form, and leaves nothing.</summary>
    public Task DropAsync(Guid id, CancellationToken ct) => database.WriteAsync(
        (db, tx) => db.ExecuteAsync(new CommandDefinition("delete from pool_upload where id = @id", new { id }, tx, cancellationToken: ct)), ct);

    private static async Task<Guid?> KnownAsync(DbConnection db, DbTransaction tx, OrganizationId pool, string? submissionKey, CancellationToken ct) =>
        submissionKey is null ? null : await db.QuerySingleOrDefaultAsync<Guid?>(new CommandDefinition(
            """
            select id from pool_import where organization_id = @pool and submission_key = @submissionKey
            union select id from pool_upload where organization_id = @pool and submission_key = @submissionKey
            """,
            new { pool, submissionKey }, tx, cancellationToken: ct));

    private string PathOf(Guid id) => Path.Combine(folder, id.ToString());
}
