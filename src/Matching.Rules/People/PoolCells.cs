using System.Globalization;
using System.Text.RegularExpressions;

namespace Matching.Rules.People;

/// <summary>The cells of one row while it is read, with what was found wrong so far.</summary>
internal sealed partial class PoolCells(Func<PoolColumn, string> valueOf, PoolContext context)
{
    private const int ShownLength = 80;
    private List<RowIssue>? errors;
    private List<RowIssue>? warnings;

    public PoolContext Context => context;

    public IReadOnlyList<RowIssue> Errors => errors ?? [];

    public IReadOnlyList<RowIssue> Warnings => warnings ?? [];

    /// <summary>The text of a cell, trimmed of every kind of space.</summary>
    public string this[PoolColumn column] => valueOf(column).Trim().Trim('\u00a0', '\u200b', '\ufeff').Trim();

    /// <summary>True for what a spreadsheet leaves of a long number: <c>1,23457E+13</c>.</summary>
    public static bool IsAbridgedNumber(string text) => AbridgedNumber().IsMatch(text);

    public void Fail(PoolColumn column, string wrong, string mend, string? value = null) =>
        (errors ??= []).Add(new RowIssue(column.Name, (value ?? this[column]).Shortened(ShownLength), wrong, mend));

    public T FailAs<T>(PoolColumn column, string wrong, string mend, T instead)
    {
        Fail(column, wrong, mend);
        return instead;
    }

    public void Warn(PoolColumn column, string wrong, string mend, string? value = null) =>
        (warnings ??= []).Add(new RowIssue(column.Name, (value ?? this[column]).Shortened(ShownLength), wrong, mend));

    public string Required(PoolColumn column)
    {
        var text = this[column];
        if (text.Length == 0)
        {
            Fail(column, "La valeur manque.", $"Remplir : {(char.IsLower(column.Content[1]) ? char.ToLowerInvariant(column.Content[0]) : column.Content[0])}{column.Content[1..]}");
        }

        return text;
    }

    /// <summary>A required text on one line, at most <paramref name="max"/> characters.</summary>
    public string Text(PoolColumn column, int max)
    {
        var text = Required(column);
        if (text.Length > max)
        {
            Fail(column, $"Le texte a {text.Length} caractères.", $"Écrire {max} caractères au plus.");
        }
        else if (text.Any(char.IsControl))
        {
            Fail(column, "Le texte contient un retour à la ligne ou un caractère invisible.", "Écrire sur une seule ligne.");
        }

        return text;
    }

    /// <summary>The parts between <c>|</c>, without the empty ones; an error when there are too many or one is too long.</summary>
    public IReadOnlyList<string> List(PoolColumn column)
    {
        var text = this[column];
        if (text.Length == 0)
        {
            return [];
        }

        var parts = text.Split('|', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (parts.Length > PoolRow.MaximumListItems)
        {
            Fail(column, $"La liste a {parts.Length} éléments.", $"Garder les {PoolRow.MaximumListItems} plus utiles.");
            return [];
        }

        foreach (var part in parts)
        {
            if (part.Length > PoolRow.MaximumItemLength)
            {
                Fail(column, $"Un élément de la liste a {part.Length} caractères.", $"Écrire {PoolRow.MaximumItemLength} caractères au plus, et séparer les éléments par |.", part);
                return [];
            }
        }

        return parts;
    }

    /// <summary>A whole number between two bounds, both included; a unit at the end (<c>35 h</c>, <c>20 km</c>) is read over.</summary>
    public int? Number(PoolColumn column, int min, int max, string unit)
    {
        var text = this[column];
        if (text.Length == 0)
        {
            return null;
        }

        var ofUnits = unit[0] == 'h' ? $"d’{unit}" : $"de {unit}";
        var match = NumberWithUnit().Match(text);
        if (!match.Success || !decimal.TryParse(match.Groups[1].Value.Replace(',', '.'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
        {
            return FailAs<int?>(column, "Ce n’est pas un nombre.", $"Écrire un nombre entier {ofUnits}, par exemple {column.Example.IfEmpty("20")}.", null);
        }

        if (number < min || number > max)
        {
            return FailAs<int?>(column, $"Ce nombre {ofUnits} n’est pas possible.", $"Écrire un nombre entre {min} et {max}.", null);
        }

        if (number != decimal.Truncate(number))
        {
            Warn(column, $"Nombre arrondi à {decimal.Truncate(number):0} {unit}.", "Écrire un nombre entier si cet arrondi ne convient pas.");
        }

        return (int)number;
    }

    public DateOnly? RequiredDay(PoolColumn column) => Required(column).Length == 0 ? null : Day(column);

    /// <summary>A day of the person's life that cannot be in the future.</summary>
    /// <param name="bornOn">The default day when it could not be read.</param>
    public DateOnly? PastDay(PoolColumn column, DateOnly bornOn) => Lived(column, Day(column), bornOn, null);

    /// <summary>A day that was read, null with an error when it is in the future or before the birth.</summary>
    /// <param name="value">What the error shows; null for the whole cell.</param>
    public DateOnly? Lived(PoolColumn column, DateOnly? day, DateOnly bornOn, string? value)
    {
        if (day > context.Day)
        {
            Fail(column, "Cette date est dans l’avenir.", "Vérifier l’année.", value);
            return null;
        }

        return SinceBirth(column, day, bornOn, value);
    }

    /// <summary>A day that was read and may be to come, null with an error when it is before the birth.</summary>
    /// <inheritdoc cref="Lived"/>
    public DateOnly? SinceBirth(PoolColumn column, DateOnly? day, DateOnly bornOn, string? value)
    {
        if (day < bornOn)
        {
            Fail(column, "Cette date est avant la naissance de la personne.", "Vérifier l’année.", value);
            return null;
        }

        return day;
    }

    public DateOnly? Day(PoolColumn column) => this[column] is { Length: > 0 } text ? Day(column, text) : null;

    /// <summary>A day written in a cell or in a part of one; the error shows that part.</summary>
    public DateOnly? Day(PoolColumn column, string text)
    {
        if (WrittenDays.TryReadSerial(text, out var counted))
        {
            Warn(column, $"Nombre de tableur lu comme le {counted.ToString("dd/MM/yyyy", CultureInfo.InvariantCulture)}.", "Donner à la colonne un format de date si ce jour n’est pas le bon.", text);
            return counted;
        }

        if (WrittenDays.TryRead(text, out var day, out var wrong))
        {
            return day;
        }

        Fail(column, wrong, WrittenDays.HowToWrite, text);
        return null;
    }

    [GeneratedRegex(@"^[0-9](?:[.,][0-9]+)?[Ee]\+[0-9]{1,2}$", RegexOptions.CultureInvariant)]
    private static partial Regex AbridgedNumber();

    [GeneratedRegex(@"^([0-9]{1,6}(?:[.,][0-9]{1,2})?)\s*(?:h|heures?|min|minutes?|mn|km|mois)?$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex NumberWithUnit();
}

internal static class TextChoices
{
    public static string IfEmpty(this string text, string other) => text.Length == 0 ? other : text;
}
