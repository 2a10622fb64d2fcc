using System.Globalization;
using System.Text.RegularExpressions;
using Matching.Rules.Eligibility;

namespace Matching.Rules.People;

/// <summary>Levels, shifts, mobility: the short lists of the pool file.</summary>
internal static partial class PoolLevels
{
    /// <summary>How the wish of a contract without end is written back.</summary>
    public const string WithoutEnd = "sans terme";

    private static readonly Dictionary<string, Shifts> ShiftWritings = Writings(
        PeopleVocabulary.Shifts.Select(row => (row.Code, row.Value)),
        ("journee", Shifts.Jour), ("matinee", Shifts.Matin), ("apres midi", Shifts.Soir), ("soiree", Shifts.Soir), ("weekend", Shifts.WeekEnd), ("we", Shifts.WeekEnd));

    private static readonly Dictionary<string, TransportMode> TransportWritings = Writings(
        PeopleVocabulary.TransportModes.Select(row => (row.Code, row.Value)),
        ("a pied", TransportMode.Pied), ("marche", TransportMode.Pied), ("bicyclette", TransportMode.Velo), ("trottinette", TransportMode.Velo),
        ("transport en commun", TransportMode.Transports), ("transports en commun", TransportMode.Transports), ("bus", TransportMode.Transports), ("train", TransportMode.Transports),
        ("tram", TransportMode.Transports), ("metro", TransportMode.Transports), ("scooter", TransportMode.DeuxRoues), ("moto", TransportMode.DeuxRoues),
        ("cyclomoteur", TransportMode.DeuxRoues), ("2 roues", TransportMode.DeuxRoues), ("auto", TransportMode.Voiture), ("vehicule", TransportMode.Voiture));

    /// <summary>3 to 8, and 2 for "infra 3".</summary>
    public static int? Qualification(PoolCells cells)
    {
        var text = FrenchKey.Of(cells[PoolColumns.Qualification]);
        text = text.StartsWith("niveau ", StringComparison.Ordinal) ? text[7..] : text;
        return text switch
        {
            "" => null,
            "infra 3" or "infra3" or "sans" or "sans diplome" => PublicCategories.BelowCap,
            // Signs count beside a number, as in a length of contract: "-3", "=3" and "(3)" are no level.
            [>= '2' and <= '8'] when Level().IsMatch(cells[PoolColumns.Qualification]) => text[0] - '0',
            _ => cells.FailAs<int?>(PoolColumns.Qualification, "Niveau inconnu.",
                "Écrire 3 à 8, ou infra 3. Ancienne échelle : V devient 3, IV devient 4, III devient 5, II devient 6, I devient 7.", null),
        };
    }

    /// <summary>1 (A1) to 6 (C2).</summary>
    public static int? French(PoolCells cells)
    {
        var text = cells[PoolColumns.French].ToUpperInvariant();
        if (text.Length == 0)
        {
            return null;
        }

        for (var i = 0; i < PeopleVocabulary.FrenchLevels.Count; i++)
        {
            if (PeopleVocabulary.FrenchLevels[i] == text)
            {
                return i + 1;
            }
        }

        return cells.FailAs<int?>(PoolColumns.French, "Niveau de français inconnu.", $"Écrire l’un de : {string.Join(", ", PeopleVocabulary.FrenchLevels)}.", null);
    }

