using Matching.Benchmarks;
using Matching.Benchmarks.Text;

const string Usage =
    """
    dotnet run -c Release --project tests/Matching.Benchmarks -- thread [--people 100000] [--requests 200] [--json]
        first page after an empty start, import of 10,000 rows, ranked list over HTTP and resident memory with that many people
    … -- scoring [--rows 1048576] [--features 24] [--kernel auto|vbmi|avx2|portable] [--runs 300] [--json]
        filters, exact score of every row, best hundred with explanations, against the other kernels and row after row; all must agree
    … -- service [--people 1000000] [--requests 400] [--kernel auto|vbmi|avx2|portable] [--search-only] [--folder DIR] [--json]
        the running host over loopback: ranked list with twenty explanations, one client and eight; or the search alone, in this process
    … -- dossier [--people 20] [--runs 20] [--json]
        the dossier of that many people as PDF, DOCX and page over loopback, and the company's page
    … -- board [--people 500] [--requests 200] [--json]
        the board of a posting with that many preselected people over loopback, a step for many and its undo
    … -- update [--people 100000] [--changes 100] [--folder DIR] [--json]
        from the commit of a change to the list that shows it, while others read and write
    … -- start [--people 1000000] [--runs 3] [--folder DIR] [--json]
        everyone in memory from the snapshot file and from the database
    … -- memory [--people 1000000] [--folder DIR] [--json]
        bytes a person, texts included
    … -- assignment [--postings 2000] [--arcs 200] [--people 20000] [--shown 10] [--most 3] [--json]
        sharing people out among postings: time, proof of optimality, people reached
    … -- pooling [--postings 20,80,150,300] [--runs 5] [--seed 1] [--json]
        open postings joined into jobs that last: share of the hours, distance to the best at most, time
    … -- training [--rows 100000] [--bags 14] [--runs 3] [--json]
        a ranker learned from an invented world, with 24 nameless features
    … -- text [--docs 200000] [--queries 500] [--alone] [--json]
        filtered free text, best hundred, against Lucene 8, SQLite FTS5 and PostgreSQL in the same run
    … -- titles [--queries N] [--json]
        job titles to the ROME, on titles made from the open files of the ROME, against untuned BM25; at most so many titles of each set
    … -- analyse [--reference DIR] [--runs 50] [--json]
        one job profile read, with the official files of that folder or with what is built in
    … -- import [--rows 60000] [--sheet-rows 200000] [--Database:ConnectionString "Host=…;Database=…"] [--json]
        a CSV and a large workbook into SQLite, or into that empty PostgreSQL database: rows a second, time, peak memory
    … -- reference DIR [--json]
        the official files of that folder into an empty database
    """;

WarnOfUnknown(args);

// Figures are printed, never asserted: a shared machine would make such a test lie.
return args switch
{
    ["thread", .. var options] => await ThreadBenchmark.RunAsync(options),
    ["scoring", .. var options] => ScoringBenchmark.Run(new Options(options)),
    ["service", .. var options] => await ServiceBenchmark.RunAsync(new Options(options)),
    ["dossier", .. var options] => await DossierBenchmark.RunAsync(new Options(options)),
    ["board", .. var options] => await BoardBenchmark.RunAsync(new Options(options)),
    ["update", .. var options] => await UpdateBenchmark.RunAsync(new Options(options)),
    ["start", .. var options] => await StartBenchmark.RunAsync(new Options(options)),
    ["memory", .. var options] => await MemoryBenchmark.RunAsync(new Options(options)),
    ["assignment", .. var options] => AssignmentBenchmark.Run(options),
    ["pooling", .. var options] => PoolingBenchmark.Run(new Options(options)),
    ["training", .. var options] => TrainingBenchmark.Run(options),
    ["text", .. var options] => TextBenchmark.Run(options),
    ["titles", .. var options] => TitlesBenchmark.Run(options),
    ["analyse", .. var options] => await AnalyseBenchmark.RunAsync(new Options(options)),
    ["import", .. var options] => ImportBenchmark.Run(options),
    ["reference", .. var options] => ImportBenchmark.RunReference(options),
    _ => Help(),
};

static int Help()
{
    Console.WriteLine(Usage);
    return 2;
}

// A figure measured without what was asked for would be taken for another. What a command knows is what its line of the help names.
static void WarnOfUnknown(string[] args)
{
    var known = Usage.Split('\n').FirstOrDefault(line => args.Length > 0 && line.Contains($"-- {args[0]} ", StringComparison.Ordinal));
    foreach (var option in args.Where(it => known is not null && it.StartsWith("--", StringComparison.Ordinal) && !known.Contains($"[{it}", StringComparison.Ordinal)))
    {
        Console.Error.WriteLine($"{option} is no option of {args[0]}: the run goes on without it.");
    }
}
