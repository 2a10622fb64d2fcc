using System.Globalization;
using System.Text;
using Matching.Features;
using Matching.Lab.Lists;
using Matching.Lab.Verbs;

namespace Matching.Lab.Worlds;

/// <summary><c>lab simulate --out DIR [--worlds …] [--seed N]</c>: writes the lists of invented worlds, in the format that <c>lab train</c> reads.</summary>
public static class SimulateWorlds
{
    public const string DefaultPrior = "models/ranker-1.0.0-expert.json";
    public const int JudgedLists = 400;

    /// <summary>Of the files of a world. Raised with all that changes what the same world and seed write, so that files of before are written anew. 2: what people wanted.</summary>
    private const int Layout = 2;

    public static int Run(IReadOnlyList<string> typed, TextWriter output, TextWriter errors) =>
        Verb.Run(typed, Help, ["--out", "--worlds", "--seed", "--prior", "--postings"], ["--list"], output, errors, options =>
        {
            var families = Named(options.Text("--worlds", "all"));
            if (options.Has("--list"))
            {
                foreach (var family in families)
                {
                    output.WriteLine($"{family.Name} ({(family.IsUnseen ? "gardé pour mesurer" : "réglage")}) : {WorldWords.Of(family)}");
                }

                return;
            }

            var (folder, seed) = (options.Needed("--out"), options.Number("--seed", 1, 0, int.MaxValue - 1));
            var postings = options.Number("--postings", 0, 0, 100_000);
            families = postings == 0 ? families : [.. families.Select(family => family with { Postings = postings })];
            var prior = PriorOf(options);
            foreach (var family in families)
            {
                Verb.Target("--out", MarkOf(Path.Combine(folder, family.Name)));
            }

            var progress = Progress.OnTerminal(errors, "Mondes");
            for (var at = 0; at < families.Count; at++)
            {
                Write(families[at], seed, prior, Path.Combine(folder, families[at].Name));
                progress.Report(at + 1, families.Count);
            }

            output.WriteLine($"{FrenchCount.Of(families.Count, "monde écrit")} dans {folder} (graine {seed}). Ces personnes sont inventées : rien de ce qu’on y mesure n’est un constat.");
        });

    /// <summary>The families of a written choice: all, tuning, unseen, or names with commas.</summary>
    /// <exception cref="InvalidDataException">A name is unknown.</exception>
    public static IReadOnlyList<WorldFamily> Named(string choice)
    {
        ArgumentNullException.ThrowIfNull(choice);
        return choice switch
        {
            "all" => WorldFamilies.All,
            "tuning" => [.. WorldFamilies.All.Where(family => !family.IsUnseen)],
            "unseen" => [.. WorldFamilies.All.Where(family => family.IsUnseen)],
            _ => [.. choice.Split(',').Select(name => WorldFamilies.All.FirstOrDefault(family => family.Name == name)
                ?? throw new InvalidDataException($"--worlds attend all, tuning, unseen ou des noms de mondes ; « {name} » n’existe pas (lab simulate --list)."))],
        };
    }

    /// <summary>The model whose points are the prior of the site's criteria.</summary>
    public static RankerModel PriorOf(VerbOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return RankerModel.Read(Verb.TextOf(options.Text("--prior", DefaultPrior)));
    }

    private static string MarkOf(string folder) => Path.Combine(folder, "monde.txt");

    // A world whose last file is there was written whole, by the same seed, prior and layout: it is left, so that a stopped run goes on.
    private static void Write(WorldFamily family, int seed, RankerModel prior, string folder)
    {
        var mark = MarkOf(folder);
        var words = $"{family.Name}, graine {seed}, forme {Layout}, a priori {prior.Version} {RankerModelFile.ChecksumOf(prior)}\n{WorldWords.Of(family)}\n{family}\n";
        if (File.Exists(mark))
        {
            if (File.ReadAllText(mark) == words)
            {
                return;
            }

            File.Delete(mark);
        }

        var world = new World(family, seed, prior);
        var (shown, judged) = (world.Shown("apprise", seed, family.Postings), world.Judged("jugee", seed + 1, JudgedLists));
        Verb.WriteWhole(Path.Combine(folder, "features.json"), FeaturesFile.Write(world.Features));
        Verb.WriteWhole(Path.Combine(folder, "lists.csv"), Csv(family.Name, shown.Lists));
        Verb.WriteWhole(Path.Combine(folder, "judged.csv"), Csv(family.Name, judged.Lists));
        Verb.WriteWhole(Path.Combine(folder, "truth.csv"), Truth(judged));
        Verb.WriteWhole(mark, words);
    }

    // The name of the world is in each id, so that the files of several worlds can be put together.
    private static string Csv(string world, RankedLists lists)
    {
        var text = new StringWriter(CultureInfo.InvariantCulture);
        ListsFile.Write(text, lists, posting => $"offre-{lists.ListIds[posting]}", employer => $"{world}-{employer + 1}");
        return text.ToString();
    }

    private static string Truth(DrawnLists drawn)
    {
        var text = new StringBuilder("row,expected_gain,group,accepts\n");
        for (var row = 0; row < drawn.Lists.Rows; row++)
        {
            text.Append(CultureInfo.InvariantCulture, $"{row},{drawn.ExpectedGain[row]:0.######},{(drawn.Groups[row] ? 1 : 0)},{drawn.Accepts[row]:0.######}\n");
        }

        return text.ToString();
    }

    private const string Help = """
        lab simulate : écrit les listes de mondes inventés, pour éprouver un apprentissage. Aucune personne réelle.

          --out DOSSIER    un dossier par monde : lists.csv (telles qu’un service les aurait recueillies), features.json,
                           judged.csv (tout le monde a été regardé), truth.csv (ce qu’aucun fichier ne dit)
          --worlds CHOIX   all (par défaut), tuning, unseen, ou des noms séparés par des virgules
          --postings N     offres par monde (celles du monde par défaut)
          --list           dit ce qu’est chaque monde, sans rien écrire
          --seed N         graine (1 par défaut) ; un monde déjà écrit avec elle n’est pas refait
          --prior FICHIER  modèle dont les points servent d’a priori (models/ranker-1.0.0-expert.json par défaut)
        """;
}
