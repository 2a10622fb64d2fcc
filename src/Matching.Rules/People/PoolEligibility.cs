using Matching.Rules.Eligibility;

namespace Matching.Rules.People;

/// <summary>The eligibility part of a row: criteria, proofs, PASS IAE, registration, quartier prioritaire.</summary>
internal static class PoolEligibility
{
    private static readonly Dictionary<string, string> Writings = Codes();

    public static EligibilityFacts Read(PoolCells cells, DateOnly birthDate, StructureSituation structure, int? qualification) => new(
        birthDate,
        structure,
        qualification,
        LivesInQpv(cells),
        cells.PastDay(PoolColumns.RegisteredSince, birthDate),
        Pass(cells, birthDate),
        Criteria(cells, birthDate),
        Proofs(cells, birthDate));

    private static bool? LivesInQpv(PoolCells cells) => FrenchKey.Of(cells[PoolColumns.Qpv]) switch
    {
        "" or "inconnu" or "ne sait pas" => null,
        "oui" or "o" or "vrai" => true,
        "non" or "n" or "faux" => false,
        "1" or "0" when cells[PoolColumns.Qpv] is "1" or "0" => cells[PoolColumns.Qpv] == "1",
        _ => cells.FailAs<bool?>(PoolColumns.Qpv, "Réponse inconnue.", "Écrire oui, non ou inconnu.", null),
    };

    private static List<DeclaredCriterion> Criteria(PoolCells cells, DateOnly bornOn)
    {
        var criteria = new List<DeclaredCriterion>();
        if (cells.Required(PoolColumns.Criteria).Length == 0)
        {
            return criteria;
        }

        foreach (var part in cells.List(PoolColumns.Criteria))
        {
            var (code, since, isRead) = CodeAndDay(cells, PoolColumns.Criteria, part, bornOn);
            if (isRead && criteria.All(known => known.Code != code))
            {
                criteria.Add(new DeclaredCriterion(code, since));
            }
        }

        return criteria;
    }

    private static List<SeenProof> Proofs(PoolCells cells, DateOnly bornOn)
    {
        var proofs = new List<SeenProof>();
        foreach (var part in cells.List(PoolColumns.Proofs))
        {
            var (written, endsOn, isEndRead) = WithoutEnd(cells, part);
            var (code, seenOn, isRead) = CodeAndDay(cells, PoolColumns.Proofs, written, bornOn);
            if (isRead && seenOn is null)
            {
                cells.Fail(PoolColumns.Proofs, "La date à laquelle le justificatif a été vu manque.", "Écrire critère:date, par exemple DELD:02/11/2026.", part);
            }
            else if (isRead && endsOn < seenOn)
            {
                cells.Fail(PoolColumns.Proofs, "Ce justificatif se termine avant le jour où il a été vu.", "Écrire critère:vu le:fin de validité, par exemple TH:02/11/2026:31/12/2028.", part);
            }
            else if (isRead && isEndRead)
            {
                proofs.Add(new SeenProof(code, seenOn!.Value, endsOn));
            }
        }

        return proofs;
    }

    /// <summary>Takes the end of validity off "critère:vu le:fin"; "sans fin" is an end that never comes.</summary>
    private static (string Written, DateOnly? EndsOn, bool IsRead) WithoutEnd(PoolCells cells, string part)
    {
        var first = part.IndexOf(':');
        var second = first < 0 ? -1 : part.IndexOf(':', first + 1);
        if (second < 0)
        {
            return (part, null, true);
        }

        var end = part[(second + 1)..].Trim();
        var day = FrenchKey.Of(end) is "sans fin" or "sans limite" ? SeenProof.NoEnd : cells.Day(PoolColumns.Proofs, end);
        return (part[..second], day, day is not null);
    }

    private static (string Code, DateOnly? Day, bool IsRead) CodeAndDay(PoolCells cells, PoolColumn column, string text, DateOnly bornOn)
    {
        var colon = text.IndexOf(':');
        var written = (colon < 0 ? text : text[..colon]).Trim();
        var isKnown = Writings.TryGetValue(PoolColumns.Key(written), out var code);
        if (!isKnown)
        {
            cells.Fail(column, "Critère inconnu.", $"Écrire l’un de : {string.Join(", ", PublicCategories.DeclarableCodes)}.", text);
        }

        if (colon < 0 || colon == text.Length - 1)
        {
            return (code ?? "", null, isKnown);
        }

        var day = cells.Lived(column, cells.Day(column, text[(colon + 1)..].Trim()), bornOn, text);
        return (code ?? "", day, isKnown && day is not null);
    }

    private static PassIae? Pass(PoolCells cells, DateOnly bornOn)
    {
        var written = cells[PoolColumns.Pass];
        var end = PassEnd(cells, bornOn);
        if (written.Length == 0)
        {
            return cells[PoolColumns.PassEnd].Length == 0 ? null
                : cells.FailAs<PassIae?>(PoolColumns.Pass, "La fin du PASS IAE est donnée sans son numéro.", "Ajouter le numéro, ou retirer la date de fin.", null);
        }

        var number = PassIae.NormalizeNumber(written);
        if (number is null)
        {
            cells.Fail(PoolColumns.Pass, PoolCells.IsAbridgedNumber(written)
                ? "Le tableur a abrégé ce numéro : ses derniers chiffres sont perdus."
                : "Ce n’est pas un numéro de PASS IAE : il a 12 caractères, comme 99999 00 00001.",
                "Recopier le numéro depuis les emplois de l’inclusion, dans une colonne au format Texte.");
        }

        if (cells[PoolColumns.PassEnd].Length == 0)
        {
            cells.Fail(PoolColumns.PassEnd, "La fin du PASS IAE manque.", "Ajouter le dernier jour du PASS.");
        }

        return number is null || end is null ? null : new PassIae(number, end.Value);
    }

    private static DateOnly? PassEnd(PoolCells cells, DateOnly bornOn)
    {
        var furthest = PassPeriod.FurthestLastDay(cells.Context.Day);
        var end = cells.SinceBirth(PoolColumns.PassEnd, cells.Day(PoolColumns.PassEnd), bornOn, null);
        return end > furthest
            ? cells.FailAs<DateOnly?>(PoolColumns.PassEnd, $"Prolongé et suspendu au plus, aucun PASS IAE ne court après le {furthest:dd/MM/yyyy}.", "Vérifier l’année.", null)
            : end;
    }

    private static Dictionary<string, string> Codes()
    {
        var table = new Dictionary<string, string>
        {
            ["rqth"] = "TH",
            ["oeth"] = "TH",
            ["brsa"] = "RSA",
            ["detld"] = "DELD",
            ["refugie"] = "REF",
            ["seniors"] = "SENIOR",
            ["jeunes"] = "JEUNE",
            ["suivirenforce"] = "SUIVI_RENFORCE",
        };
        foreach (var code in PublicCategories.DeclarableCodes)
        {
            table[PoolColumns.Key(code)] = code;
        }

        return table;
    }
}
