using System.Globalization;
using Bogus;

namespace Matching.Lab.Sample;

/// <summary>First and last names, half from Bogus and half from our list of usual names; a pair is never given twice.</summary>
public sealed class NameDraw
{
    private readonly HashSet<string> _given = new(StringComparer.Ordinal);
    private readonly Dictionary<char, string[]> _usual = Material.Lines("noms.txt").ToDictionary(line => line[0], line => line[2..].Split(' '));

    /// <summary>A new pair, with its accents; the last name with a capital at each word.</summary>
    public (string First, string Last) Next(Faker faker, bool isWoman)
    {
        ArgumentNullException.ThrowIfNull(faker);
        for (var tries = 0; tries < 1_000; tries++)
        {
            var first = faker.Random.Chance(0.6)
                ? faker.Random.OneOf(_usual[isWoman ? 'F' : 'M'])
                : faker.Name.FirstName(isWoman ? Bogus.DataSets.Name.Gender.Female : Bogus.DataSets.Name.Gender.Male);
            var last = faker.Random.Chance(0.4)
                ? faker.Random.OneOf(_usual['N'])
                : CultureInfo.InvariantCulture.TextInfo.ToTitleCase(faker.Name.LastName());
            if (_given.Add(Plain(first) + "." + Plain(last)))
            {
                return (first, last);
            }
        }

        throw new InvalidOperationException("The name lists are too short for so many people.");
    }

    /// <summary>
    /// Letters without accent, in lower case: what a mail address holds. A table, because Unicode normalisation depends on
    /// the machine (it does nothing where globalization is invariant) and the files must not.
    /// </summary>
    public static string Plain(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return string.Concat(name.ToLowerInvariant().Select(WithoutAccent).Where(char.IsAsciiLetter));
    }

    private static char WithoutAccent(char letter)
    {
        var place = "àâäáéèêëîïíôöóùûüúçñ".IndexOf(letter, StringComparison.Ordinal);
        return place < 0 ? letter : "aaaaeeeeiiiooouuuucn"[place];
    }
}
