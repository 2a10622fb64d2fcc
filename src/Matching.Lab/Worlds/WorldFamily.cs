namespace Matching.Lab.Worlds;

/// <summary>How the true worth of a person for a posting comes out of what is true of them. None is a sum of our features.</summary>
public enum UtilityForm
{
    /// <summary>A weighted sum, but anything under its own floor spoils the whole.</summary>
    Vetoes,

    /// <summary>Good things multiply: one near zero takes all away.</summary>
    Product,

    /// <summary>The weakest link counts most.</summary>
    WeakestLink,

    /// <summary>How many conditions are met, whatever the margin.</summary>
    Thresholds,

    /// <summary>Two ways to be good, by craft or by will and support, of which the better counts; both need to get there.</summary>
    TwoProfiles,

    /// <summary>Each employer has weights of its own.</summary>
    EmployerTaste,

    /// <summary>More craft than the post asks for is worth less: against the direction that the model must keep.</summary>
    Overqualified,

    /// <summary>Bands of craft first, the rest only inside a band.</summary>
    Bands,

    /// <summary>A random network, rising in everything.</summary>
    RisingNetwork,

    /// <summary>What counts depends on the kind of posting: on nights and far sites the way there, elsewhere the craft.</summary>
    ByKind,

    /// <summary>Flat, then a cliff, then flat, on each thing, multiplied in pairs.</summary>
    Cliffs,

    /// <summary>The facilitator, the employer and the person each want something else, and all three must agree.</summary>
    Reciprocal,
}

/// <summary>Who wrote the order of the lists that were shown.</summary>
public enum Incumbent
{
    ExpertPoints,
    Nearest,
    FirstCome,
    Taste,
}

/// <summary>Which of the rows that were shown were opened.</summary>
public enum Examination
{
    /// <summary>The chance falls with the rank.</summary>
    ByRank,

    /// <summary>From the top down to a depth of its own for each list.</summary>
    ToADepth,

    /// <summary>From the top down, until enough were kept.</summary>
    UntilEnough,

    /// <summary>By rank, and more readily when the card looks good.</summary>
    ByRankAndLook,
}

/// <summary>What the features are made of.</summary>
public enum Scene
{
    /// <summary>Invented people and sites, seen through the criteria of the site.</summary>
    Trade,

    /// <summary>Nameless features, each a noisy view of one or two hidden things.</summary>
    Nameless,
}

/// <summary>A kind of world: everything that decides how lists come out of it, but the seed.</summary>
/// <param name="IsUnseen">Kept for reporting; the trainer was tuned on the others only.</param>
/// <param name="Noise">Of each decision, in standard deviations of the worth.</param>
/// <param name="Missing">Share of what is declared that is not told; more often by people who would gain least from telling.</param>
/// <param name="Prejudice">What some employers take off for a group that is in no feature, in standard deviations.</param>
/// <param name="Bins">Codes of each nameless feature.</param>
public sealed record WorldFamily(
    string Name,
    bool IsUnseen,
    UtilityForm Form,
    Incumbent Incumbent,
    Examination Examination,
    Scene Scene = Scene.Trade,
    int Postings = 900,
    int Shown = 70,
    double Noise = 0.5,
    double Missing = 0.15,
    double Prejudice = 0,
    int FeatureCount = 24,
    int Bins = 16);

/// <summary>The worlds that are drawn, by name. The two halves share no form of worth.</summary>
public static class WorldFamilies
{
    public static IReadOnlyList<WorldFamily> All { get; } =
    [
        new("vetos", false, UtilityForm.Vetoes, Incumbent.ExpertPoints, Examination.ByRank),
        new("vetos-sans-noms", false, UtilityForm.Vetoes, Incumbent.Taste, Examination.ToADepth, Scene.Nameless, Noise: 0.8),
        new("produits", false, UtilityForm.Product, Incumbent.Nearest, Examination.ToADepth, Missing: 0.3),
        new("produits-sans-noms", false, UtilityForm.Product, Incumbent.Taste, Examination.ByRank, Scene.Nameless),
        new("maillon-faible", false, UtilityForm.WeakestLink, Incumbent.FirstCome, Examination.ByRankAndLook, Prejudice: 0.5),
        new("maillon-faible-sans-noms", false, UtilityForm.WeakestLink, Incumbent.Taste, Examination.UntilEnough, Scene.Nameless, Postings: 450, Bins: 8),
        new("gouts-des-employeurs", false, UtilityForm.EmployerTaste, Incumbent.ExpertPoints, Examination.UntilEnough, Noise: 0.8),
        new("gouts-sans-noms", false, UtilityForm.EmployerTaste, Incumbent.FirstCome, Examination.ByRank, Scene.Nameless, FeatureCount: 12),
        new("reciproque", false, UtilityForm.Reciprocal, Incumbent.ExpertPoints, Examination.ByRankAndLook, Prejudice: 0.5),
        new("reciproque-sans-noms", false, UtilityForm.Reciprocal, Incumbent.Taste, Examination.ByRankAndLook, Scene.Nameless, Missing: 0.3),
        new("reseau-croissant", false, UtilityForm.RisingNetwork, Incumbent.Nearest, Examination.ByRank, Postings: 450),
        new("reseau-sans-noms", false, UtilityForm.RisingNetwork, Incumbent.Taste, Examination.ToADepth, Scene.Nameless, Bins: 32, Noise: 0.3),
        new("seuils", true, UtilityForm.Thresholds, Incumbent.ExpertPoints, Examination.ToADepth),
        new("seuils-sans-noms", true, UtilityForm.Thresholds, Incumbent.Taste, Examination.ByRank, Scene.Nameless),
        new("deux-profils", true, UtilityForm.TwoProfiles, Incumbent.Nearest, Examination.ByRankAndLook, Missing: 0.3),
        new("deux-profils-sans-noms", true, UtilityForm.TwoProfiles, Incumbent.Taste, Examination.ToADepth, Scene.Nameless, Noise: 0.8),
        new("surqualifies", true, UtilityForm.Overqualified, Incumbent.ExpertPoints, Examination.ByRank, Prejudice: 0.5),
        new("surqualifies-sans-noms", true, UtilityForm.Overqualified, Incumbent.FirstCome, Examination.UntilEnough, Scene.Nameless, Bins: 8),
        new("paliers", true, UtilityForm.Bands, Incumbent.FirstCome, Examination.ByRank, Postings: 450),
        new("paliers-sans-noms", true, UtilityForm.Bands, Incumbent.Taste, Examination.ByRankAndLook, Scene.Nameless, Bins: 32),
        new("selon-le-poste", true, UtilityForm.ByKind, Incumbent.ExpertPoints, Examination.UntilEnough, Noise: 0.8),
        new("selon-le-poste-sans-noms", true, UtilityForm.ByKind, Incumbent.Taste, Examination.ToADepth, Scene.Nameless, FeatureCount: 12),
        new("falaises", true, UtilityForm.Cliffs, Incumbent.Nearest, Examination.ToADepth, Prejudice: 0.5),
        new("falaises-sans-noms", true, UtilityForm.Cliffs, Incumbent.Taste, Examination.ByRank, Scene.Nameless, Missing: 0.3, Noise: 0.3),
    ];
}
