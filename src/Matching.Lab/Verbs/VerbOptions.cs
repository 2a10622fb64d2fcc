using System.Globalization;

namespace Matching.Lab.Verbs;

/// <summary>The options of a verb, as they were typed: <c>--name value</c>, or <c>--name</c> alone for a switch.</summary>
public sealed class VerbOptions
{
    private readonly Dictionary<string, string> values = new(StringComparer.Ordinal);

    private VerbOptions(string? refusal) => Refusal = refusal;

    /// <summary>A French sentence when an option is unknown, twice there, or has no value.</summary>
    public string? Refusal { get; private set; }

    /// <param name="switches">Options without a value.</param>
    public static VerbOptions Read(IReadOnlyList<string> typed, IReadOnlyList<string> known, IReadOnlyList<string> switches)
    {
        ArgumentNullException.ThrowIfNull(typed);
        ArgumentNullException.ThrowIfNull(known);
        ArgumentNullException.ThrowIfNull(switches);
        var options = new VerbOptions(null);
        for (var at = 0; at < typed.Count; at++)
        {
            var name = typed[at];
            if (!known.Contains(name) && !switches.Contains(name))
            {
                return new VerbOptions($"L’option « {name} » n’existe pas. Options : {string.Join(", ", known.Concat(switches))}.");
            }

            var isSwitch = switches.Contains(name);
            // A value that begins like an option is the next option, and its own was left out: a file can be named ./--so.
            if (!isSwitch && (at + 1 == typed.Count || string.IsNullOrWhiteSpace(typed[at + 1]) || typed[at + 1].StartsWith("--", StringComparison.Ordinal)))
            {
                return new VerbOptions($"L’option {name} attend une valeur.");
            }

            if (!options.values.TryAdd(name, isSwitch ? "" : typed[++at]))
            {
                return new VerbOptions($"L’option {name} est écrite deux fois.");
            }
        }

        return options;
    }

    public bool Has(string name) => values.ContainsKey(name);

    public string? Text(string name) => values.GetValueOrDefault(name);

    public string Text(string name, string otherwise) => values.GetValueOrDefault(name, otherwise);

    /// <exception cref="InvalidDataException">The option is absent.</exception>
    public string Needed(string name) => Text(name) ?? throw new InvalidDataException($"L’option {name} manque.");

    /// <exception cref="InvalidDataException">The value is not a whole number between the bounds.</exception>
    public int Number(string name, int otherwise, int from, int to) =>
        Text(name) is not { } text ? otherwise
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= from && value <= to ? value
        : throw new InvalidDataException($"{name} attend un nombre entier de {from} à {to} ; reçu « {text} ».");

    /// <exception cref="InvalidDataException">The value is not a number, with a point, between 0 and the bound.</exception>
    public double Share(string name, double otherwise, double to) =>
        Text(name) is not { } text ? otherwise
        : double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) && value <= to ? value
        : throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture, $"{name} attend un nombre de 0 à {to} ; reçu « {text} »."));
}
