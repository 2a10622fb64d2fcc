using Matching.Rules.Markets;
using Matching.Rules.People;

namespace Matching.Rules.Eligibility;

using Check = Func<EligibilityFacts, EligibilityTerms, DateOnly, Standing>;

/// <summary>Where a person stands under each public: one function for each, called by the catalogue only.</summary>
internal static class PublicChecks
{
    public static Standing LongTermJobSeeker(EligibilityFacts it, EligibilityTerms terms, DateOnly day)
    {
        if (it.RegisteredSince is not { } since)
        {
            return Declared(it, "DELD")
                ? Standing.Unproved("date d’inscription à France Travail à fournir")
                : Standing.No("pas d’inscription connue à France Travail");
        }

        // "Plus de 12 mois": the day that completes the twelfth month is not enough.
        return day <= since.AddMonths(terms.LongTermMonths)
            ? Standing.No(terms.LongTermMonths == 12 ? "inscrit·e depuis 12 mois ou moins, le" : "inscrit·e depuis trop peu de mois pour ce marché, le", since)
            : Proved(it, day, terms.AttestationMonths, "avis de situation France Travail à voir", "DELD");
    }

    public static Standing YoungWithoutQualification(EligibilityFacts it, EligibilityTerms terms, DateOnly day) =>
        !IsYoung(it, terms, day) ? TooOld(terms)
        : it.QualificationLevel > PublicCategories.BelowCap ? Standing.No("qualification au niveau du CAP ou au-dessus")
        : it.QualificationLevel is null ? (Declared(it, "JEUNE") ? Standing.Unproved("niveau de qualification à préciser") : Standing.No("non déclaré"))
        : OutOfSchool(it, terms, day, "JEUNE");

    public static Standing YoungGraduate(EligibilityFacts it, EligibilityTerms terms, DateOnly day) =>
        !IsYoung(it, terms, day) ? TooOld(terms)
        : it.QualificationLevel is null && Declared(it, "JEUNE_DIPLOME") ? Standing.Unproved("niveau de qualification à préciser")
        : it.QualificationLevel is null or <= PublicCategories.BelowCap ? Standing.No("sans diplôme connu")
        : OutOfSchool(it, terms, day, "JEUNE_DIPLOME");

    public static Standing YoungWithoutDiploma(EligibilityFacts it, EligibilityTerms terms, DateOnly day) =>
        !IsYoung(it, terms, day) ? TooOld(terms)
        : it.BirthDate > day.AddYears(-PublicCategories.WorkingAgeYears) ? Standing.No("moins de 16 ans")
        : it.QualificationLevel > PublicCategories.BelowCap ? Standing.No("qualification au niveau du CAP ou au-dessus")
        : !DeclaredOn(it, day, "JEUNE_16_25", "JEUNE") ? Standing.No("non déclaré")
        : it.QualificationLevel is null ? Standing.Unproved("niveau de qualification à préciser")
        : Proved(it, day, null, "attestation de la Mission locale à voir", "JEUNE_16_25", "JEUNE").EndingBy(LastYoungDay(it, terms));

    public static Check YoungAttested(string code) => (it, terms, day) =>
        !IsYoung(it, terms, day) ? TooOld(terms)
        : !DeclaredOn(it, day, code) ? Standing.No("non déclaré")
        : Proved(it, day, terms.AttestationMonths, "attestation à voir", code).EndingBy(LastYoungDay(it, terms));

    public static Standing Senior(EligibilityFacts it, EligibilityTerms terms, DateOnly day) =>
        it.BirthDate > day.AddYears(-terms.SeniorFromYears) ? Standing.No(terms.SeniorFromYears == 50 ? "moins de 50 ans" : "trop jeune pour ce public dans ce marché")
        : !(it.RegisteredSince <= day) && !Declared(it, "SENIOR") ? Standing.No("pas d’inscription connue à France Travail")
        : Proved(it, day, null, "pièce d’identité et inscription à voir", "SENIOR");

    public static Standing InInsertionStructure(EligibilityFacts it, EligibilityTerms terms, DateOnly day) =>
        it.Structure.Kind is < OrganizationKind.Ei or > OrganizationKind.Eiti ? Standing.No("n’est pas accompagné·e par une structure de l’IAE")
        : it.Pass is null ? Standing.Unproved("numéro et fin du PASS IAE à fournir")
        : it.Pass.Covers(day) ? Standing.Yes("PASS IAE valide jusqu’au", it.Pass.LastDay, it.Pass.LastDay)
        : Standing.No("PASS IAE terminé le", it.Pass.LastDay);

    public static Check OfStructure(string code, OrganizationKind first, OrganizationKind last) => (it, _, day) =>
        it.Structure.Kind < first || it.Structure.Kind > last
            ? Standing.No("n’est pas accompagné·e par une structure de ce type")
            : Running(it, day, "attestation de la structure à voir", code);

