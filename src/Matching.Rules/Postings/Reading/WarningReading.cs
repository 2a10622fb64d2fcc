using System.Text.RegularExpressions;

namespace Matching.Rules.Postings.Reading;

/// <summary>Criteria that the law forbids, or that exclude without need. The text is never changed: a person reads the reason and decides.</summary>
public static partial class WarningReading
{
    private const string Law = "Code du travail, art. L1132-1";
    private const int MostPlaces = 5;
    private const string Practice = "à confirmer : pratique des facilitateurs de la clause";

    private const string InsteadOfPermit = "Permis B apprécié. Lieu de travail accessible : indiquer le bus, le covoiturage ou le départ du dépôt.";

    private static readonly Rule PermitWithoutDriving = new(
        "texte.permis", "Le permis B est exigé sans que le texte parle de conduire : il écarte sans nécessité, sauf si une tâche le demande.", Practice);

    private static readonly (WarningKind Kind, Rule Rule, string Instead, Regex Pattern)[] Kinds =
    [
        (WarningKind.Interdit, new("texte.age", "L’âge ne peut pas être un critère de l’offre : décrire plutôt les tâches. Les publics de la clause sont fixés par le marché, pas par l’offre.", Law), "Poste ouvert à toutes et à tous, quel que soit l’âge.", Age()),
        (WarningKind.Interdit, new("texte.sexe", "Le sexe ne peut pas être un critère : l’offre est ouverte aux femmes et aux hommes.", Law), "Poste ouvert aux femmes et aux hommes (F/H).", Sex()),
        (WarningKind.Interdit, new("texte.origine", "L’origine et la nationalité ne peuvent pas être des critères : demander au besoin une autorisation de travailler en France.", Law), "Être autorisé à travailler en France.", Origin()),
        (WarningKind.Interdit, new("texte.langue", "Exiger une langue « maternelle » ou « sans accent » écarte selon l’origine : indiquer le niveau utile, par exemple « comprendre une consigne ».", Law), "Comprendre et appliquer une consigne orale ou écrite simple en français.", Language()),
        (WarningKind.Interdit, new("texte.famille", "La situation de famille et la grossesse ne peuvent pas être des critères : indiquer seulement les horaires.", Law), "Horaires du poste : les indiquer, par exemple de 7 h à 14 h, un samedi sur deux.", Family()),
        (WarningKind.Interdit, new("texte.sante", "L’état de santé et le handicap ne peuvent pas être des critères : décrire les gestes du poste, le médecin du travail juge de l’aptitude.", Law), "Le poste comporte : indiquer les gestes, les charges et les postures. Aptitude vérifiée par la médecine du travail.", Health()),
        (WarningKind.Interdit, new("texte.apparence", "L’apparence physique ne peut pas être un critère : indiquer la tenue de travail si elle est imposée.", Law), "Tenue de travail fournie. Sens de l’accueil.", Appearance()),
        (WarningKind.Interdit, new("texte.residence", "Le lieu de résidence ne peut pas être un critère : indiquer le lieu et les horaires, la personne juge de son trajet.", Law), "Lieu de travail : indiquer l’adresse, l’heure de prise de poste et les transports.", Residence()),
        (WarningKind.Interdit, new("texte.opinion", "Les convictions, les opinions et l’activité syndicale ne peuvent pas être des critères.", Law), "Respecter les règles du site, les mêmes pour tous.", Opinion()),
        (WarningKind.Excluant, new("texte.vehicule", "Exiger un véhicule personnel écarte sans nécessité : demander d’être à l’heure sur place, et dire s’il existe un bus ou un covoiturage.", Practice), "Être à l’heure sur place : indiquer l’adresse, le bus, le covoiturage ou le départ du dépôt.", Vehicle()),
        (WarningKind.Excluant, new("texte.experience", "Plusieurs années d’expérience exigées écartent les publics de la clause : indiquer les gestes à savoir faire, ou ce qui s’apprend sur place.", Practice), "Une première expérience est appréciée ; les gestes du poste s’apprennent avec le tuteur.", Experience()),
        (WarningKind.Excluant, new("texte.diplome", "Un diplôme exigé sans obligation légale écarte sans nécessité : indiquer les savoir-faire attendus.", Practice), "Savoir faire : indiquer deux ou trois gestes du métier. Diplôme apprécié, non exigé.", Diploma()),
        (WarningKind.Excluant, new("texte.francais", "Un français « parfait » écarte sans nécessité : indiquer ce qu’il faut lire, dire ou écrire dans le poste.", Practice), "Lire une consigne simple et se faire comprendre de l’équipe.", French()),
        (WarningKind.Excluant, new("texte.casier", "Un casier judiciaire vierge ne se demande que si la loi le prévoit pour ce métier.", Practice), "À retirer, sauf texte légal : l’indiquer alors, par exemple la carte professionnelle de sécurité.", Record()),
        (WarningKind.Excluant, new("texte.condition-physique", "« Bonne condition physique » est vague et écarte sans nécessité : décrire les charges, les postures et les aides disponibles.", Practice), "Le poste comporte : indiquer les charges en kilos, les postures et les aides (transpalette, travail à deux).", Fitness()),
    ];

