namespace Matching.Rules.Ranking;

/// <summary>Where a model stands on its way to serve.</summary>
public enum ModelState
{
    Candidate,
    Shadow,
    Interleaved,
    Serving,
    Retired,
}

/// <summary>How well a model on trial does against the one in service on lists where people have decided.</summary>
/// <param name="Lists">Lists of postings new since its trial began, with somebody taken into a preselection and somebody opened or decided who was not kept.</param>
/// <param name="Low">Lower end of the 95 % interval of the difference of nDCG@10, candidate less shown.</param>
/// <param name="UnfairGroups">Groups that the candidate would put among the ten first less often than the alarm allows, beyond chance, when the model in service does not.</param>
public sealed record GateFigures(int Lists, int Postings, double Difference, double Low, double High, bool IsMonotone, IReadOnlyList<string> UnfairGroups);

/// <summary>Lists that alternate two models, where one of the two had more people taken into a preselection.</summary>
public sealed record DraftResult(int Lists, int WonByTrial, int WonByService)
{
    public int Decisive => WonByTrial + WonByService;
}

/// <summary>The life of a model, from a file to the service, each step taken by a named person.</summary>
public static class ModelLife
{
    /// <summary>The interval of the difference must lie above this (40-ranking).</summary>
    public const double LeastDifference = -0.005;

    /// <summary>Fewer postings draw no interval worth the name: the same few come back at every draw.</summary>
    public const int FewestPostings = 20;

    /// <summary>Decisive lists from which 55 to 45 is told from chance (40-ranking).</summary>
    public const int DecisiveLists = 780;

    public static Rule OneStepAtATime { get; } = new(
        "modele.etapes",
        "Un modèle passe de candidat à l’essai dans l’ombre, puis à l’alternance dans les listes, puis au service ; chaque étape est décidée par une personne, avec sa raison, et une seule version est à l’essai à la fois.",
        Rule.ToConfirm + " (choix du service, pour qu’aucun modèle ne serve sans avoir été regardé)");

    public static Rule Gate { get; } = new(
        "modele.porte",
        "Un modèle n’alterne dans les listes que si, sur au moins 20 offres, listées pour la première fois pendant son essai dans l’ombre, où quelqu’un a été pris en présélection et quelqu’un d’autre regardé sans être retenu, l’intervalle de la différence de nDCG@10, entre les seules personnes ouvertes ou décidées, est au-dessus de −0,005, si aucun critère ne va contre son sens, et si aucun groupe n’y perd plus d’un cinquième au-delà du hasard.",
        Rule.ToConfirm + " (choix du service ; les quatre cinquièmes sont un usage des États-Unis, pas une règle de droit ici)");

    public static Rule Promotion { get; } = new(
        "modele.promotion",
        "Avec moins de 780 listes décisives, ou s’il ne gagne pas la majorité, un modèle n’est mis en service que si la personne coche qu’elle le sait.",
        Rule.ToConfirm + " (780 : calcul de puissance pour distinguer 55 de 45 ; l’alternance ne décide rien seule)");

    public static Rule RollBack { get; } = new(
        "modele.retour",
        "Le modèle servi avant se remet en service en une étape, sans condition ; les listes déjà montrées gardent le leur.",
        Rule.ToConfirm + " (choix du service)");

    public static IReadOnlyList<Rule> Rules { get; } = [OneStepAtATime, Gate, Promotion, RollBack];

    /// <summary>Null when the step may be taken; else the French sentence.</summary>
    /// <param name="otherOnTrial">The version on trial, when it is another one.</param>
    public static string? Check(ModelState from, ModelState to, string? otherOnTrial, GateFigures? gate) => (from, to) switch
    {
        (ModelState.Candidate or ModelState.Retired, ModelState.Shadow) => otherOnTrial is null ? null : $"La version {otherOnTrial} est déjà à l’essai : l’arrêter d’abord.",
        (ModelState.Shadow, ModelState.Interleaved) => gate is null ? "La porte n’a pas encore été jugée : la juger d’abord." : GateRefusals(gate) is [var first, ..] ? first : null,
        (ModelState.Interleaved, ModelState.Serving) => null,
        (ModelState.Shadow or ModelState.Interleaved, ModelState.Retired) => null,
        _ => "Cette étape ne suit pas celle où le modèle se trouve : recharger la page.",
    };

    /// <summary>Why the gate stays shut, in French; empty when it opens.</summary>
    public static IReadOnlyList<string> GateRefusals(GateFigures gate)
    {
        ArgumentNullException.ThrowIfNull(gate);
        var refusals = new List<string>();
        if (gate.Lists == 0)
        {
            refusals.Add("Aucune liste d’une offre nouvelle depuis l’essai dans l’ombre n’a encore une personne prise en présélection et une autre ouverte ou décidée sans être retenue : rien ne peut être jugé.");
        }
        else if (gate.Postings < FewestPostings)
        {
            refusals.Add($"{gate.Postings} {(gate.Postings == 1 ? "offre nouvelle" : "offres nouvelles")} avec des décisions : il en faut au moins {FewestPostings} pour que l’intervalle veuille dire quelque chose.");
        }
        else if (gate.Low <= LeastDifference)
        {
            refusals.Add($"L’intervalle de la différence de nDCG@10 descend à {gate.Low.ToString("0.0000", French)} ; il doit rester au-dessus de {LeastDifference.ToString("0.000", French)}.");
        }

        if (!gate.IsMonotone)
        {
            refusals.Add("Un critère du modèle va contre son sens.");
        }

        refusals.AddRange(gate.UnfairGroups.Select(group => $"Le modèle ferait perdre plus d’un cinquième de sa place parmi les dix premières à un groupe, au-delà du hasard : {group}."));
        return refusals;
    }

    /// <summary>Whether alternating has shown enough to promote without saying that one knows better.</summary>
    public static bool IsShown(DraftResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return result.Decisive >= DecisiveLists && result.WonByTrial > result.WonByService;
    }

    private static readonly System.Globalization.CultureInfo French = System.Globalization.CultureInfo.GetCultureInfo("fr-FR");
}
