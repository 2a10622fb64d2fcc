using Matching.Web.Platform;
using Matching.Web.Verbs;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;

namespace Matching.Web.Tests.Platform;

public sealed class CommandLineTests
{
    [Theory]
    [InlineData("", "serve")]
    [InlineData("--data ici", "serve")]
    [InlineData("serve --demo false", "serve")]
    [InlineData("user add --user a", "user add")]
    [InlineData("verify", "verify")]
    [InlineData("analyser fiche.txt --json --data ici", "analyser")]
    [InlineData("help", "help")]
    [InlineData("verify --help", "help")]
    public void The_words_before_the_options_choose_the_verb(string typed, string verb) =>
        Assert.Equal(verb, CommandLine.Read(typed.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Verb?.Name);

    [Theory]
    [InlineData("analyser fiche.txt --json")]
    [InlineData("analyser --json fiche.txt")]
    [InlineData("analyser fiche.txt --json --data ici")]
    public void A_switch_takes_no_word_for_its_value(string typed)
    {
        var read = CommandLine.Read(typed.Split(' '));
        Assert.Equal(["fiche.txt"], read.Words);
        Assert.Contains("--json=true", read.Options);
    }

    [Theory]
    [InlineData("rien")]
    [InlineData("user")]
    [InlineData("user remove")]
    public void An_unknown_verb_is_not_taken_for_another(string typed) => Assert.Null(CommandLine.Read(typed.Split(' ')).Verb);

    [Fact]
    public async Task A_stop_asked_while_the_program_still_starts_ends_it_as_any_stop()
    {
        await using var app = WebApplication.CreateSlimBuilder().Build();
        var starting = new Verb("essai", "Démarre sans fin.", async (started, _) =>
        {
            var stopping = started.Lifetime.ApplicationStopping;
            started.Lifetime.StopApplication();
            await started.DisposeAsync();
            await Task.Delay(Timeout.Infinite, stopping);
            return 1;
        });

        Assert.Equal(0, await new CommandLine(starting, [], []).RunAsync(app));
    }

    [Theory]
    [InlineData("Oracle", "", "Base de données inconnue")]
    [InlineData("PostgreSql", "", "chaîne de connexion")]
    [InlineData("PostgreSql", "nimporte quoi", "chaîne de connexion")]
    public async Task A_database_that_cannot_be_reached_by_its_settings_is_said_in_a_sentence(string provider, string connection, string sentence)
    {
        var settings = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Database:Provider"] = provider,
            ["Database:ConnectionString"] = connection,
            ["data"] = Path.GetTempPath(),
        });
        await using var database = new Database(settings.Build());
        var refusal = await Assert.ThrowsAsync<SettingException>(() => database.OpenAsync(TestContext.Current.CancellationToken));
        Assert.Contains(sentence, refusal.Message, StringComparison.Ordinal);
    }
}