    /// <summary>The rules about texts, for the page of the rules.</summary>
    public static IReadOnlyList<Rule> Rules { get; } = [.. Kinds.Select(kind => kind.Rule), PermitWithoutDriving];

    // The same fault twice in a sentence is said once.
    internal static IReadOnlyList<PostingWarning> Read(FoldedText text, IEnumerable<Extracted<string>> requiredCertificates) =>
        [.. Kinds
            .SelectMany(kind => kind.Pattern.Matches(text.Text).Where(found => !Negated().IsMatch(text.Before(found.Index, 18)))
                .DistinctBy(found => text.SentenceAround(found.Index, 0).Start).Take(MostPlaces)
                .Select(found => new PostingWarning(kind.Kind, kind.Rule, text.Extract(text.Original(found.Index, found.Length), found), kind.Instead)))
            .Concat(Driving().IsMatch(text.Text) ? [] : requiredCertificates.Where(one => one.Value == "PERMIS_B").Take(1)
                .Select(one => new PostingWarning(WarningKind.Excluant, PermitWithoutDriving, one with { Value = one.Words(text.Source) }, InsteadOfPermit)))
            .OrderBy(warning => warning.Words.Start)];

    [GeneratedRegex(
        @"\b(?:entre|de) [1-6]\d (?:et|a) [1-6]\d ans\b|\b(?:moins|plus) de [1-6]\d ans\b(?! d)|\b[1-6]\d ans (?:maximum|minimum|max|mini?)\b|\bage (?:maximum|minimum|limite|max)\w*|\bjeunes? (?:hommes?|femmes?|et dynamiques?|diplomes?|motives?|personnes?)\b|\b(?:profil|candidat|collaborateur|equipier) jeune\b|\bsenior s'abstenir",
        RegexOptions.CultureInvariant)]
    private static partial Regex Age();

    [GeneratedRegex(
        @"\b(?:homme|femme)s? (?:uniquement|seulement|exclusivement|de preference|imperatif)|\b(?:uniquement|seulement|exclusivement|plutot|de preference) (?:des |un |une )?(?:hommes?|femmes?)\b|\b(?:(?:re)?cherch\w+|recrut\w+|faut|voul\w+|veut|souhait\w+|prefer\w+|besoin d') ?(?:un homme|une femme|des hommes|des femmes)\b(?! (?:ou|et) (?:une?|des) (?:femmes?|hommes?))|\bposte (?:pour|reserve (?:a un|a une|aux)) (?:hommes?|femmes?)\b|\bsexe (?:masculin|feminin)\b|\b(?:pas|sans) de femmes?\b|\bjeunes? (?:hommes?|femmes?)\b(?! (?:ou|et))|(?<=,\s?)(?:homme|femme)\b(?! ?(?:toutes|trafic|de menage|de chambre))(?=[ ,.])",
        RegexOptions.CultureInvariant)]
    private static partial Regex Sex();

    [GeneratedRegex(@"\bnationalite (?:francaise|europeenne)|\bde nationalite \w+|\b(?:d'origine|origine) (?:francaise|europeenne|africaine|maghrebine|etrangere)|\bfrancais de souche|\bpas d'etrangers?\b|\btype europeen\b", RegexOptions.CultureInvariant)]
    private static partial Regex Origin();

    [GeneratedRegex(@"\blangue maternelle\b|\bfrancais maternel|\bsans accent\b", RegexOptions.CultureInvariant)]
    private static partial Regex Language();

    [GeneratedRegex(@"\bcelibataires?\b|\bsans enfants?\b|\bsans charges? de famille|\bsituation de famille\b|\b(?:homme|femme)s? marie\w*|\bnon enceinte|\bpas enceinte", RegexOptions.CultureInvariant)]
    private static partial Regex Family();

