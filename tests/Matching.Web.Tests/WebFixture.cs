using System.Net;
using Matching.Rules.Markets;
using Matching.Web.Accounts;
using Matching.Web.Platform;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Matching.Web.Tests;

// How to write web tests: an abstract class tells the stories once, and two sealed lines run them on each database.
//
//   public abstract class PoolTests(WebFixture web) : WebTests(web)
//   {
//       [Fact] public async Task A_wrong_row_is_returned_with_its_reason() { var siae = await Web.SignInAsync(Roles.Structure); … }
//   }
//   public sealed class PoolsOnSqlite(SqliteWeb web) : PoolTests(web), IClassFixture<SqliteWeb>;
//   public sealed class PoolsOnPostgreSql(PostgreSqlWeb web) : PoolTests(web), IClassFixture<PostgreSqlWeb>;
//
// One database per class, empty but for the migrations; each test seeds its own organisations.

/// <summary>A base for web tests: skips, with what to install, when the database's programs are absent. Every story begins
/// at the same instant: the order of the tests of a class changes with the folder they are built in.</summary>
public abstract class WebTests
{
    protected WebTests(WebFixture web)
    {
        Web = web;
        web.Clock.Restart();
        if (web.Missing is { } reason)
        {
            Assert.Skip(reason);
        }
    }

    protected WebFixture Web { get; }

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;
}

/// <summary>The real host over HTTP in memory, with a database of its own and a clock that the test moves.</summary>
public abstract class WebFixture : IAsyncLifetime
{
    public const string Password = "un mot de passe long";
    private readonly string folder = Directory.CreateTempSubdirectory("matching-web-").FullName;
    private Host? host;
    private int users;

    /// <summary>Why this database cannot be used here; null when it can.</summary>
    public virtual string? Missing => null;

    public MovableClock Clock { get; } = new();

    public IServiceProvider Services => host!.Services;

    public Database Database => Services.GetRequiredService<Database>();

    public virtual async ValueTask InitializeAsync()
    {
        if (Missing is null)
        {
            host = new Host(folder, await SettingsAsync(), Clock);
            _ = host.Server;
        }
    }

    public virtual async ValueTask DisposeAsync()
    {
        if (host is not null)
        {
            await host.DisposeAsync();
        }

        Directory.Delete(folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>A browser of someone who has not signed in.</summary>
    public Browser Visitor() => new(NewClient());

    /// <summary>A bare client for the API: no cookie, no redirection followed.</summary>
    public HttpClient NewClient() => host!.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false });

    /// <summary>Creates a user, in its own new organisation unless one is named, and answers who it is.</summary>
    public async Task<SignedIn> AddUserAsync(string role, OrganizationKind? kind = null, string? organization = null, string? userName = null)
    {
        var number = Interlocked.Increment(ref users);
        var itsKind = kind ?? KindOf(role);
        var name = organization ?? $"Organisation {number}";
        var login = userName ?? $"personne{number}";
        using var scope = Services.CreateScope();
        var created = await scope.ServiceProvider.GetRequiredService<IMediator>().Send(
            new CreateAccount.Command(name, itsKind, null, ["00"], $"Personne {number}", role, login, Password));
        var account = await scope.ServiceProvider.GetRequiredService<IUserStore<Account>>().FindByIdAsync(created.Value.ToString(), default);
        return new SignedIn(created.Value, account!.DisplayName, account.OrganizationId, name, itsKind, role);
    }

    /// <summary>Creates a user of this role and signs in through the real page.</summary>
    public async Task<Browser> SignInAsync(string role, OrganizationKind? kind = null, string? organization = null)
    {
        var login = $"connexion{Interlocked.Increment(ref users)}";
        var who = await AddUserAsync(role, kind, organization, login);
        var browser = Visitor();
        await browser.SignInAsync(login, Password);
        browser.Who = who;
        return browser;
    }

    /// <summary>The same user in a new browser: a session does not outlive the days that a test skips.</summary>
    public async Task<Browser> SignInAgainAsync(Browser before)
    {
        ArgumentNullException.ThrowIfNull(before);
        using var scope = Services.CreateScope();
        var account = await scope.ServiceProvider.GetRequiredService<IUserStore<Account>>().FindByIdAsync(before.Who!.UserId.ToString(), default);
        var browser = Visitor();
        await browser.SignInAsync(account!.UserName!, Password);
        browser.Who = before.Who;
        return browser;
    }

    /// <summary>The host settings that choose the database.</summary>
    protected abstract Task<IReadOnlyDictionary<string, string>> SettingsAsync();

    private static OrganizationKind KindOf(string role) => role switch
    {
        Roles.Facilitator => OrganizationKind.Facilitateur,
        Roles.Structure => OrganizationKind.Etti,
        Roles.Buyer => OrganizationKind.Acheteur,
        Roles.Company => OrganizationKind.Entreprise,
        _ => OrganizationKind.Administration,
    };

    private sealed class Host(string folder, IReadOnlyDictionary<string, string> settings, MovableClock clock) : WebApplicationFactory<Program>
    {
        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            builder.UseSetting("data", folder).UseSetting("demo", "false").UseSetting("Limits:SignInPerMinute", "10000")
                .UseSetting("Mail:EverySeconds", "0").UseSetting("Webhooks:EverySeconds", "0").UseSetting("Ranking:LongestWait", "60000").UseSetting("Site:Address", "https://matching.example");
            foreach (var (name, value) in settings)
            {
                builder.UseSetting(name, value);
            }

            builder.ConfigureTestServices(services => services.AddSingleton<IStartupFilter, Peer>().Replace(ServiceDescriptor.Singleton<TimeProvider>(clock)));
        }
    }

    /// <summary>In memory nobody has an address: the header « Peer » of a test says which machine is at the other end.</summary>
    private sealed class Peer : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use((context, following) =>
            {
                context.Connection.RemoteIpAddress = IPAddress.TryParse(context.Request.Headers["Peer"], out var address) ? address : null;
                return following(context);
            });
            next(app);
        };
    }
}

public sealed class SqliteWeb : WebFixture
{
    protected override Task<IReadOnlyDictionary<string, string>> SettingsAsync() =>
        Task.FromResult<IReadOnlyDictionary<string, string>>(new Dictionary<string, string>());
}

public sealed class PostgreSqlWeb(PostgreSqlServer server) : WebFixture
{
    public override string? Missing => server.Missing;

    protected override async Task<IReadOnlyDictionary<string, string>> SettingsAsync() => new Dictionary<string, string>
    {
        ["Database:Provider"] = "PostgreSql",
        ["Database:ConnectionString"] = await server.CreateDatabaseAsync(),
    };
}

/// <summary>Monday 16 November 2026, ten in the morning in Paris, until the test moves it.</summary>
public sealed class MovableClock : TimeProvider
{
    public static readonly DateTimeOffset Start = new(2026, 11, 16, 9, 0, 0, TimeSpan.Zero);

    public DateTimeOffset Now { get; set; } = Start;

    /// <summary>How far the clock runs each time it is read: it stands still unless a test makes it run.</summary>
    public TimeSpan Pace { get; set; }

    public override DateTimeOffset GetUtcNow() => Now += Pace;

    public void Restart() => (Now, Pace) = (Start, TimeSpan.Zero);
}
