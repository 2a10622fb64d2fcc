using System.Globalization;
using Matching.Rules.Postings;

namespace Matching.Rules.People;

/// <summary>The work part of a row: occupations, experience, skills, certificates, availability.</summary>
internal static class PoolWork
{
    private const int MaximumExperienceMonths = 600;
    private const int MaximumYearsAhead = 5;

    public static WorkProfile Read(PoolCells cells, DateOnly bornOn, string inseeCode, int? qualification)
    {
        var skills = cells.List(PoolColumns.Skills).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        var certificates = new List<HeldCertificate>();
        ReadCertificates(cells, PoolColumns.Certificates, "", certificates, skills);
        ReadCertificates(cells, PoolColumns.Licences, "permis ", certificates, skills);
        var (wanted, wantedAs) = Wanted(cells);
        var (named, skillsAs) = PoolWords.Skills(skills, cells.Context);
        return new WorkProfile(
            inseeCode,
            wanted,
            Experiences(cells, bornOn),
            named,
            certificates,
            qualification,
            PoolLevels.French(cells),
            AvailableFrom(cells),
            cells.Number(PoolColumns.WeeklyHours, 1, 48, "heures"),
            PoolLevels.PossibleShifts(cells),
            PoolLevels.Mobility(cells),
            cells.List(PoolColumns.WorkNeeds),
            OwnWords(cells),
            wantedAs,
            skillsAs,
            PoolLevels.ContractLength(cells),
            PoolMissions.Read(cells, bornOn));
    }

    private static (IReadOnlyList<RomeCode> Wanted, IReadOnlyList<string>? As) Wanted(PoolCells cells)
    {
        if (cells.Required(PoolColumns.Wanted).Length == 0)
        {
            return ([], null);
        }

        var parts = cells.List(PoolColumns.Wanted);
        var read = new List<PoolWords.Reading>();
        foreach (var part in parts)
        {
            read.Add(PoolWords.Title(part, cells.Context));
            Say(cells, part, read[^1]);
        }

        return PoolWords.Wanted(parts, read);
    }

    private static void Say(PoolCells cells, string part, PoolWords.Reading read)
    {
        switch (read)
        {
            case { Certainty: PoolWords.Certainty.WrongCode }:
                FailCode(cells, PoolColumns.Wanted, part);
                break;
            case { Certainty: PoolWords.Certainty.Unknown }:
                cells.Fail(PoolColumns.Wanted, "Aucun métier ne ressemble à cet intitulé.", "Écrire l’intitulé autrement, ou le code ROME.", part);
                break;
            case { Certainty: PoolWords.Certainty.Doubtful, Guess: { } guess }:
                cells.Warn(PoolColumns.Wanted, $"Compris comme « {guess.Label} » ({guess.Rome}), sans certitude.", "Écrire le code ROME si ce n’est pas ce métier.", part);
                break;
            case { Certainty: PoolWords.Certainty.Chosen, Rome: null }:
                cells.Warn(PoolColumns.Wanted, "Laissé de côté : votre structure a dit qu’aucun métier ne correspond à cet intitulé.", "Écrire un autre intitulé ou le code ROME.", part);
                break;
        }
    }

    public static void FailCode(PoolCells cells, PoolColumn column, string part) =>
        cells.Fail(column, "Ce code ROME n’existe pas.", "Corriger le code (une lettre et quatre chiffres, par exemple F1703), ou écrire l’intitulé du métier.", part);

    private static List<Experience> Experiences(PoolCells cells, DateOnly bornOn)
    {
        var experiences = new List<Experience>();
        foreach (var part in cells.List(PoolColumns.Experiences))
        {
            if (ReadExperience(cells, part, bornOn) is { } experience)
            {
                experiences.Add(experience);
            }
        }

        return experiences;
    }

