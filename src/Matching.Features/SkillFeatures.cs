using System.Numerics;
using Matching.Engine.Scoring;
using Matching.Rules.People;

namespace Matching.Features;

/// <summary>Skills and certificates held, against those the posting asks for.</summary>
internal static class SkillFeatures
{
    private const string DeclaredSkills = "compétences déclarées par la structure, comparées libellé à libellé";
    private const byte NotAsked = 0;
    private const byte NotTold = 1;

    public static IReadOnlyList<FeatureDefinition> All { get; } =
    [
        new("skill_must", "Compétences demandées",
            "Part des compétences demandées par l’offre que la personne déclare.",
            DeclaredSkills, Direction.More,
            [
                new(NotAsked, "l’offre ne demande pas de compétence précise", IsNeutral: true),
                new(NotTold, "compétences de la personne non renseignées", IsNeutral: true),
                new(2, "aucune des compétences demandées"),
                new(3, "moins de la moitié des compétences demandées"),
                new(4, "la moitié ou plus des compétences demandées"),
                new(5, "toutes les compétences demandées"),
            ],
            it => ShareOf(it, it.Terms.RequiredSkills, [2, 3, 4, 5]), IsReachable: true),
        new("skill_nice", "Compétences souhaitées",
            "Part des compétences souhaitées par l’offre que la personne déclare.",
            DeclaredSkills, Direction.More,
            [
                new(NotAsked, "l’offre ne souhaite pas de compétence en plus", IsNeutral: true),
                new(NotTold, "compétences de la personne non renseignées", IsNeutral: true),
                new(2, "aucune des compétences souhaitées"),
                new(3, "une partie des compétences souhaitées"),
                new(4, "toutes les compétences souhaitées"),
            ],
            it => ShareOf(it, it.Terms.WishedSkills, [2, 3, 3, 4]), IsReachable: true),
        new("skill_near", "Savoir-faire du métier",
            "Nombre de savoir-faire de référence du métier de l’offre que la personne déclare.",
            DeclaredSkills + " ; savoir-faire de référence du ROME", Direction.More,
            [
                new(NotAsked, "pas de savoir-faire de référence pour ce métier", IsNeutral: true),
                new(NotTold, "compétences de la personne non renseignées", IsNeutral: true),
                new(2, "aucun savoir-faire de ce métier"),
                new(3, "un savoir-faire de ce métier"),
                new(4, "deux savoir-faire de ce métier"),
                new(5, "trois ou quatre savoir-faire de ce métier"),
                new(6, "cinq savoir-faire de ce métier ou plus"),
            ],
            NearSkills),
        new("cert_gap", "Certificats à passer",
            "Nombre de certificats voulus par l’offre que la personne n’a pas mais peut passer avant le début.",
            "certificats et habilitations déclarés par la structure", Direction.Less,
            [
                new(NotAsked, "l’offre ne veut pas de certificat de ce type", IsNeutral: true),
                new(1, "a tous les certificats voulus"),
                new(2, "un certificat voulu à passer"),
                new(3, "plusieurs certificats voulus à passer"),
            ],
            MissingCertificates, IsReachable: true),
    ];

    /// <summary>The certificates that cost points when missing: wished ones, and required ones that a short course gives.</summary>
    public static IReadOnlyList<string> TrainableCertificates(PostingContext it) =>
        [.. it.Terms.WishedCertificates.Concat(it.Terms.RequiredCertificates.Where(c => Certificates.ByCode(c)?.IsTrainable == true)).Distinct()];

    private static CodeSource MissingCertificates(PostingContext it)
    {
        var asked = CertificateSet.MaskOf(TrainableCertificates(it));
        var startsOn = it.StartsOn;
        return asked == 0
            ? Constant(NotAsked)
            : CodeSource.FromFacts<PooledPerson>(
                person => BitOperations.PopCount(person.Certificates.MissingOn(startsOn, asked)) switch { 0 => 1, 1 => 2, _ => 3 },
                $"certificats {asked} {startsOn:yyyyMMdd}");
    }

    /// <summary>Bins for: none, less than half, half or more, all.</summary>
    private static CodeSource ShareOf(PostingContext it, IReadOnlyList<string> asked, byte[] bins)
    {
        if (asked.Count == 0)
        {
            return Constant(NotAsked);
        }

        var table = it.Skills.TableOf(asked);
        var count = table.Count(wanted => wanted != 0);
        return Told(table, hits => hits == 0 ? bins[0] : hits >= count ? bins[3] : hits * 2 < count ? bins[1] : bins[2]);
    }

    private static CodeSource NearSkills(PostingContext it)
    {
        var reference = it.Occupations.SkillsOf(it.Terms.Rome);
        return reference.Count == 0
            ? Constant(NotAsked)
            : Told(it.Skills.TableOf(reference), hits => hits switch { 0 => 2, 1 => 3, 2 => 4, <= 4 => 5, _ => 6 });
    }

    // The second code of the pair is the number of declared skills: zero means that nothing was told, not that nothing is known.
    private static CodeSource Told(byte[] wanted, Func<int, byte> binOf)
    {
        var table = new byte[64 * 64];
        for (var hits = 0; hits < 64; hits++)
        {
            for (var told = 0; told < 64; told++)
            {
                table[(hits * 64) + told] = told == 0 ? NotTold : binOf(hits);
            }
        }

        return CodeSource.Pair(CodeSource.Lookup("skill", wanted, SlotMerge.Count), CodeSource.Column("skill_count"), table);
    }

    internal static CodeSource Constant(byte code) => CodeSource.Constant(code);
}
