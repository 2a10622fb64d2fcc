using System.Globalization;
using System.Text;
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

    /// <summary>Letters without accent, in lower case: what a mail address holds.</summary>
    public static string Plain(string name) =>
        string.Concat(name.Normalize(NormalizationForm.FormD).Where(char.IsAsciiLetter)).ToLowerInvariant();
}
