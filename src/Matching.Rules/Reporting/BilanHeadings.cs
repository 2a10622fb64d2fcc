namespace Matching.Rules.Reporting;

/// <summary>One heading of the qualitative part of a bilan.</summary>
/// <param name="Hint">What a facilitator writes there.</param>
public sealed record BilanHeading(string Code, string Title, string Hint);

/// <summary>What a final bilan tells in words, beside its figures.</summary>
public static class BilanHeadings
{
    /// <summary>Longer than this is a report of its own.</summary>
    public const int MaximumLength = 4_000;

    public static Rule TwoParts { get; } = new(
        "bilan.deux-parties", "Le bilan final a une partie quantitative et une partie qualitative.",
        "Région Pays de la Loire (document fondateur 000) : « bilans quantitatifs et qualitatifs » ; ELIPS, Région Lorraine (004) : bilan final");

    public static Rule Quality { get; } = new(
        "bilan.qualite", "La partie qualitative suit l’encadrement, le tutorat, l’accompagnement, la formation, la pérennisation, et la santé et sécurité.",
        "Région Pays de la Loire (documents fondateurs 000 et 002 : critère de performance et contenu de l’action)");

    public static IReadOnlyList<Rule> Rules { get; } = [TwoParts, Quality];

    public static IReadOnlyList<BilanHeading> All { get; } =
    [
        new("ecart", "Écart entre heures dues et heures faites", "La raison de l’écart, et ce qui a été fait pour le réduire."),
        new("encadrement", "Encadrement", "Qui a encadré les personnes, et comment."),
        new("tutorat", "Tutorat", "Les tuteurs nommés, le temps qu’ils y ont passé."),
        new("accompagnement", "Accompagnement socioprofessionnel", "Le suivi par les structures et par l’entreprise."),
        new("formation", "Formation", "Les formations suivies, avant l’embauche et pendant le contrat."),
        new("perennisation", "Perspectives de pérennisation", "Les suites dans l’entreprise ou dans le métier."),
        new("sante_securite", "Santé et sécurité", "L’accueil, les équipements, les formations à la sécurité."),
        new("difficultes", "Difficultés et réponses", "Les difficultés dites par l’entreprise ou les structures, et les moyens trouvés."),
        new("entreprise", "Point de vue de l’entreprise", "Ce que dit le titulaire, avec ses mots."),
        new("structures", "Point de vue des structures d’insertion", "Ce que disent les structures qui ont accompagné ou employé."),
        new("penalites", "Proposition de pénalités", "La proposition et son calcul ; l’acheteur décide."),
        new("suites", "Suites et enseignements", "Ce qu’il faut garder ou changer pour le prochain marché."),
    ];
}
