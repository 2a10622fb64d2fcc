namespace Matching.Benchmarks.Text;

/// <summary>What one index did with the corpus: null where it does not do that apart.</summary>
/// <param name="SearchMs">Each query, the best hundred without their ids.</param>
/// <param name="WithIdsMs">Each query, the best hundred with their ids.</param>
/// <param name="Found">Texts found by all queries together, counted exactly; texts that do not pass the filter are not found.</param>
public sealed record TextRun(string Name, double IndexSeconds, IReadOnlyList<double>? SearchMs, IReadOnlyList<double> WithIdsMs, long Found);

/// <summary>A peer that is not there, and what to install.</summary>
public sealed record MissingPeer(string Name, string Install);