    public static Standing PriorityArea(EligibilityFacts it, EligibilityTerms terms, DateOnly day) =>
        it.LivesInQpv is null && Declared(it, "QPV") ? Standing.Unproved("adresse en quartier prioritaire à vérifier")
        : it.LivesInQpv != true ? Standing.No("n’habite pas un quartier prioritaire")
        : !(it.RegisteredSince <= day) && !Declared(it, "QPV") ? Standing.No("éloignement de l’emploi non connu : ni inscription à France Travail, ni public QPV déclaré")
        : Proved(it, day, terms.HomeProofMonths, "justificatif de domicile à voir", "QPV");

    public static Check Attested(params string[] codes) => (it, terms, day) =>
        DeclaredOn(it, day, codes) ? Proved(it, day, terms.AttestationMonths, "attestation à voir", codes) : Standing.No("non déclaré");

    public static Check InForce(string code) => (it, _, day) =>
        DeclaredOn(it, day, code) ? Running(it, day, "justificatif à voir", code) : Standing.No("non déclaré");

    // The start of the criterion is the day the young person left school or work.
    private static Standing OutOfSchool(EligibilityFacts it, EligibilityTerms terms, DateOnly day, string code)
    {
        foreach (var criterion in it.Criteria)
        {
            if (criterion.Code == code)
            {
                return criterion.Since is not { } left ? Standing.Unproved("date de sortie de l’école à préciser")
                    : left.AddMonths(terms.OutOfSchoolMonths) > day
                        ? Standing.No(terms.OutOfSchoolMonths == 6 ? "sorti·e de l’école depuis moins de 6 mois, le" : "sorti·e de l’école depuis trop peu de mois, le", left)
                        : Proved(it, day, null, "attestation de la Mission locale à voir", code).EndingBy(LastYoungDay(it, terms));
            }
        }

        return Standing.No("non déclaré");
    }

    /// <summary>A proof younger than so many months: the same day so many months later is too late.</summary>
    private static Standing Proved(EligibilityFacts it, DateOnly day, int? freshMonths, string missing, params ReadOnlySpan<string> codes)
    {
        DateOnly? seen = null;
        foreach (var proof in it.Proofs)
        {
            if (proof.SeenOn <= day && codes.Contains(proof.Code) && (seen is null || proof.SeenOn > seen))
            {
                seen = proof.SeenOn;
            }
        }

        if (seen is not { } on)
        {
            return Standing.Unproved(missing);
        }

        DateOnly? last = freshMonths is { } months ? Months.LastDay(on, months) : null;
        return last < day ? Standing.Unproved("justificatif trop ancien, vu le", on) : Standing.Yes("justificatif vu le", on, last);
    }

    /// <summary>A document with its own end: the one that runs longest decides, and one whose end is not noted proves nothing yet.</summary>
    private static Standing Running(EligibilityFacts it, DateOnly day, string missing, string code)
    {
        SeenProof? best = null;
        foreach (var proof in it.Proofs)
        {
            if (proof.Code == code && proof.SeenOn <= day && (best is null || (proof.EndsOn ?? DateOnly.MinValue) > (best.EndsOn ?? DateOnly.MinValue)))
            {
                best = proof;
            }
        }

        return best is null ? Standing.Unproved(missing)
            : best.EndsOn is not { } end ? Standing.Unproved("fin de validité à noter pour le justificatif vu le", best.SeenOn)
            : end == SeenProof.NoEnd ? Standing.Yes("justificatif sans limite de durée, vu le", best.SeenOn)
            : end < day ? Standing.Unproved("justificatif échu, fin de validité le", end)
            : Standing.Yes("justificatif valable jusqu’au", end, end);
    }

    private static Standing TooOld(EligibilityTerms terms) => Standing.No(terms.YoungBelowYears == 26 ? "26 ans ou plus" : "trop âgé·e pour ce public dans ce marché");

    private static bool IsYoung(EligibilityFacts it, EligibilityTerms terms, DateOnly day) => it.BirthDate > day.AddYears(-terms.YoungBelowYears);

    private static DateOnly LastYoungDay(EligibilityFacts it, EligibilityTerms terms) => Months.LastDay(it.BirthDate, terms.YoungBelowYears * 12);

    private static bool Declared(EligibilityFacts it, string code) => DeclaredOn(it, DateOnly.MaxValue, code);

    private static bool DeclaredOn(EligibilityFacts it, DateOnly day, params ReadOnlySpan<string> codes)
    {
        foreach (var criterion in it.Criteria)
        {
            if (codes.Contains(criterion.Code) && (criterion.Since is null || criterion.Since <= day))
            {
                return true;
            }
        }

        return false;
    }
}
