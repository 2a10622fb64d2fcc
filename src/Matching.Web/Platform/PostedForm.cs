using System.Globalization;
using System.Net.Mail;
using Matching.Rules;
using Matching.Rules.Markets;
using Microsoft.Extensions.Primitives;

namespace Matching.Web.Platform;

/// <summary>
/// What a browser posted, kept as typed so that the page can show it again, with the errors found while reading it. An endpoint takes it
/// as a parameter; the reading methods answer null (or "") and add a French sentence when a value cannot be used.
/// </summary>
public sealed class PostedForm
{
    /// <summary>Nothing here happens before or after: births, contracts, marchés.</summary>
    private const int FirstYear = 1900;
    private const int LastYear = 2199;

    /// <summary>Letters of a wrong value that its error repeats.</summary>
    internal const int ShownLength = 40;

    private static readonly CultureInfo French = CultureInfo.GetCultureInfo("fr-FR");
    private readonly Dictionary<string, StringValues> values;
    private readonly IFormFileCollection? files;

    private PostedForm(Dictionary<string, StringValues> values, IFormFileCollection? files) => (this.values, this.files) = (values, files);

    public FormErrors Errors { get; } = new();

    /// <summary>The value as typed, trimmed; "" when absent.</summary>
    public string this[string name] => values.TryGetValue(name, out var found) ? Clean(found.ToString()) : "";

    /// <summary>True when the form has this field, even empty.</summary>
    public bool Has(string name) => values.ContainsKey(name);

    /// <summary>A form to show, filled from stored values.</summary>
    public static PostedForm Of(params (string Name, string? Value)[] values) =>
        new(values.ToDictionary(pair => pair.Name, pair => new StringValues(pair.Value ?? "")), null);

    public static async ValueTask<PostedForm?> BindAsync(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (!context.Request.HasFormContentType)
        {
            return Of();
        }

        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        return new PostedForm(form.ToDictionary(pair => pair.Key, pair => pair.Value), form.Files);
    }

    /// <summary>Every value as typed, repeated fields in their order: for the page that keeps them hidden until a later post.</summary>
    public IEnumerable<(string Name, string Value)> Pairs => values.SelectMany(pair => pair.Value.Select(value => (pair.Key, Clean(value ?? ""))));

    /// <summary>The same form with other values in one field.</summary>
    public PostedForm With(string name, IEnumerable<Guid> ids) =>
        new(new Dictionary<string, StringValues>(values) { [name] = new StringValues([.. ids.Select(id => id.ToString())]) }, files);

    /// <summary>Every value of a repeated field (ticked boxes, multiple choice).</summary>
    public IReadOnlyList<string> All(string name) =>
        values.TryGetValue(name, out var found) ? [.. found.Select(value => Clean(value ?? "")).Where(value => value.Length > 0)] : [];

    public bool Checked(string name) => this[name] is "on" or "true" or "oui" or "1";

    /// <summary>The uploaded file, null when none was chosen.</summary>
    public IFormFile? File(string name) => files?.GetFile(name) is { Length: > 0 } file ? file : null;

    /// <summary>A required text of at most <paramref name="max"/> characters.</summary>
    public string Text(string name, string label, int max = 200)
    {
        var text = OptionalText(name, label, max);
        if (text is null && Errors[name].Count == 0)
        {
            Errors.Add(name, $"{label} : à remplir.");
        }

        return text ?? "";
    }

    public string? OptionalText(string name, string label, int max = 200)
    {
        var text = this[name];
        if (text.Length > max)
        {
            Errors.Add(name, $"{label} : {text.Length} caractères, c’est trop long. Écrire au plus {max} caractères.");
            return null;
        }

        return text.Length == 0 ? null : text;
    }

    public DateOnly? Day(string name, string label) => Required(name, label) ? OptionalDay(name, label) : null;

