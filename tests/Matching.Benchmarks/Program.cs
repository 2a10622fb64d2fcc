using Matching.Benchmarks;

// Figures are printed, never asserted: a shared machine would make such a test lie.
return args switch
{
    ["thread", .. var options] => await ThreadBenchmark.RunAsync(options),
    ["assignment", .. var options] => AssignmentBenchmark.Run(options),
    _ => Help(),
};

static int Help()
{
    Console.WriteLine(
        """
        dotnet run -c Release --project tests/Matching.Benchmarks -- thread [--people 100000] [--requests 200] [--json]
            first page after an empty start, import of 10,000 rows, ranked list over HTTP and resident memory with that many people
        … -- assignment [--postings 2000] [--arcs 200] [--people 20000] [--shown 10] [--most 3] [--json]
            sharing people out among postings: time, proof of optimality, people reached
        """);
    return 2;
}
