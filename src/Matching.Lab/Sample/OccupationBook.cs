namespace Matching.Lab.Sample;

/// <summary>One ROME 4 occupation: its code, its ROME 3 parent, its titles (the first one is its name) and the certificates people of that trade hold.</summary>
public sealed record Occupation(string Code, string Parent, string Family, IReadOnlyList<string> Titles, IReadOnlyList<string> Certificates)
{
    public string Name => Titles[0];
}

/// <summary>A step from one ROME 3 code to another: near, or an evolution.</summary>
public sealed record Mobility(string From, string To, bool IsEvolution);

/// <summary>
/// The occupations of the samples. Codes, parents and names are those of ROME 4; the other titles, the skills and the
/// steps between trades are written for the samples.
/// </summary>
public sealed class OccupationBook
{
    public required IReadOnlyList<Occupation> Occupations { get; init; }

    /// <summary>Skill labels by ROME 3 code; the same label under two codes is the same skill.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<string>> Skills { get; init; }

    public required IReadOnlyList<Mobility> Mobilities { get; init; }

    public static OccupationBook Read()
    {
        var occupations = new List<Occupation>();
        var skills = new SortedDictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        foreach (var name in Material.NamesIn("Occupations/"))
        {
            ReadFamilies(Material.Lines(name), occupations, skills);
        }

        return new()
        {
            Occupations = [.. occupations.OrderBy(o => o.Code, StringComparer.Ordinal)],
            Skills = skills,
            Mobilities = [.. ReadMobilities(Material.Lines("mobilites.txt"))],
        };
    }

    /// <summary>Marks: ~ family, = ROME 3 code, * skill, &gt; occupation, - title, + certificates of the occupation above.</summary>
    private static void ReadFamilies(IEnumerable<string> lines, List<Occupation> occupations, SortedDictionary<string, IReadOnlyList<string>> skills)
    {
        var (family, parent) = ("", "");
        var (parentSkills, titles) = (new List<string>(), new List<string>());
        foreach (var line in lines)
        {
            var text = line[2..];
            switch (line[0])
            {
                case '~':
                    family = text;
                    break;
                case '=':
                    parent = text;
                    skills.Add(parent, parentSkills = []);
                    break;
                case '*':
                    parentSkills.Add(text);
                    break;
                case '>':
                    titles = [text[6..]];
                    occupations.Add(new(text[..5], parent, family, titles, []));
                    break;
                case '-':
                    titles.Add(text);
                    break;
                case '+':
                    occupations[^1] = occupations[^1] with { Certificates = text.Split(' ') };
                    break;
                default:
                    throw new InvalidOperationException($"Unknown mark in the occupations: {line}");
            }
        }
    }

    /// <summary>"FROM: NEAR NEAR | EVOLUTION".</summary>
    private static IEnumerable<Mobility> ReadMobilities(IEnumerable<string> lines)
    {
        foreach (var line in lines)
        {
            var sides = line[6..].Split('|');
            for (var side = 0; side < sides.Length; side++)
            {
                foreach (var to in sides[side].Split(' ', StringSplitOptions.RemoveEmptyEntries))
                {
                    yield return new(line[..5], to, IsEvolution: side == 1);
                }
            }
        }
    }
}
