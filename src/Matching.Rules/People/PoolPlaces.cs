namespace Matching.Rules.People;

/// <summary>From what is written of the home (INSEE code, or postal code and name) to one commune; never a guess between two.</summary>
internal static class PoolPlaces
{
    private const int ChoicesShown = 8;

    /// <summary>The postal code with the leading zero that a spreadsheet ate; "" when there is none.</summary>
    public static string PostalCodeOf(PoolCells cells)
    {
        var text = cells[PoolColumns.PostalCode].Replace(" ", "", StringComparison.Ordinal);
        return text.Length == 4 && text.All(char.IsAsciiDigit) ? "0" + text : text;
    }

    /// <summary>The INSEE code; "" with an error when the commune is not known for sure.</summary>
    public static string Read(PoolCells cells)
    {
        var postal = PostalCodeOf(cells);
        if (postal.Length > 0 && (postal.Length != 5 || !postal.All(char.IsAsciiDigit)))
        {
            return cells.FailAs(PoolColumns.PostalCode, "Un code postal a cinq chiffres.", "Corriger le code postal, ou donner le code INSEE.", "");
        }

        var insee = cells[PoolColumns.InseeCode].ToUpperInvariant();
        if (insee.Length > 0)
        {
            insee = insee.Length == 4 ? "0" + insee : insee;
            return cells.Context.ByInsee(insee) is { } known
                ? known.InseeCode
                : cells.FailAs(PoolColumns.InseeCode, "Aucune commune n’a ce code INSEE.", "Corriger le code, ou le laisser vide et donner code postal et commune.", "");
        }

        var name = PoolMeanings.CommuneName(cells[PoolColumns.Commune]);
        if (name.Length > 0 && cells.Context.ByName(name).Count == 0
            && cells.Context.ByInsee(cells.Context.Meanings.Of(MeaningKind.Commune, PoolMeanings.Commune(name, postal)) ?? "") is { } chosen)
        {
            return chosen.InseeCode;
        }

        return (postal.Length > 0, name.Length > 0) switch
        {
            (false, false) => cells.FailAs(PoolColumns.Commune, "La commune manque.", "Remplir code_postal et commune, ou code_insee.", ""),
            (true, false) => OnlyPostalCode(cells, postal),
            (false, true) => OnlyName(cells, name),
            _ => Both(cells, postal, name),
        };
    }

    private static string OnlyPostalCode(PoolCells cells, string postal)
    {
        var found = cells.Context.ByPostalCode(postal);
        return found.Count switch
        {
            0 => UnknownPostalCode(cells, null),
            1 => found[0].InseeCode,
            _ => cells.FailAs(PoolColumns.Commune, $"Plusieurs communes ont le code postal {postal}.", $"Préciser laquelle : {Shown(found)}.", ""),
        };
    }

    private static string OnlyName(PoolCells cells, string name)
    {
        var found = cells.Context.ByName(name);
        return found.Count switch
        {
            0 => UnknownName(cells, cells.Context.Near(name)),
            1 => found[0].InseeCode,
            _ => cells.FailAs(PoolColumns.Commune, "Plusieurs communes portent ce nom.", $"Ajouter le code postal, ou le code INSEE de la bonne : {Shown(found)}.", ""),
        };
    }

    private static string Both(PoolCells cells, string postal, string name)
    {
        var ofPostal = cells.Context.ByPostalCode(postal);
        var ofName = cells.Context.ByName(name);
        var both = ofPostal.Where(commune => ofName.Any(other => other.InseeCode == commune.InseeCode)).ToList();
        if (both.Count == 1)
        {
            return both[0].InseeCode;
        }

        if (both.Count > 1)
        {
            return cells.FailAs(PoolColumns.Commune, $"Plusieurs communes portent ce nom dans le code postal {postal}.", $"Donner le code INSEE de la bonne : {Shown(both)}.", "");
        }

        if (ofPostal.Count == 0)
        {
            return UnknownPostalCode(cells, ofName);
        }

        return ofName.Count > 0
            ? cells.FailAs(PoolColumns.Commune, $"Cette commune n’a pas le code postal {postal}.", $"Corriger l’un des deux : {Shown([.. ofName, .. ofPostal])}.", "")
            : UnknownName(cells, [.. ofPostal]);
    }

    private static string UnknownPostalCode(PoolCells cells, IReadOnlyList<HomeCommune>? ofName) =>
        cells.FailAs(PoolColumns.PostalCode, "Aucune commune n’a ce code postal.", ofName is { Count: > 0 }
            ? $"Corriger le code postal : {Shown(ofName)}."
            : "Corriger le code postal, ou donner le code INSEE.", "");

    private static string UnknownName(PoolCells cells, IReadOnlyList<HomeCommune> near) =>
        cells.FailAs(PoolColumns.Commune, "Commune inconnue.", near.Count > 0
            ? $"Corriger le nom. Peut-être : {Shown(near)} ?"
            : "Vérifier le nom, ou donner le code INSEE.", "");

    private static string Shown(IReadOnlyList<HomeCommune> choices) =>
        string.Join(" ; ", choices.DistinctBy(choice => choice.InseeCode).Take(ChoicesShown)
            .Select(choice => $"{choice.Name} ({choice.PostalCodes.Replace("|", ", ", StringComparison.Ordinal)}, INSEE {choice.InseeCode})"))
        + (choices.Count > ChoicesShown ? " ; …" : "");
}
