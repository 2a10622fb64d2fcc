namespace Matching.Web.Tests.Mails;

/// <summary>A service whose mails leave by a server of this machine.</summary>
public sealed class WithMailWeb : WebFixture
{
    public SmtpSink Sink { get; } = new();

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await Sink.DisposeAsync();
    }

    protected override Task<IReadOnlyDictionary<string, string>> SettingsAsync() => Task.FromResult<IReadOnlyDictionary<string, string>>(new Dictionary<string, string>(Sink.Settings));
}

/// <summary>The same on PostgreSQL.</summary>
public sealed class WithMailOnPostgreSql(PostgreSqlServer server) : WebFixture
{
    public SmtpSink Sink { get; } = new();

    public override string? Missing => server.Missing;

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await Sink.DisposeAsync();
    }

    protected override async Task<IReadOnlyDictionary<string, string>> SettingsAsync() => new Dictionary<string, string>(Sink.Settings)
    {
        ["Database:Provider"] = "PostgreSql",
        ["Database:ConnectionString"] = await server.CreateDatabaseAsync(),
    };
}
