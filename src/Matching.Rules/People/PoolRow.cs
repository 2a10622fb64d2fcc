using Matching.Rules.Markets;
using Matching.Rules.Postings;

namespace Matching.Rules.People;

/// <summary>A commune that a row may mean.</summary>
public sealed record HomeCommune(string InseeCode, string Name, string PostalCodes);

/// <summary>The occupation that a title seems to name.</summary>
/// <param name="Confidence">0 to 1; below <see cref="PoolRow.SureFrom"/> the guess is kept and shown as doubtful.</param>
public sealed record OccupationGuess(RomeCode Rome, string Label, double Confidence);

/// <summary>What a row needs to know of the world.</summary>
/// <param name="Day">Today.</param>
/// <param name="PoolSiret">The SIRET of the organisation that owns the pool; null when it has none.</param>
/// <param name="PoolKind">The kind of that organisation: every row of its pool must bear it.</param>
/// <param name="ByPostalCode">The communes of a postal code, in order of name.</param>
/// <param name="ByName">The communes of exactly this name, whatever its case and accents.</param>
/// <param name="Near">Communes whose names resemble this one, best first.</param>
/// <param name="OccupationOf">The label of a ROME code; null when the code does not exist.</param>
/// <param name="GuessOccupation">The occupation of a free title; null when nothing resembles it.</param>
public sealed record PoolContext(
    DateOnly Day,
    Siret? PoolSiret,
    OrganizationKind PoolKind,
    Func<string, HomeCommune?> ByInsee,
    Func<string, IReadOnlyList<HomeCommune>> ByPostalCode,
    Func<string, IReadOnlyList<HomeCommune>> ByName,
    Func<string, IReadOnlyList<HomeCommune>> Near,
    Func<RomeCode, string?> OccupationOf,
    Func<string, OccupationGuess?> GuessOccupation)
{
    /// <summary>What the structure said of its own words.</summary>
    public PoolMeanings Meanings { get; init; } = PoolMeanings.None;
}

/// <summary>Something to say about a value: what is wrong and how to mend it, in French.</summary>
/// <param name="Column">Header of the column.</param>
/// <param name="Value">The value as sent, cut at 80 characters.</param>
public sealed record RowIssue(string Column, string Value, string Wrong, string Mend);

/// <summary>The person of a row, before it has an id and a pool.</summary>
public sealed record PoolPerson(string Reference, Identity Identity, WorkProfile Work, EligibilityFacts Eligibility, DateOnly? InformedOn);

/// <summary>A row after its check.</summary>
/// <param name="Person">Null as soon as there is one error.</param>
/// <param name="Errors">Every error of the row, not only the first.</param>
/// <param name="Warnings">What was understood with a doubt or left aside; the row is stored.</param>
public sealed record CheckedRow(PoolPerson? Person, IReadOnlyList<RowIssue> Errors, IReadOnlyList<RowIssue> Warnings);

/// <summary>Reads one row of a pool file into a person, or says everything that is wrong in it. Pure: no clock, no database.</summary>
public static class PoolRow
{
    public const int MaximumListItems = 20;
    public const int MaximumItemLength = 200;
    public const int MaximumNameLength = 100;
    public const int MaximumReferenceLength = 60;
    public const int MaximumOwnWordsLength = 1_000;
    public const double SureFrom = 0.75;

    /// <summary>Ages outside these are typing errors, not rules of a public.</summary>
    public const int YoungestYears = 14;

    public const int OldestYears = 100;

    public static Rule PublishedOnlyWhenInformed { get; } = new(
        "vivier.personne-informee",
        "Une personne n’est publiée que si la date à laquelle elle a été informée de la publication est connue.",
        Rule.ToConfirm + " (règlement général sur la protection des données, articles 13 et 14)");

    /// <summary>Checks the values of one row; <paramref name="valueOf"/> gives the text of a column, "" when the file has none.</summary>
    public static CheckedRow Check(Func<PoolColumn, string> valueOf, PoolContext context)
    {
        ArgumentNullException.ThrowIfNull(valueOf);
        ArgumentNullException.ThrowIfNull(context);
        var cells = new PoolCells(valueOf, context);
        var reference = cells.Text(PoolColumns.Reference, MaximumReferenceLength);
        var identity = ReadIdentity(cells);
        var structure = ReadStructure(cells);
        var insee = PoolPlaces.Read(cells);
        var level = PoolLevels.Qualification(cells);
        var work = PoolWork.Read(cells, identity.BirthDate, insee, level);
        var eligibility = PoolEligibility.Read(cells, identity.BirthDate, structure, level);
        var informedOn = cells.PastDay(PoolColumns.InformedOn, identity.BirthDate);
        if (cells[PoolColumns.InformedOn].Length == 0)
        {
            cells.Warn(PoolColumns.InformedOn, "La date d’information manque : la personne est enregistrée, mais ne sera pas publiée.", "Informer la personne, puis ajouter la date.");
        }

        return cells.Errors.Count > 0
            ? new CheckedRow(null, cells.Errors, cells.Warnings)
            : new CheckedRow(new PoolPerson(reference, identity, work, eligibility, informedOn), [], cells.Warnings);
    }

