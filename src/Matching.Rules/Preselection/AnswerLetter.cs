namespace Matching.Rules.Preselection;

/// <summary>What a letter is written from. No name of another person, no criterion, no point of a list.</summary>
/// <param name="FirstName">Of the person it is for.</param>
/// <param name="Facilitator">Whom to call: "Claire Aubin, Maison de l’emploi".</param>
/// <param name="Words">What the facilitator adds; null when nothing.</param>
public sealed record AnsweredPath(PreselectionState State, string? ReasonCode, string FirstName, string PostingTitle, string Facilitator, string? Words);

/// <summary>The answer given to a person and to their structure after a no: what happened, why in kind words, and what comes next.</summary>
public static class AnswerLetter
{
    public const int WordsLength = 600;

    public static Rule SaidToThePerson { get; } = new(
        "preselection.reponse-motivee",
        "Après un non, la personne et sa structure reçoivent une réponse : ce qui a été décidé et pourquoi, en mots simples, relus avant l’envoi par le facilitateur ; une réponse par décision.",
        "Choix du service, pour que personne n’attende sans savoir ; les motifs sont ceux de la liste fermée");

    // For each reason, the sentence said to the person. It speaks of the post, never of the person's worth.
    private static readonly Dictionary<string, string> Kind = new()
    {
        ["COMPETENCES"] = "L’entreprise cherchait une expérience plus proche de ce poste précis. Cela ne dit rien de ce que vous savez faire ailleurs.",
        ["CERTIFICAT"] = "Le poste demande un permis, un CACES ou une habilitation que l’entreprise n’a pas trouvé dans le dossier. Votre structure peut regarder avec vous comment l’obtenir.",
        ["DISPONIBILITE"] = "Les dates ou les horaires du poste ne s’accordaient pas avec les vôtres.",
        ["MOBILITE"] = "Le trajet jusqu’au lieu de travail a été jugé trop difficile pour ce poste.",
        ["ENTRETIEN_ABSENT"] = "Le rendez-vous n’a pas pu avoir lieu. Si quelque chose vous en a empêché, dites-le à votre structure : une autre rencontre est souvent possible.",
        ["POSTE_POURVU"] = "Le poste a été pourvu entre-temps.",
        ["POSTE_SUPPRIME"] = "L’entreprise a supprimé ou reporté ce poste : la décision ne tient pas à vous.",
        ["AUTRE"] = "L’entreprise a indiqué une raison liée au poste.",
        ["AUTRES_PERSONNES"] = "D’autres personnes ont été proposées pour ce poste, qui n’a que peu de places.",
        ["EXIGENCE_DU_POSTE"] = "Le poste demande quelque chose que le dossier ne montre pas aujourd’hui. Votre structure peut vous dire quoi.",
        ["NON_ELIGIBLE"] = "Ce poste est réservé par un marché public à certaines situations, et la vôtre n’a pas pu y être justifiée. D’autres postes restent possibles.",
        ["OFFRE_FERMEE"] = "L’offre est pourvue ou fermée : la décision ne tient pas à vous.",
        ["DOUBLON"] = "Vous étiez déjà proposé·e pour ce poste par une autre structure : c’est elle qui suit votre candidature.",
    };

    /// <summary>Null when an answer is to be given for a path in this state and for this reason; else the French sentence that says why not.</summary>
    public static string? Check(PreselectionState state, string? reasonCode) =>
        state is not (PreselectionState.Declined or PreselectionState.Withdrawn) ? "Il n’y a pas de refus à expliquer : la personne avance encore vers ce poste."
        : reasonCode is null || !Kind.ContainsKey(reasonCode) || (state == PreselectionState.Withdrawn && !Reasons.In(ReasonList.FacilitatorDoesNotKeep, reasonCode))
            ? "La personne s’est retirée, sa structure l’a retirée ou elle a été embauchée ailleurs : elle le sait déjà, il n’y a pas de réponse à lui donner."
        : null;

    /// <summary>Codes of the reasons that are answered.</summary>
    public static IReadOnlyList<string> Codes { get; } = [.. Kind.Keys];

    /// <summary>The paragraphs of the letter to the person.</summary>
    /// <exception cref="ArgumentException">When <see cref="Check"/> refuses.</exception>
    public static IReadOnlyList<string> ToPerson(AnsweredPath path)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (Check(path.State, path.ReasonCode) is { } refusal)
        {
            throw new ArgumentException(refusal, nameof(path));
        }

        var decided = path.State == PreselectionState.Declined
            ? $"Vous avez été proposé·e à une entreprise pour le poste « {path.PostingTitle} ». L’entreprise ne donne pas suite cette fois-ci."
            : $"Vous avez été proposé·e pour le poste « {path.PostingTitle} ». Votre candidature ne va pas plus loin cette fois-ci.";
        return
        [
            $"Bonjour {path.FirstName},", decided, Kind[path.ReasonCode!],
            .. path.Words is { } words ? [words] : Array.Empty<string>(),
            "Cette réponse ne ferme aucune autre porte : vous restez dans le vivier de votre structure, et d’autres postes peuvent vous être proposés.",
            $"Vous avez le droit de savoir comment vous avez été comparé·e et de demander que la décision soit revue par quelqu’un : parlez-en à votre structure, ou à {path.Facilitator}.",
        ];
    }

    /// <summary>The paragraphs of the message to the structure, as it reads it on this site.</summary>
    public static IReadOnlyList<string> ToStructure(AnsweredPath path, string fullName)
    {
        ArgumentNullException.ThrowIfNull(path);
        var decided = path.State == PreselectionState.Declined ? "l’entreprise ne retient pas" : "nous ne gardons pas";
        return
        [
            $"Pour le poste « {path.PostingTitle} », {decided} la candidature de {fullName}. Motif : {Reasons.Label(path.State, path.ReasonCode)}.",
            .. path.Words is { } words ? [words] : Array.Empty<string>(),
            $"La lettre à lui remettre est ci-dessous ; elle s’imprime. Pour en parler : {path.Facilitator}.",
        ];
    }
}
