using Matching.Rules.Markets;
using Matching.Rules.People;

namespace Matching.Rules.Eligibility;

public enum DecisionBasis
{
    Proof,
    ReasonedOpinion,
}

/// <summary>A reasoned opinion (avis motivé): who gave it, for which body, when, and why.</summary>
/// <param name="Body">Code of <see cref="OpinionBodies"/>.</param>
public sealed record ReasonedOpinion(string Author, string Body, DateOnly On, string Text);

/// <summary>The bodies whose opinion may be kept.</summary>
public static class OpinionBodies
{
    public const string Facilitator = "FACILITATEUR";

    public static Rule Named { get; } = new(
        "avis.auteurs", "L’avis motivé est celui du facilitateur, de France Travail, de Cap emploi, d’une Mission locale, d’un PLIE, d’une Maison de l’emploi ou de la MDPH.",
        Rule.ToConfirm + " (CCAP 21_BAM_048 : avis du facilitateur ; les autres organismes cités par campus-des-initiatives.fr ou par usage)");

    public static IReadOnlyList<(string Code, string Label)> All { get; } =
    [
        (Facilitator, "Facilitateur de la clause"),
        ("FT", "France Travail"),
        ("CAP_EMPLOI", "Cap emploi"),
        ("ML", "Mission locale"),
        ("PLIE", "PLIE"),
        ("MDE", "Maison de l’emploi"),
        ("MDPH", "MDPH"),
    ];

    public static string Label(string code) => All.FirstOrDefault(row => row.Code == code).Label ?? code;
}