    /// <summary>A day written dd/mm/yyyy or yyyy-mm-dd.</summary>
    public DateOnly? OptionalDay(string name, string label)
    {
        var text = this[name];
        if (text.Length == 0)
        {
            return null;
        }

        if (DateOnly.TryParseExact(text, ["dd/MM/yyyy", "d/M/yyyy", "yyyy-MM-dd"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            if (day.Year is >= FirstYear and <= LastYear)
            {
                return day;
            }

            Errors.Add(name, $"{label} : l’année {day.Year} n’est pas possible. Écrire une année entre {FirstYear} et {LastYear}.");
            return null;
        }

        Errors.Add(name, $"{label} : « {text.Shortened(ShownLength)} » n’est pas une date qui existe. Écrire jour/mois/année, par exemple 05/11/2026.");
        return null;
    }

    public int? WholeNumber(string name, string label, int min, int max) => Required(name, label) ? OptionalWholeNumber(name, label, min, max) : null;

    public int? OptionalWholeNumber(string name, string label, int min, int max)
    {
        var number = OptionalNumber(name, label, min, max, decimals: 0);
        return number is null ? null : (int)number.Value;
    }

    public decimal? Number(string name, string label, decimal min, decimal max, int decimals = 2) =>
        Required(name, label) ? OptionalNumber(name, label, min, max, decimals) : null;

    /// <summary>A number written with a comma or a point, spaces allowed, between the bounds (both included).</summary>
    public decimal? OptionalNumber(string name, string label, decimal min, decimal max, int decimals = 2)
    {
        var text = this[name];
        if (text.Length == 0)
        {
            return null;
        }

        var plain = string.Concat(text.Where(letter => !char.IsWhiteSpace(letter))).Replace(',', '.');
        if (!decimal.TryParse(plain, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            || decimal.Round(number, decimals) != number)
        {
            Errors.Add(name, decimals == 0
                ? $"{label} : « {text.Shortened(ShownLength)} » n’est pas un nombre entier."
                : $"{label} : « {text.Shortened(ShownLength)} » n’est pas un nombre. Écrire par exemple 12,5.");
            return null;
        }

        if (number < min || number > max)
        {
            Errors.Add(name, $"{label} : écrire un nombre entre {min.ToString("#,0.##", French)} et {max.ToString("#,0.##", French)}.");
            return null;
        }

        return number;
    }

    /// <summary>One of the allowed codes; "" and an error otherwise.</summary>
    public string Choice(string name, string label, IEnumerable<string> allowed)
    {
        var chosen = this[name];
        if (chosen.Length > 0 && allowed.Contains(chosen, StringComparer.Ordinal))
        {
            return chosen;
        }

        Errors.Add(name, $"{label} : choisir une réponse dans la liste.");
        return "";
    }

    /// <summary>A required id; wrap it: <c>form.Id("marche", "Marché") is { } id ? new MarketId(id) : …</c>.</summary>
    public Guid? Id(string name, string label)
    {
        if (Guid.TryParse(this[name], out var id))
        {
            return id;
        }

        Errors.Add(name, $"{label} : choisir une réponse dans la liste.");
        return null;
    }

    public Siret? OptionalSiret(string name)
    {
        if (this[name].Length == 0)
        {
            return null;
        }

        if (Siret.TryParse(this[name], out var siret))
        {
            return siret;
        }

        Errors.Add(name, "SIRET : il faut 14 chiffres, dont la clé est juste. Le recopier depuis un document de l’organisation.");
        return null;
    }

    public string? OptionalEmail(string name, string label)
    {
        var typed = OptionalText(name, label);
        if (typed is null || (MailAddress.TryCreate(typed, out var mail) && mail.Address == typed && mail.Host.Contains('.', StringComparison.Ordinal)))
        {
            return typed;
        }

        Errors.Add(name, $"{label} : cette adresse n’est pas complète. Écrire par exemple nom@exemple.fr.");
        return null;
    }

    /// <summary>The ids of ticked boxes; what is not an id is ignored.</summary>
    public IReadOnlyList<Guid> Ids(string name) =>
        [.. All(name).Select(text => Guid.TryParse(text, out var id) ? id : (Guid?)null).OfType<Guid>().Distinct()];

    private bool Required(string name, string label)
    {
        if (this[name].Length > 0)
        {
            return true;
        }

        Errors.Add(name, $"{label} : à remplir.");
        return false;
    }

    // PostgreSQL refuses the NUL character, and no control character but the ends of lines and the tab belongs in a text.
    private static string Clean(string text) =>
        (text.Any(IsStray) ? string.Concat(text.Where(letter => !IsStray(letter))) : text).Trim();

    private static bool IsStray(char letter) => char.IsControl(letter) && letter is not ('\n' or '\r' or '\t');
}