    private static Identity ReadIdentity(PoolCells cells)
    {
        var lastName = Name(cells, PoolColumns.LastName);
        var firstName = Name(cells, PoolColumns.FirstName);
        var birthDate = BirthDate(cells);
        var sex = cells[PoolColumns.Sex].ToUpperInvariant() switch
        {
            "" => Sex.Unknown,
            "F" or "FEMME" or "MME" => Sex.F,
            "M" or "H" or "HOMME" or "M." => Sex.M,
            _ => cells.FailAs(PoolColumns.Sex, "Valeur inconnue.", "Écrire F, M, ou laisser vide.", Sex.Unknown),
        };
        var (phone, email) = PoolContact.Read(cells);
        var postalCode = PoolPlaces.PostalCodeOf(cells);
        return new Identity(lastName, firstName, birthDate, sex, phone, email, postalCode.Length == 0 ? null : postalCode);
    }

    private static string Name(PoolCells cells, PoolColumn column)
    {
        var name = cells.Text(column, MaximumNameLength);
        if (name.Length > 0 && (!name.Any(char.IsLetter) || name[0] is '=' or '+' or '@'))
        {
            cells.Fail(column, "Ce n’est pas un nom : on dirait une formule ou un nombre.", "Écrire le nom en lettres.");
        }

        return name;
    }

    private static DateOnly BirthDate(PoolCells cells)
    {
        if (cells.RequiredDay(PoolColumns.BirthDate) is not { } birth)
        {
            return default;
        }

        // A wrong birth is said once: the default day puts nothing else of the row before it.
        if (birth > cells.Context.Day)
        {
            return cells.FailAs(PoolColumns.BirthDate, "Cette date est dans l’avenir.", "Vérifier l’année de naissance.", default(DateOnly));
        }

        return birth > cells.Context.Day.AddYears(-YoungestYears) || birth <= cells.Context.Day.AddYears(-OldestYears)
            ? cells.FailAs(PoolColumns.BirthDate, $"Cette date donne moins de {YoungestYears} ans ou {OldestYears} ans et plus.", "Vérifier l’année de naissance.", default(DateOnly))
            : birth;
    }

    /// <summary>A spreadsheet takes a SIRET for a number and drops its first zeros: they are put back when the result is the pool's own firm.</summary>
    private static bool TryRestore(PoolCells cells, string written, out Siret siret)
    {
        siret = default;
        return cells.Context.PoolSiret is { } own && written.Length is >= 5 and < 14 && written.All(char.IsAsciiDigit)
            && Siret.TryParse(written.PadLeft(14, '0'), out siret) && siret.Digits[..9] == own.Digits[..9];
    }

    private static StructureSituation ReadStructure(PoolCells cells)
    {
        var written = cells.Required(PoolColumns.StructureSiret);
        if (!Siret.TryParse(written, out var siret) && !TryRestore(cells, written, out siret) && written.Length > 0)
        {
            cells.Fail(PoolColumns.StructureSiret, PoolCells.IsAbridgedNumber(written)
                ? "Le tableur a abrégé ce numéro : ses derniers chiffres sont perdus."
                : "Ce n’est pas un SIRET : il faut 14 chiffres, dont le dernier est une clé de contrôle.",
                "Recopier le SIRET depuis l’avis de situation INSEE, dans une colonne au format Texte.");
        }
        else if (written.Length > 0 && cells.Context.PoolSiret is { } own && own.Digits[..9] != siret.Digits[..9])
        {
            // A file sent into the wrong pool would hand one structure's people to another: an establishment of the same firm is fine.
            cells.Fail(PoolColumns.StructureSiret, "Ce SIRET n’est pas celui de la structure qui importe.", $"Vérifier que ce fichier est bien le vôtre (votre SIRET : {own}).");
        }

        var type = cells.Required(PoolColumns.StructureType);
        if (type.Length == 0)
        {
            return default;
        }

        if (!OrganizationKinds.TryParse(type.Replace(' ', '_'), out var kind) || !kind.HasPool())
        {
            return cells.FailAs(PoolColumns.StructureType, "Type de structure inconnu.",
                $"Écrire l’un de : {string.Join(", ", OrganizationKinds.All.Where(k => k.HasPool()).Select(k => k.Code()))}.", default(StructureSituation));
        }

        // Some publics rest on the kind of structure: a row may not choose another than its pool's.
        var expected = cells.Context.PoolKind;
        return kind == expected
            ? new StructureSituation(kind)
            : cells.FailAs(PoolColumns.StructureType, "Ce type n’est pas celui de la structure qui importe.",
                $"Écrire {expected.Code()} ({expected.Label()}), ou vérifier que ce fichier est bien le vôtre.", default(StructureSituation));
    }
}