/// <summary>A validated eligibility: frozen, never recomputed. Later changes of the person do not touch it.</summary>
/// <param name="PublicListVersion">The version of the marché's rule set it was taken under: it keeps it.</param>
/// <param name="ProofSeenOn">The day the deciding proof was seen; null for a reasoned opinion.</param>
/// <param name="Opinion">Text of the reasoned opinion (avis motivé); null when a proof decides.</param>
public sealed record EligibilityDecision(
    PersonId PersonId,
    MarketId MarketId,
    int PublicListVersion,
    string CategoryCode,
    DecisionBasis Basis,
    DateOnly? ProofSeenOn,
    string? Opinion,
    string DecidedBy,
    DateOnly DecidedOn,
    DateOnly ValidFrom,
    DateOnly ValidUntil)
{
    public const string OpinionCategory = "AVIS_MOTIVE";

    /// <summary>A reasoned opinion shorter than this gives no reason.</summary>
    public const int OpinionMinimumLength = 30;

    /// <summary>Who gave the opinion; null when a proof decides, or for a decision that kept only its text.</summary>
    public string? OpinionAuthor { get; init; }

    /// <summary>For which body; code of <see cref="OpinionBodies"/>.</summary>
    public string? OpinionBody { get; init; }

    public DateOnly? OpinionOn { get; init; }

    /// <summary>Every public proved the day of the decision, joined by a bar; null when only the deciding one was kept.</summary>
    public string? MetCategories { get; init; }

    /// <summary>Its id once it is stored.</summary>
    public Guid? Id { get; init; }

    /// <summary>Null while the decision stands; otherwise <see cref="ValidUntil"/> is the last day before it.</summary>
    public EligibilityWithdrawal? Withdrawal { get; init; }

    /// <summary>Whether the decision opens this lot: it keeps all publics, or one that was proved. An opinion or an unnamed public opens every lot.</summary>
    public bool Opens(Lot lot)
    {
        ArgumentNullException.ThrowIfNull(lot);
        return lot.Publics is null || CategoryCode is OpinionCategory or PublicCategories.Unnamed || (MetCategories ?? CategoryCode).Split('|').Any(lot.Publics.Contains);
    }

    public static Rule Frozen { get; } = new(
        "eligibilite.figee",
        "L’éligibilité est appréciée le jour de la validation, avant la mise au travail, puis reste acquise pour la durée prévue au marché.",
        Rule.ToConfirm + " (pratique courante ; date et décision conservées)");

    public static Rule OnOpinion { get; } = new(
        "eligibilite.avis-motive",
        "Si le marché l’admet, un avis motivé retient une personne qui ne relève d’aucun autre public : son auteur, sa date et son texte sont conservés.",
        "CCAP 21_BAM_048, art. 1.4 (treizième public)");

    public static Rule Unnamed { get; } = new(
        "eligibilite.nature-non-conservee",
        "Le facilitateur peut constater un public de la liste sans en garder la nature : le constat, son auteur et sa date sont seuls enregistrés.",
        Rule.ToConfirm + " (règlement général sur la protection des données, articles 9 et 10 ; loi 78-17, article 46)");

    /// <summary>Validates on a proof that was seen. A refusal says, in French, what is missing.</summary>
    public static (EligibilityDecision? Decision, string? Refusal) Validate(Person person, Market market, DateOnly day, string decidedBy)
    {
        var verdict = EligibilityVerdict.Judge(person.Eligibility, market, day);
        return verdict.Status switch
        {
            EligibilityStatus.Eligible when verdict.Validity is null => (null, Over),
            EligibilityStatus.Eligible => (Of(person.Id, market, day, verdict.Category!.Code, DecisionBasis.Proof, decidedBy) with
            {
                ProofSeenOn = ProofDay(verdict, person.Eligibility, day),
                MetCategories = string.Join('|', verdict.Standings.Where(row => row.Standing.Kind == StandingKind.Met).Select(row => row.Category.Code)),
            }, null),
            EligibilityStatus.ProofMissing => (null, "Il manque un justificatif : enregistrez la pièce vue et sa date, puis validez."),
            EligibilityStatus.OpinionNeeded => (null, "Aucun public de la liste de ce marché ne correspond : seul un avis motivé permet de valider."),
            _ => (null, "Aucun public de la liste de ce marché ne correspond, et ce marché n’admet pas d’avis motivé."),
        };
    }

    /// <summary>Validates on what the facilitator saw and does not keep: only that a public of the list was met, and the day it was seen.</summary>
    public static (EligibilityDecision? Decision, string? Refusal) ByUnnamedProof(PersonId person, Market market, DateOnly day, string decidedBy, DateOnly seenOn) =>
        Credit.LastDay(day, market) < day ? (null, Over)
        : seenOn > day ? (null, "Un constat se note une fois fait : choisissez aujourd’hui ou un jour passé.")
        : Months.LastDay(seenOn, market.Publics.Terms.AttestationMonths) < day
            ? (null, $"Ce constat date de {market.Publics.Terms.AttestationMonths} mois ou plus : revoyez la pièce avant de valider.")
        : (Of(person, market, day, PublicCategories.Unnamed, DecisionBasis.Proof, decidedBy) with { ProofSeenOn = seenOn }, null);

    /// <summary>Validates on a reasoned opinion (K, 13th public): named author, date, and a text that gives the reason.</summary>
    public static (EligibilityDecision? Decision, string? Refusal) ByOpinion(PersonId person, Market market, DateOnly day, string decidedBy, ReasonedOpinion opinion)
    {
        ArgumentNullException.ThrowIfNull(market);
        ArgumentNullException.ThrowIfNull(opinion);
        var (author, text) = (opinion.Author.Trim(), opinion.Text.Trim());
        var refusal =
            !market.Publics.Terms.AcceptsOpinion ? "Ce marché n’admet pas d’avis motivé : sa liste de publics est fermée."
            : text.Length < OpinionMinimumLength ? $"L’avis motivé doit expliquer la décision en {OpinionMinimumLength} caractères au moins."
            : author.Length < 3 ? "L’avis motivé porte le nom de son auteur."
            : OpinionBodies.All.All(row => row.Code != opinion.Body) ? "Choisissez dans la liste l’organisme qui donne l’avis."
            : opinion.On > day ? "La date de l’avis motivé est dans l’avenir : notez-le une fois donné."
            : Credit.LastDay(day, market) < day ? Over
            : null;
        return refusal is not null ? (null, refusal) : (Of(person, market, day, OpinionCategory, DecisionBasis.ReasonedOpinion, decidedBy) with
        {
            Opinion = text,
            OpinionAuthor = author,
            OpinionBody = opinion.Body,
            OpinionOn = opinion.On,
        }, null);
    }

    private const string Over = "Ce marché est terminé : aucune éligibilité ne peut plus y commencer.";

    /// <summary>The day the deciding proof was seen; for a PASS IAE, its last day.</summary>
    private static DateOnly? ProofDay(EligibilityVerdict verdict, EligibilityFacts facts, DateOnly day)
    {
        var code = verdict.Category!.Code;
        var seen = facts.Proofs.Where(proof => proof.SeenOn <= day && PublicCategories.OfDeclared(proof.Code)?.Code == code).Select(proof => (DateOnly?)proof.SeenOn).Max();
        return code == "IAE" ? verdict.Deciding?.On : seen ?? verdict.Deciding?.On;
    }

    private static EligibilityDecision Of(PersonId person, Market market, DateOnly day, string category, DecisionBasis basis, string decidedBy) =>
        new(person, market.Id, market.Publics.Version, category, basis, null, null, decidedBy, day, day, Credit.LastDay(day, market));
}