    /// <summary>Months, years or no end; a kind of contract other than the one without end says no length.</summary>
    public static WishedContract? ContractLength(PoolCells cells)
    {
        const string Mend = "Écrire un nombre de mois de 1 à 60, par exemple 6, ou « sans terme » pour un CDI ; laisser vide si la personne n’a pas de souhait.";
        var text = FrenchKey.Of(cells[PoolColumns.ContractLength]);
        if (text.Length == 0)
        {
            return null;
        }

        if (text is WithoutEnd or "cdi" or "sans fin" or "indeterminee" or "duree indeterminee" or "contrat a duree indeterminee" or "indefinie")
        {
            return new WishedContract(null);
        }

        // Signs count here: "=6" is a formula, and "(6)" is how some spreadsheets write less than nothing.
        var match = Length().Match(string.Concat(cells[PoolColumns.ContractLength].Select(FrenchKey.Plain)));
        if (!match.Success)
        {
            return cells.FailAs<WishedContract?>(PoolColumns.ContractLength, "Ce n’est pas une durée de contrat.", Mend, null);
        }

        var isWritten = int.TryParse(match.Groups[1].Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var count) && count is >= 1 and <= WishedContract.MostMonths;
        var months = count * (match.Groups[2].Value.StartsWith("an", StringComparison.Ordinal) ? 12 : 1);
        return isWritten && months <= WishedContract.MostMonths
            ? new WishedContract(months)
            : cells.FailAs<WishedContract?>(PoolColumns.ContractLength, "Cette durée de contrat n’est pas possible.", Mend, null);
    }

    public static Shifts PossibleShifts(PoolCells cells)
    {
        var shifts = Shifts.None;
        foreach (var part in cells.List(PoolColumns.PossibleShifts))
        {
            if (ShiftWritings.TryGetValue(FrenchKey.Of(part), out var shift))
            {
                shifts |= shift;
            }
            else
            {
                cells.Fail(PoolColumns.PossibleShifts, "Horaire inconnu.", $"Écrire, séparés par | : {string.Join(", ", PeopleVocabulary.Shifts.Select(row => row.Code))}.", part);
            }
        }

        return shifts;
    }

    public static Mobility Mobility(PoolCells cells)
    {
        var minutes = cells.Number(PoolColumns.MobilityMinutes, 1, 240, "minutes");
        var km = cells.Number(PoolColumns.MobilityKm, 1, 300, "kilomètres");
        if (cells[PoolColumns.MobilityMinutes].Length == 0 && cells[PoolColumns.MobilityKm].Length == 0)
        {
            cells.Fail(PoolColumns.MobilityMinutes, "La mobilité manque.", "Remplir mobilite_minutes ou mobilite_km.");
        }

        return new Mobility(Transport(cells), minutes, km);
    }

    private static TransportMode Transport(PoolCells cells)
    {
        cells.Required(PoolColumns.Transport);
        TransportMode? farthest = null;
        var parts = cells.List(PoolColumns.Transport);
        foreach (var part in parts)
        {
            if (!TransportWritings.TryGetValue(FrenchKey.Of(part), out var mode))
            {
                cells.Fail(PoolColumns.Transport, "Moyen de transport inconnu.", $"Écrire l’un de : {string.Join(", ", PeopleVocabulary.TransportModes.Select(row => row.Code))}.", part);
            }
            else if (farthest is null || mode > farthest)
            {
                farthest = mode;
            }
        }

        if (parts.Count > 1 && farthest is { } kept)
        {
            cells.Warn(PoolColumns.Transport, $"Un seul moyen est gardé : {PeopleVocabulary.TransportModes.Single(row => row.Value == kept).Code}.", "Écrire le moyen habituel si ce n’est pas celui-là.");
        }

        return farthest ?? TransportMode.Pied;
    }

    [GeneratedRegex(@"^(-?[0-9]+) *(m|mois|an|ans|annee|annees)?\.?$", RegexOptions.CultureInvariant)]
    private static partial Regex Length();

    [GeneratedRegex(@"^(?:niveau\s*:?\s*)?[2-8]\.?$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Level();

    private static Dictionary<string, T> Writings<T>(IEnumerable<(string Code, T Value)> codes, params (string Writing, T Value)[] others)
    {
        var table = new Dictionary<string, T>();
        foreach (var (writing, value) in codes.Concat(others))
        {
            table[FrenchKey.Of(writing)] = value;
        }

        return table;
    }
}
