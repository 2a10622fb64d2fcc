using System.Globalization;
using System.Text;
using Matching.Lab.Lists;

namespace Matching.Lab.Tests;

/// <summary>Small lists of nameless people, with features that no trainer has heard of.</summary>
internal static class InventedLists
{
    public const string Header = "list_id,posting_id,employer_id,day,rank_shown,opened,label,zut,flop,bof\n";

    public const string Features = """
        [{"name":"zut","bins":8,"direction":"+"},
         {"name":"flop","bins":5,"direction":"-"},
         {"name":"bof","bins":4,"direction":"0"}]
        """;

    /// <summary>Label rises with zut and falls with flop; bof is noise. One zut cell in ten is empty.</summary>
    public static string Csv(int lists, int rows, int seed, Func<Random, int, int, int>? labelOf = null)
    {
        var random = new Random(seed);
        var csv = new StringBuilder(Header);
        for (var list = 0; list < lists; list++)
        {
            for (var row = 0; row < rows; row++)
            {
                var (zut, flop, bof) = (random.Next(8), random.Next(5), random.Next(4));
                var worth = zut - (1.5 * flop) + (2 * (random.NextDouble() - 0.5));
                var label = labelOf?.Invoke(random, zut, flop) ?? Math.Clamp((int)(worth - 2), 0, 4);
                var seen = random.Next(10) == 0 ? "" : zut.ToString(CultureInfo.InvariantCulture);
                csv.Append(CultureInfo.InvariantCulture, $"l{list},p{list},e{list % 12},{list},{row + 1},{(random.Next(3) == 0 ? 0 : 1)},{label},{seen},{flop},{bof}\n");
            }
        }

        return csv.ToString();
    }

    /// <summary>The same with the column that says what people wanted, from the cells of each line; empty for nobody knows.</summary>
    public static string WithWanted(string csv, Func<string[], string> wantedOf) =>
        string.Concat(csv.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select((line, at) => $"{line},{(at == 0 ? "wanted" : wantedOf(line.Split(',')))}\n"));

    public static RankedLists Read(string csv, string? features = null) => ListsFile.Read(new MemoryStream(Encoding.UTF8.GetBytes(csv)), FeaturesFile.Read(features ?? Features));
}
