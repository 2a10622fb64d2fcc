using System.Data.Common;
using Dapper;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Matching.Web.Platform;

/// <summary>
/// The only opener of connections. SQLite in the data folder by default; PostgreSQL by <c>Database:Provider=PostgreSql</c>
/// and <c>Database:ConnectionString</c>. When <c>WriteAsync</c> returns, the data is on disk.
/// </summary>
public sealed class Database : IDisposable, IAsyncDisposable
{
    /// <summary>Times a transaction that PostgreSQL broke off to end a deadlock is run; the work given may run as often.</summary>
    private const int MostAttempts = 3;

    /// <summary>Result codes of SQLite: a file that cannot be opened, a disk that fails.</summary>
    private const int CannotOpen = 14;
    private const int InputOutput = 10;

    private readonly SemaphoreSlim writerTurn = new(1, 1);
    private readonly NpgsqlDataSource? postgreSql;
    private readonly string sqlite = "";

    /// <summary>Said at the first opening and not here, where the host is still being built and could not answer in a sentence.</summary>
    private readonly string? fault;

    public Database(IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        DapperTypes.Register();
        DataFolder = Path.GetFullPath(configuration["data"] ?? "data");
        (IsPostgreSql, fault) = ReadProvider(configuration["Database:Provider"]);
        if (IsPostgreSql)
        {
            (postgreSql, fault) = ConnectTo(configuration["Database:ConnectionString"]);
        }
        else
        {
            Directory.CreateDirectory(DataFolder);
            sqlite = new SqliteConnectionStringBuilder
            {
                DataSource = Path.Combine(DataFolder, "matching.db"),
                ForeignKeys = true,
                DefaultTimeout = 30,
            }.ToString();
        }
    }

    /// <summary>The folder of <c>--data</c>: the SQLite file and the caches that belong to this database.</summary>
    public string DataFolder { get; }

    public bool IsPostgreSql { get; }

    /// <summary>An open connection for reading; the caller disposes it.</summary>
    public async Task<DbConnection> OpenAsync(CancellationToken ct)
    {
        if (fault is not null)
        {
            throw new SettingException(fault);
        }

        if (postgreSql is not null)
        {
            return await postgreSql.OpenConnectionAsync(ct);
        }

        var connection = new SqliteConnection(sqlite);
        try
        {
            await connection.OpenAsync(ct);
            await connection.ExecuteAsync("pragma journal_mode = wal; pragma synchronous = full; pragma busy_timeout = 30000;");
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>Whether the database itself does not answer, as opposed to refusing what it was asked.</summary>
    public static bool IsAway(DbException fault) => fault switch
    {
        // 08: the connection; 57P: the server stops, has crashed, or starts.
        PostgresException refused => refused.SqlState.StartsWith("08", StringComparison.Ordinal) || refused.SqlState.StartsWith("57P", StringComparison.Ordinal),
        NpgsqlException => true,
        SqliteException { SqliteErrorCode: CannotOpen or InputOutput } => true,
        _ => false,
    };

    /// <summary>Runs the work in one transaction, committed when it returns, undone when it throws or answers a <see cref="Result{T}"/> that is missing or refused. Never nest two.</summary>
    public Task<T> WriteAsync<T>(Func<DbConnection, DbTransaction, Task<T>> work, CancellationToken ct) => WriteInTurnAsync(null, work, ct);

    /// <summary>As <see cref="WriteAsync{T}(Func{DbConnection, DbTransaction, Task{T}}, CancellationToken)"/>, on a connection that holds temporary tables of its own.</summary>
    public Task<T> WriteAsync<T>(DbConnection db, Func<DbConnection, DbTransaction, Task<T>> work, CancellationToken ct) => WriteInTurnAsync(db, work, ct);

    private async Task<T> WriteInTurnAsync<T>(DbConnection? db, Func<DbConnection, DbTransaction, Task<T>> work, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(work);

        // SQLite has one writer: waiting in order here is fairer and quicker than its busy retries.
        if (!IsPostgreSql)
        {
            await writerTurn.WaitAsync(ct);
        }

        try
        {
            for (var attempt = 1; ; attempt++)
            {
                try
                {
                    return await InTransactionAsync(db, work, ct);
                }
                catch (PostgresException conflict) when (attempt < MostAttempts && conflict.SqlState is PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure)
                {
                    // PostgreSQL undid this transaction so that another could go on; nothing of it was written.
                }
            }
        }
        finally
        {
            if (!IsPostgreSql)
            {
                writerTurn.Release();
            }
        }
    }

    private async Task<T> InTransactionAsync<T>(DbConnection? given, Func<DbConnection, DbTransaction, Task<T>> work, CancellationToken ct)
    {
        await using var own = given is null ? await OpenAsync(ct) : null;
        var db = given ?? own!;
        await using var tx = await db.BeginTransactionAsync(ct);
        var answer = await work(db, tx);

        // A refusal leaves nothing behind, whatever was written before it was known.
        if (answer is Outcome { IsFound: false })
        {
            await tx.RollbackAsync(ct);
            return answer;
        }

        await tx.CommitAsync(ct);
        return answer;
    }

    /// <inheritdoc cref="WriteAsync{T}(Func{DbConnection, DbTransaction, Task{T}}, CancellationToken)"/>
    public Task WriteAsync(Func<DbConnection, DbTransaction, Task> work, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(work);
        return WriteAsync(
            async (db, tx) =>
            {
                await work(db, tx);
                return true;
            },
            ct);
    }

    public void Dispose()
    {
        writerTurn.Dispose();
        postgreSql?.Dispose();
    }

    public async ValueTask DisposeAsync()
    {
        writerTurn.Dispose();
        if (postgreSql is not null)
        {
            await postgreSql.DisposeAsync();
        }
    }

    private static (bool IsPostgreSql, string? Fault) ReadProvider(string? name) => name?.ToUpperInvariant() switch
    {
        null or "" or "SQLITE" => (false, null),
        "POSTGRESQL" => (true, null),
        _ => (false, $"Base de données inconnue : « {name} ». Choisir Sqlite ou PostgreSql."),
    };

    private static (NpgsqlDataSource? Source, string? Fault) ConnectTo(string? text)
    {
        const string sentence = "La chaîne de connexion à PostgreSQL manque ou ne se lit pas : --Database:ConnectionString \"Host=…;Database=…;Username=…\".";
        try
        {
            return string.IsNullOrWhiteSpace(text) ? (null, sentence) : (NpgsqlDataSource.Create(text), null);
        }
        catch (ArgumentException)
        {
            return (null, sentence);
        }
    }
}

/// <summary>A setting that stops the program at start: its message is the French sentence to print.</summary>
public sealed class SettingException(string message) : Exception(message);
