using System.Text;
using Matching.Lab;
using Matching.Lab.Auditing;
using Matching.Lab.Comparison;
using Matching.Lab.Evaluation;
using Matching.Lab.Sample;
using Matching.Lab.Training;
using Matching.Lab.Verbs;
using Matching.Lab.Worlds;

Console.OutputEncoding = Encoding.UTF8;
using var stopped = Interruption.Heed(Console.Error);

return args switch
{
    ["sample", .. var options] => SampleCommand.Run(options, Console.Out, Console.Error),
    ["card", .. var options] => WriteCards.Run(options, Console.Out, Console.Error),
    ["titles", .. var options] => MatchTitles.Run(options, Console.Out, Console.Error),
    ["simulate", .. var options] => SimulateWorlds.Run(options, Console.Out, Console.Error),
    ["train", .. var options] => TrainModel.Run(options, Console.Out, Console.Error),
    ["score", .. var options] => ScoreLists.Run(options, Console.Out, Console.Error),
    ["compare", .. var options] => CompareRankers.Run(options, Console.Out, Console.Error),
    ["weigh", .. var options] => WeighWish.Run(options, Console.Out, Console.Error),
    ["audit", .. var options] => AuditModel.Run(options, Console.Out, Console.Error),
    ["evaluate", .. var options] => EvaluateModel.Run(options, Console.Out, Console.Error),
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
          simulate  écrit les listes de mondes inventés
          train     apprend un modèle sur des listes
          score     note les lignes de listes avec un modèle
          compare   compare l’apprentissage à d’autres, sur des mondes inventés
          weigh     dit ce que coûte et apporte chaque poids de ce que les personnes ont voulu
          audit     dit comment des groupes passent chaque étape, et par quels critères
          evaluate  mesure l’ordre qu’un modèle donne à des listes

        « VERBE --help » donne les options d'un verbe.
        """);
    return 0;
}

static int Unknown(string verb)
{
    Console.Error.WriteLine($"Le verbe « {verb} » n'existe pas. Verbes connus : sample, card, titles, simulate, train, score, evaluate, compare, weigh, audit. Aide : --help.");
    return 2;
}