    private static Experience? ReadExperience(PoolCells cells, string text, DateOnly bornOn)
    {
        const string Mend = "Écrire métier:nombre de mois:fin, par exemple F1703:18:2024-06 (la fin est facultative).";
        var parts = text.Split(':', StringSplitOptions.TrimEntries);
        if (parts.Length is < 2 or > 3 || parts[0].Length == 0)
        {
            cells.Fail(PoolColumns.Experiences, "On ne reconnaît pas le métier, les mois et la fin.", Mend, text);
            return null;
        }

        var monthsText = parts[1].EndsWith("mois", StringComparison.OrdinalIgnoreCase) ? parts[1][..^4].Trim() : parts[1];
        if (!int.TryParse(monthsText, NumberStyles.None, CultureInfo.InvariantCulture, out var months) || months is < 1 or > MaximumExperienceMonths)
        {
            cells.Fail(PoolColumns.Experiences, $"Le nombre de mois doit être entre 1 et {MaximumExperienceMonths}.", Mend, text);
            return null;
        }

        DateOnly? end = null;
        if (parts.Length == 3 && parts[2].Length > 0)
        {
            if (!WrittenDays.TryReadMonth(parts[2], out var month))
            {
                cells.Fail(PoolColumns.Experiences, "La fin n’est pas un mois qui existe.", Mend, text);
                return null;
            }

            if (month > cells.Context.Day)
            {
                cells.Fail(PoolColumns.Experiences, "La fin de cette expérience est dans l’avenir.", "Corriger l’année, ou laisser la fin vide si l’emploi dure encore.", text);
                return null;
            }

            end = month;
        }

        if (!Fits(cells, text, bornOn, end, months))
        {
            return null;
        }

        var read = PoolWords.Title(parts[0], cells.Context);
        if (read.Certainty == PoolWords.Certainty.WrongCode)
        {
            FailCode(cells, PoolColumns.Experiences, parts[0]);
        }

        return new Experience(parts[0], PoolWords.Held(read), months, end);
    }

    /// <summary>False, with the error, when the job would have begun before the birth; one begun in childhood is kept and said. Without an end, it may last until today.</summary>
    private static bool Fits(PoolCells cells, string text, DateOnly bornOn, DateOnly? end, int months)
    {
        var today = cells.Context.Day;
        var afterFirstMonth = (end ?? new DateOnly(today.Year, today.Month, 1)).AddMonths(2 - months);
        if (afterFirstMonth <= bornOn)
        {
            cells.Fail(PoolColumns.Experiences, "Avec ces mois et cette fin, cette expérience commence avant la naissance de la personne.", "Corriger le nombre de mois ou l’année de fin.", text);
            return false;
        }

        if (afterFirstMonth <= bornOn.AddYears(PoolRow.YoungestYears))
        {
            cells.Warn(PoolColumns.Experiences, $"À vérifier : cette expérience commence avant les {PoolRow.YoungestYears} ans de la personne.", "Corriger le nombre de mois ou la fin, si l’un des deux est faux.", text);
        }

        return true;
    }

    private static void ReadCertificates(PoolCells cells, PoolColumn column, string prefix, List<HeldCertificate> certificates, List<string> skills)
    {
        foreach (var part in cells.List(column))
        {
            var colon = part.LastIndexOf(':');
            var writing = (colon < 0 ? part : part[..colon]).Trim();
            DateOnly? expiresOn = colon < 0 || colon == part.Length - 1 ? null : cells.Day(column, part[(colon + 1)..].Trim());
            var known = Certificates.FromWriting(writing) ?? (prefix.Length > 0 ? Certificates.FromWriting(prefix + writing) : null);
            if (known is not null)
            {
                certificates.RemoveAll(held => held.Code == known.Code);
                certificates.Add(new HeldCertificate(known.Code, expiresOn));
                continue;
            }

            cells.Warn(column, "Ce certificat n’est pas au catalogue : il est gardé parmi les compétences.", "Vérifier l’écriture s’il s’agit d’un certificat courant (CACES R482 A, SST, AIPR, habilitation B0…).", part);
            if (writing.Length > 0)
            {
                skills.Add(prefix.Length > 0 && !writing.StartsWith(prefix, StringComparison.OrdinalIgnoreCase) ? $"Permis {writing}" : writing);
            }
        }
    }

    private static DateOnly AvailableFrom(PoolCells cells)
    {
        if (cells.RequiredDay(PoolColumns.AvailableFrom) is not { } day)
        {
            return default;
        }

        if (day > cells.Context.Day.AddYears(MaximumYearsAhead) || day.Year < 2000)
        {
            cells.Fail(PoolColumns.AvailableFrom, $"Cette disponibilité est avant 2000 ou dans plus de {MaximumYearsAhead} ans.", "Vérifier l’année.");
        }

        return day;
    }

    private static string? OwnWords(PoolCells cells)
    {
        var text = cells[PoolColumns.OwnWords];
        if (text.Length > PoolRow.MaximumOwnWordsLength)
        {
            cells.Fail(PoolColumns.OwnWords, $"Le texte a {text.Length} caractères.", $"Le ramener à {PoolRow.MaximumOwnWordsLength} caractères.");
        }

        return text.Length == 0 ? null : text;
    }
}
