using System.Text.RegularExpressions;
using Matching.House.Tests.Reading;

namespace Matching.House.Tests;

/// <summary>One door to the database, one clock, and slices that do not know each other.</summary>
public sealed partial class PlatformTests
{
    private const string Web = "src/Matching.Web";

    [Fact]
    public void Only_the_database_class_opens_connections() =>
        Faults.None(Found(Connection(), Repository.CSharpUnder("src"), except: [Web + "/Platform/Database.cs"]));

    [Fact]
    public void Only_the_french_calendar_reads_the_clock()
    {
        Faults.None(Found(Clock(), Repository.CSharp, except: []));

        // The system's clock is handed to the calendar where services are registered, and nobody else asks it the time.
        Faults.None(Found(SystemClock(), Repository.CSharpUnder("src"), except: [Web + "/Platform/PlatformServices.cs"]));
        Faults.None(Found(AskTheTime(), Repository.CSharpUnder("src"), except: [Web + "/Platform/FrenchCalendar.cs"]));
    }

    [Fact]
    public void Ids_are_ordered_by_time() => Faults.None(Found(RandomId(), Repository.CSharp, except: []));

    [Fact]
    public void Pages_read_neither_the_clock_nor_the_database()
    {
        var found = Repository.Files(".razor")
            .SelectMany(path => Regex.Matches(Repository.Text(path), $"{Clock()}|{AskTheTime()}|{Connection()}|\\bDapper\\b").Select(match => $"{path}: {match.Value}"));
        Faults.None(found);
    }

    [Fact]
    public void No_slice_knows_another_slice()
    {
        // The verbs of the terminal put slices together, as Program.cs does; the platform itself stands below every slice.
        string[] composition = [Web + "/Program.cs", Web + "/Verbs/", Web + "/Demonstrations/"];
        string[] shared = ["Platform", "Layout"];
        var slices = Repository.Files(".cs", ".razor").Where(path => path.StartsWith(Web + "/", StringComparison.Ordinal)).Select(path => path.Split('/')[2]).Distinct().ToHashSet();
        var found = Repository.Files(".cs", ".razor")
            .Where(path => path.StartsWith(Web + "/", StringComparison.Ordinal) && !composition.Any(place => path.StartsWith(place, StringComparison.Ordinal)))
            .SelectMany(path => SliceName().Matches(Repository.Text(path)).Select(match => (path, Slice: match.Groups[1].Value)))
            .Where(it => it.Slice != it.path.Split('/')[2] && slices.Contains(it.Slice) && !shared.Contains(it.Slice))
            .Select(it => $"{it.path} knows {it.Slice}");
        Faults.None(found.Distinct());
    }

    private static IEnumerable<string> Found(Regex words, IEnumerable<SourceFile> files, string[] except) =>
        files.Where(file => !except.Contains(file.Path)).SelectMany(file => words.Matches(file.Code).Select(match => $"{file.Where(match.Index)} {match.Value}"));

    [GeneratedRegex(@"\bnew (Sqlite|Npgsql)Connection\s*\(|\bNpgsqlDataSource\b|\bDbProviderFactor\w+|\bOpenConnection(Async)?\(")]
    private static partial Regex Connection();

    [GeneratedRegex(@"\bDateTime(Offset)?\.(Now|UtcNow|Today)\b|\bEnvironment\.TickCount")]
    private static partial Regex Clock();

    [GeneratedRegex(@"\bTimeProvider\.System\b")]
    private static partial Regex SystemClock();

    [GeneratedRegex(@"\.(GetUtcNow|GetLocalNow)\(")]
    private static partial Regex AskTheTime();

    [GeneratedRegex(@"\bGuid\.NewGuid\b")]
    private static partial Regex RandomId();

    [GeneratedRegex(@"\bMatching\.Web\.([A-Z]\w+)")]
    private static partial Regex SliceName();
}
