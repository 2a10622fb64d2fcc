namespace Matching.Web.Platform;

/// <summary>What the program can be asked to do from a terminal.</summary>
/// <param name="Name">One or two words, as typed.</param>
/// <param name="Sentence">What it does, in French, for the help.</param>
/// <param name="Run">Gets the words after the name; options are in the configuration. Answers the exit code.</param>
public sealed record Verb(string Name, string Sentence, Func<WebApplication, IReadOnlyList<string>, Task<int>> Run)
{
    /// <summary>Exit code of bad usage, as shells expect it.</summary>
    public const int BadUsage = 2;
}
