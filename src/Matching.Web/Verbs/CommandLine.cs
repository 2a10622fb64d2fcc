using System.Data.Common;
using System.Text;
using Matching.Web.Platform;
using Matching.Web.Pools;
using Matching.Web.Postings;

namespace Matching.Web.Verbs;

/// <summary>The words and options typed: <c>[verb] [words] --option value</c>.</summary>
public sealed record CommandLine(Verb? Verb, IReadOnlyList<string> Words, string[] Options)
{
    /// <summary>The verbs, in the order of the help; the first is the default.</summary>
    public static IReadOnlyList<Verb> Verbs { get; } = [Serve.Verb, AddUser.Verb, ImportReference.Verb, ImportFromFile.Verb, AnalyseFile.Verb, VerifyHistory.Verb];

    /// <summary>Options that are said or not, and take no value.</summary>
    private static readonly string[] Switches = ["--json"];

    public static CommandLine Read(string[] args)
    {
        ArgumentNullException.ThrowIfNull(args);
        var (words, options) = Split(args);
        if (words is ["help" or "aide", ..] || options.Any(option => option is "--help" or "-h" or "--aide"))
        {
            return new CommandLine(Help(0), [], []);
        }

        if (words.Length == 0)
        {
            return new CommandLine(Verbs[0], [], options);
        }

        foreach (var verb in Verbs)
        {
            var name = verb.Name.Split(' ');
            if (words.Take(name.Length).SequenceEqual(name))
            {
                return new CommandLine(verb, words[name.Length..], options);
            }
        }

        return new CommandLine(null, words, []);
    }

    // Every other option takes a value, after a space or an equals sign; what is left are the words, before or after the options.
    private static (string[] Words, string[] Options) Split(string[] args)
    {
        var (words, options) = (new List<string>(), new List<string>());
        for (var i = 0; i < args.Length; i++)
        {
            if (!args[i].StartsWith('-'))
            {
                words.Add(args[i]);
                continue;
            }

            if (Switches.Contains(args[i]))
            {
                options.Add($"{args[i]}=true");
                continue;
            }

            options.Add(args[i]);
            if (!args[i].Contains('=', StringComparison.Ordinal) && i + 1 < args.Length && !args[i + 1].StartsWith('-'))
            {
                options.Add(args[++i]);
            }
        }

        return ([.. words], [.. options]);
    }

    /// <summary>Runs the verb; a setting that cannot work is said in one sentence.</summary>
    public async Task<int> RunAsync(WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);

        // Asked now: a host that stops while it starts is disposed before it says so.
        var stopping = app.Lifetime.ApplicationStopping;
        if (Verb is null)
        {
            await Console.Error.WriteLineAsync($"Commande inconnue : « {string.Join(' ', Words)} ».");
            return await Help(Verb.BadUsage).Run(app, Words);
        }

        try
        {
            return await Verb.Run(app, Words);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // Asked to stop while it still started: what was begun is undone or waits, as at any stop.
            return 0;
        }
        catch (SettingException fault)
        {
            await Console.Error.WriteLineAsync(fault.Message);
            return 1;
        }
        catch (DbException fault)
        {
            await Console.Error.WriteLineAsync($"La base de données ne répond pas comme attendu : {fault.Message}");
            return 1;
        }
    }

    private static Verb Help(int exitCode) => new("help", "Affiche cette aide.", async (_, _) =>
    {
        var text = new StringBuilder("Usage : dotnet run --project src/Matching.Web -- [commande] [options]\n\nCommandes\n");
        foreach (var verb in Verbs.Append(new Verb("help", "Affiche cette aide.", null!)))
        {
            text.Append("  ").Append(verb.Name.PadRight(18)).Append(verb.Sentence).Append('\n');
        }

        text.Append(
            """

            Options communes
              --data DOSSIER        Dossier des données (par défaut : data, dans le dossier courant).
              --urls ADRESSE        Adresse d’écoute (par défaut : http://localhost:5080).
              --demo true|false     Données et comptes de démonstration (par défaut : true).
              --Database:Provider PostgreSql --Database:ConnectionString "Host=…;Database=…;Username=…"
                                    PostgreSQL au lieu de SQLite.
            """);
        await Console.Out.WriteLineAsync(text.ToString());
        return exitCode;
    });
}
