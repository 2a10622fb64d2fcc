using Bogus;

namespace Matching.Lab.Sample;

/// <summary>A few sentences a person could say about their trade and project, true to the rest of their row; never about health.</summary>
public static class ProjectText
{
    private static readonly string[] OnSite = ["bâtiment", "second œuvre", "espaces verts"];
    private static readonly string[] Outdoors = ["bâtiment", "espaces verts", "déchets", "transport"];
    private static readonly string[] Machines = ["bâtiment", "espaces verts", "logistique", "industrie", "déchets"];

    public static string Write(Randomizer random, WorkLife work, bool isWoman, bool hasLicence, string commune)
    {
        ArgumentNullException.ThrowIfNull(random);
        ArgumentNullException.ThrowIfNull(work);
        var title = Title.InSentence(random.OneOf(work.Main.Titles), isWoman);
        var skill = work.Skills.Count == 0 ? "apprendre vite" : char.ToLowerInvariant(work.Skills[0][0]) + work.Skills[0][1..];
        var parts = new List<string> { Past(random, work, title, skill, isWoman), Wish(random, work, title, isWoman) };
        if (random.Chance(0.55))
        {
            parts.Add(Practical(random, hasLicence, commune, isWoman));
        }

        return string.Join(' ', parts);
    }

    private static string Past(Randomizer random, WorkLife work, string title, string skill, bool isWoman)
    {
        var e = isWoman ? "e" : "";
        return work.MainMonths switch
        {
            0 => random.OneOf(
                "Je n'ai pas encore travaillé dans ce métier mais je l'ai découvert en stage.",
                $"Je débute et je veux apprendre le métier {Of(title)}.",
                $"J'ai fait une immersion comme {title} et le travail m'a plu.",
                $"Je change de métier : je sais déjà {skill}.",
                "J'ai surtout travaillé ailleurs, je suis prêt" + e + " à me former."),
            < 12 => random.OneOf(
                $"J'ai travaillé {work.MainMonths} mois comme {title}.",
                $"Une première expérience {Of(title)} m'a donné envie de continuer.",
                $"Je sais {skill}, j'ai commencé il y a peu.",
                "J'ai fait plusieurs missions courtes dans ce métier."),
            _ => random.OneOf(
                $"J'ai {Years(work.MainMonths)} d'expérience comme {title}.",
                $"Je connais bien le métier {Of(title)} et je travaille sans qu'on me surveille.",
                $"Je sais {skill} et j'ai formé des collègues.",
                OnSite.Contains(work.Main.Family)
                    ? "J'ai travaillé sur de gros chantiers comme chez de petits clients, je m'adapte."
                    : "J'ai connu plusieurs employeurs et plusieurs façons de travailler, je m'adapte."),
        };
    }

    private static string Wish(Randomizer random, WorkLife work, string title, bool isWoman)
    {
        var e = isWoman ? "e" : "";
        var other = work.Others.Count == 0 ? title : Title.InSentence(work.Others[0].Name, isWoman);
        return random.OneOf(
            $"Je cherche un poste {Of(title)}.",
            "Je voudrais un contrat assez long pour m'installer dans le métier.",
            $"Je suis intéressé{e} aussi par un travail {Of(other)}.",
            "Mon but est de passer un titre professionnel l'an prochain.",
            "J'aime le travail d'équipe et le travail bien fini.",
            "Je veux retrouver un rythme et un salaire réguliers.",
            "Un CDI serait l'idéal, mais je prends aussi les missions.",
            Outdoors.Contains(work.Main.Family) ? "Je souhaite travailler dehors et bouger." : "Je cherche un travail où l'on apprend tous les jours.",
            "Je préfère un lieu de travail fixe et une équipe stable.",
            Machines.Contains(work.Main.Family) ? "Je voudrais passer un CACES pour évoluer." : "Je voudrais suivre une formation courte pour évoluer.",
            $"Je suis ponctuel{(isWoman ? "le" : "")} et je tiens mes engagements.");
    }

    private static string Practical(Randomizer random, bool hasLicence, string commune, bool isWoman)
    {
        var e = isWoman ? "e" : "";
        return hasLicence
            ? random.OneOf(
                "J'ai mon permis et je peux prendre un collègue en covoiturage.",
                "Je peux me déplacer sur les chantiers du département.",
                $"J'habite du côté {Of(commune)} et je suis mobile.",
                "Je peux commencer tôt le matin.")
            : random.OneOf(
                "Je me déplace sans voiture, il me faut un lieu bien desservi.",
                "Je prépare le code de la route.",
                $"Je cherche plutôt autour {Of(commune)}.",
                $"Je suis disponible rapidement et motivé{e}.",
                "Je peux venir en covoiturage avec un collègue.");
    }

    /// <summary>"de maçon", "d'agent", "du Mesnil", "des Granges": the article gives way or melts. Only the mute h is met here.</summary>
    private static string Of(string words) =>
        words.StartsWith("Le ", StringComparison.Ordinal) ? "du " + words[3..]
        : words.StartsWith("Les ", StringComparison.Ordinal) ? "des " + words[4..]
        : "aeiouyéèêàâîôhœ".Contains(char.ToLowerInvariant(words[0]), StringComparison.Ordinal) ? "d'" + words
        : "de " + words;

    private static string Years(int months) => months < 24 ? "plus d'un an" : $"{months / 12} ans";
}
