using System.Text.RegularExpressions;

namespace Matching.Rules.People;

/// <summary>How the person can be reached: a phone or a mail, both checked for shape only.</summary>
internal static partial class PoolContact
{
    private const int MaximumMailLength = 254;

    public static (string? Phone, string? Email) Read(PoolCells cells)
    {
        var phone = Phone(cells);
        var email = cells[PoolColumns.Email];
        if (email.Length > 0 && (email.Length > MaximumMailLength || !Mail().IsMatch(email)))
        {
            cells.Fail(PoolColumns.Email, "Ce n’est pas une adresse de courriel.", "Écrire une seule adresse, par exemple prenom.nom@domaine.fr, ou laisser vide.");
        }

        if (email.Length == 0 && cells[PoolColumns.Phone].Length == 0)
        {
            cells.Fail(PoolColumns.Phone, "Ni téléphone ni courriel : personne ne pourrait joindre cette personne.", "Remplir l’un des deux, au besoin celui de l’accompagnateur.");
        }

        return (phone, email.Length == 0 ? null : email);
    }

    /// <summary>Ten digits in pairs; the zero that a spreadsheet ate is put back; a foreign number is kept with its +.</summary>
    private static string? Phone(PoolCells cells)
    {
        var text = cells[PoolColumns.Phone];
        if (text.Length == 0)
        {
            return null;
        }

        var plain = Separators().Replace(text.Replace("(0)", "", StringComparison.Ordinal), "");
        plain = plain.StartsWith("00", StringComparison.Ordinal) ? "+" + plain[2..] : plain;
        var national = plain.StartsWith("+33", StringComparison.Ordinal) ? "0" + plain[3..] : plain.Length == 9 && plain[0] is >= '1' and <= '9' ? "0" + plain : plain;
        if (National().IsMatch(national))
        {
            return $"{national[..2]} {national[2..4]} {national[4..6]} {national[6..8]} {national[8..]}";
        }

        return plain[0] == '+' && !plain.StartsWith("+33", StringComparison.Ordinal) && Foreign().IsMatch(plain)
            ? plain
            : cells.FailAs<string?>(PoolColumns.Phone, "Ce n’est pas un numéro de téléphone.", "Écrire un seul numéro de dix chiffres, par exemple 06 00 00 00 00.", null);
    }

    [GeneratedRegex(@"[\s.\-/\u00a0\u202f]", RegexOptions.CultureInvariant)]
    private static partial Regex Separators();

    [GeneratedRegex("^0[1-9][0-9]{8}$", RegexOptions.CultureInvariant)]
    private static partial Regex National();

    [GeneratedRegex(@"^\+[1-9][0-9]{7,14}$", RegexOptions.CultureInvariant)]
    private static partial Regex Foreign();

    [GeneratedRegex(@"^[^@\s;,<>""]+@[^@\s;,<>""]+\.[^@\s;,<>"".]{2,}$", RegexOptions.CultureInvariant)]
    private static partial Regex Mail();
}
