namespace Matching.Rules.Markets;

/// <summary>What the holder was seen to do about a commitment, on a day.</summary>
/// <param name="Finding">A code of <see cref="Commitments.Findings"/>.</param>
/// <param name="Words">What was seen: the document, the visit, who told it by role.</param>
public sealed record CommitmentFinding(string Finding, DateOnly Day, string Words);

/// <summary>The quality commitments of the bidder: what was promised in the offer, followed with evidence until the bilan. Pure functions.</summary>
public static class Commitments
{
    /// <summary>An evidence shorter than this tells nothing to who reads the bilan.</summary>
    public const int ShortestEvidence = 10;

    public static IReadOnlyList<(string Code, string Label, string Hint)> Themes { get; } =
    [
        ("ENCADREMENT", "Encadrement", "Accueil et suivi des personnes, encadrement technique."),
        ("TUTORAT", "Tutorat", "Tuteur nommé, temps qu’il y consacre."),
        ("ACCOMPAGNEMENT", "Accompagnement socioprofessionnel", "Qui accompagne, à quel rythme."),
        ("FORMATION", "Formation", "Actions prévues, qualifications ou titres visés."),
        ("PERENNISATION", "Pérennisation", "Embauches envisagées ensuite, dans l’entreprise ou le secteur."),
        ("SANTE_SECURITE", "Santé et sécurité", "Accueil sécurité, équipements, habilitations."),
    ];

    public static IReadOnlyList<(string Code, string Label, string Tone)> Findings { get; } =
    [
        ("TENU", "Tenu", "ok"),
        ("PARTIEL", "Tenu en partie", "warn"),
        ("NON_TENU", "Non tenu", "wrong"),
    ];

    public static Rule SixThemes { get; } = new(
        "engagement.themes",
        "Les engagements de qualité du titulaire portent sur l’encadrement, le tutorat, l’accompagnement, la formation, la pérennisation et la santé-sécurité.",
        "Région des Pays de la Loire (documents fondateurs 000 et 002)");

    public static Rule Evidence { get; } = new(
        "engagement.constat", "Un constat sur un engagement dit ce qui a été vu, au plus tard aujourd’hui ; il ne se corrige que par un constat suivant.",
        Rule.ToConfirm + " (usage du service)");

    public static Rule InTheBilan { get; } = new(
        "engagement.bilan", "Chaque engagement figure au bilan avec son dernier constat, ou la mention qu’aucun constat n’a été fait.",
        "Région des Pays de la Loire (document fondateur 000 : bilans relatifs aux engagements signés)");

    public static IReadOnlyList<Rule> All { get; } = [SixThemes, Evidence, InTheBilan];

    /// <summary>Every reason why the finding may not be written on <paramref name="today"/>; none when it may.</summary>
    public static IReadOnlyList<RuleRefusal> Refusals(CommitmentFinding finding, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(finding);
        var refusals = new List<RuleRefusal>();
        if (finding.Day > today)
        {
            refusals.Add(new("jour", Evidence, $"Date du constat : le {finding.Day:dd/MM/yyyy} n’est pas encore passé. Écrire le jour où cela a été vu."));
        }

        if (finding.Words.Length < ShortestEvidence)
        {
            refusals.Add(new("constat", Evidence, "Ce qui a été vu : dire le document, la visite ou l’échange qui le montre."));
        }

        return refusals;
    }

    /// <summary>The finding that counts: of the latest day; of one day, the last written (the order given).</summary>
    public static CommitmentFinding? Last(IEnumerable<CommitmentFinding> findings)
    {
        ArgumentNullException.ThrowIfNull(findings);
        return findings.Aggregate((CommitmentFinding?)null, (last, next) => last is null || next.Day >= last.Day ? next : last);
    }

    /// <summary>The word for the table and the bilan.</summary>
    public static string StateLabel(CommitmentFinding? last, DateOnly? dueOn, DateOnly today) =>
        last is not null ? Findings.Single(row => row.Code == last.Finding).Label
        : dueOn < today ? "Aucun constat, échéance passée"
        : "Aucun constat";

    public static string ThemeLabel(string code) => Themes.FirstOrDefault(row => row.Code == code).Label ?? code;
}