    [GeneratedRegex(@"\b(?:bonne|parfaite|excellente) sante\b|\bsante (?:parfaite|irreprochable)|\b(?:sans|pas de) (?:probleme|souci)s? (?:de (?:sante|dos)|medica\w+)|\b(?:pas|non) (?:de )?(?:handicap\w*|rqth)|\brqth s'abstenir|\bsans handicap", RegexOptions.CultureInvariant)]
    private static partial Regex Health();

    [GeneratedRegex(@"\b(?:bonne|excellente|tres bonne) presentation\b|\bpresentation (?:irreprochable|impeccable)|\bphysique agreable|\bsans (?:tatouages?|piercings?)", RegexOptions.CultureInvariant)]
    private static partial Regex Appearance();

    [GeneratedRegex(@"\b(?<!(?:les|des|nos|aux|d') ?)(?:habit(?:er|ant)|resid(?:er|ant)|domicilie\w*|loger) (?:obligatoirement |imperativement )?(?:a |sur |dans |pres )|\bhabitants? (?:de|du) (?:la commune|quartier|secteur) (?:uniquement|seulement|exclusivement)|\bmoins de \d+ (?:km|minutes) du (?:chantier|site|depot)", RegexOptions.CultureInvariant)]
    private static partial Regex Residence();

    [GeneratedRegex(@"\bsignes? religieux|\bpratiquants?\b(?= (?:s'abstenir|exclu))|\bnon syndique\w*|\bsans engagement (?:syndical|politique)", RegexOptions.CultureInvariant)]
    private static partial Regex Opinion();

    [GeneratedRegex(@"\b(?:vehicule|voiture)(?: personnel\w*)? (?:exige\w*|obligatoire|indispensable|imperati\w*|necessaire)|\b(?:vehicule|voiture) personnel\w*\b|\b(?:etre |personne )?vehicule\(?e?\)?(?: obligatoire| exige)|\betre (?:vehicule|motorise)\w*", RegexOptions.CultureInvariant)]
    private static partial Regex Vehicle();

    [GeneratedRegex(@"\b(?:[2-9]|1\d|deux|trois|cinq|dix) ans (?:d'experience|minimum d'experience|d'anciennete)|\bexperience\b[^.\n]{0,30}?\b(?:[2-9]|1\d|deux|trois|cinq|dix) ans\b|\bexperience confirmee (?:exigee|obligatoire|indispensable)", RegexOptions.CultureInvariant)]
    private static partial Regex Experience();

    [GeneratedRegex(@"\b(?:diplome|cap|bep|bac|bts)\b[^.\n,]{0,25}?\b(?:exige|obligatoire|indispensable|imperatif|requis)\w*", RegexOptions.CultureInvariant)]
    private static partial Regex Diploma();

    [GeneratedRegex(@"\bfrancais (?:parfait|courant|impeccable|irreprochable)|\b(?:parfaite|excellente) maitrise du francais|\bmaitrise parfaite du francais|\borthographe (?:parfaite|irreprochable)", RegexOptions.CultureInvariant)]
    private static partial Regex French();

    [GeneratedRegex(@"\bcasier (?:judiciaire )?(?:vierge|b[123]|neant)", RegexOptions.CultureInvariant)]
    private static partial Regex Record();

    [GeneratedRegex(@"\b(?:bonne|excellente) (?:condition|forme|constitution) physique|\bbonne resistance physique|\b(?:etre )?(?:costaud|robuste)s?\b", RegexOptions.CultureInvariant)]
    private static partial Regex Fitness();

    // A task, or a way to work, that needs a driver.
    [GeneratedRegex(@"\b(?:condui\w+|chauffeur\w*|livr\w+|vehicules?|camions?|camionnettes?|fourgons?|utilitaires?|tournees?|deplac\w+|chantiers|itineran\w*|d'un site a l'autre|plusieurs sites|multi-?sites|domiciles?|convoy\w+|navettes?|balayeuses?|collecte\w*|secteurs?|remorques?|engins?|taxi|ambulance\w*|transport\w*|zero permis|roul\w+)\b", RegexOptions.CultureInvariant)]
    private static partial Regex Driving();

    [GeneratedRegex(@"\b(?:pas (?:de |d'|besoin de |besoin d')|aucune? |ni |sans )$", RegexOptions.CultureInvariant)]
    private static partial Regex Negated();
}
