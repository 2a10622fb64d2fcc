using System.Text;
using Matching.Lab;
using Matching.Lab.Sample;

Console.OutputEncoding = Encoding.UTF8;

return args switch
{
    ["sample", .. var options] => SampleCommand.Run(options, Console.Out, Console.Error),
    ["card", .. var options] => WriteCards.Run(options, Console.Out, Console.Error),
    ["titles", .. var options] => MatchTitles.Run(options, Console.Out, Console.Error),
    [] or ["-h"] or ["--help"] or ["aide"] => Help(),
    _ => Unknown(args[0]),
};

static int Help()
{
    Console.Out.WriteLine("""
        Matching.Lab, l'atelier hors ligne.

        Usage : dotnet run --project src/Matching.Lab -- VERBE [options]

        Verbes
          sample    écrit les exemples d'un territoire inventé (data-samples)
          card      écrit la carte de chaque modèle de classement (models)
          titles    trouve les libellés les plus proches d’intitulés de poste (fichiers TSV)

        « VERBE --help » donne les options d'un verbe.
        """);
    return 0;
}

static int Unknown(string verb)
{
    Console.Error.WriteLine($"Le verbe « {verb} » n'existe pas. Verbes connus : sample, card, titles. Aide : --help.");
    return 2;
}
