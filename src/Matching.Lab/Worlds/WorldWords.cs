using System.Globalization;

namespace Matching.Lab.Worlds;

/// <summary>What a world is, in French.</summary>
public static class WorldWords
{
    // Said, so that a page is the same whatever the language of the machine.
    private static readonly CultureInfo French = CultureInfo.GetCultureInfo("fr-FR");

    public static string Of(WorldFamily it)
    {
        ArgumentNullException.ThrowIfNull(it);
        var scene = it.Scene == Scene.Trade ? "personnes et sites inventés, vus par les critères du service" : $"{it.FeatureCount} critères sans nom de {it.Bins} codes au plus";
        var prejudice = it.Prejudice > 0 ? string.Create(French, $" ; la moitié des employeurs ôtent {it.Prejudice} écart-type à un groupe que rien ne montre") : "";
        return string.Create(French, $"{Form(it.Form)} {Order(it.Incumbent)}, {Look(it.Examination)} ; {scene} ; {it.Postings} listes d’environ {it.Shown} lignes, bruit {it.Noise}, {it.Missing:P0} de vides{prejudice}.");
    }

    private static string Form(UtilityForm form) => form switch
    {
        UtilityForm.Vetoes => "Une somme, mais ce qui est sous son plancher gâche tout.",
        UtilityForm.Product => "Un produit : une chose proche de zéro ôte tout.",
        UtilityForm.WeakestLink => "Le maillon le plus faible compte le plus.",
        UtilityForm.Thresholds => "Le nombre de conditions remplies, quelle que soit la marge.",
        UtilityForm.TwoProfiles => "Deux façons de convenir, le métier ou l’envie accompagnée ; la meilleure compte, si le site est accessible.",
        UtilityForm.EmployerTaste => "Chaque employeur a ses propres poids.",
        UtilityForm.Overqualified => "Trop de métier vaut moins : contre le sens que le modèle doit garder.",
        UtilityForm.Bands => "Des paliers de métier d’abord, le reste seulement à l’intérieur.",
        UtilityForm.RisingNetwork => "Un réseau tiré au sort, croissant en tout.",
        UtilityForm.ByKind => "Ce qui compte dépend du poste : l’accès et les horaires sur les postes décalés, le métier ailleurs.",
        UtilityForm.Cliffs => "Des falaises, multipliées deux à deux.",
        _ => "Le facilitateur, l’employeur et la personne veulent autre chose et doivent s’accorder.",
    };

    private static string Order(Incumbent incumbent) => incumbent switch
    {
        Incumbent.ExpertPoints => "Listes montrées dans l’ordre du modèle a priori",
        Incumbent.Nearest => "Listes montrées du plus proche au plus lointain",
        Incumbent.FirstCome => "Listes montrées dans l’ordre d’arrivée",
        _ => "Listes montrées selon quelques critères pris au hasard",
    };

    private static string Look(Examination examination) => examination switch
    {
        Examination.ByRank => "ouvertes de moins en moins en descendant",
        Examination.ToADepth => "ouvertes jusqu’à une profondeur propre à chaque liste",
        Examination.UntilEnough => "ouvertes jusqu’à en avoir retenu assez",
        _ => "ouvertes selon le rang et l’allure de la fiche",
    };
}
