namespace Matching.Web.Platform.Mail;

/// <summary>A kind of mail: its code in the database, its words on « Mes courriels », the roles that may receive it.</summary>
/// <param name="Readers">Empty for what is written to an address without account (a company): nobody switches it off.</param>
public sealed record MailKind(string Code, string Label, params string[] Readers)
{
    public static readonly MailKind PostingPublished = new("OFFRE_PUBLIEE", "Une offre est publiée sur votre territoire", Roles.Structure);
    public static readonly MailKind PeopleProposed = new("PERSONNES_PROPOSEES", "Une structure vous propose des personnes", Roles.Facilitator);
    public static readonly MailKind CompanyAnswered = new("ENTREPRISE_A_REPONDU", "Une entreprise a répondu", Roles.Facilitator);
    public static readonly MailKind CompanySilent = new("ENTREPRISE_SANS_REPONSE", "Une entreprise n’a pas répondu dans le délai", Roles.Facilitator);
    public static readonly MailKind DecisionGiven = new("SUITE_DONNEE", "Une suite est donnée à une personne que vous accompagnez", Roles.Structure);
    public static readonly MailKind Replacement = new("REMPLACEMENT", "Une personne est partie, un remplacement est cherché", Roles.Facilitator, Roles.Structure);
    public static readonly MailKind HoursDue = new("HEURES_A_DECLARER", "Des heures sont à déclarer", Roles.Facilitator, Roles.Structure);
    public static readonly MailKind EndingSoon = new("FIN_PROCHE", "Un crédit, un PASS ou un plafond d’heures se termine dans 60 jours", Roles.Facilitator, Roles.Structure);
    public static readonly MailKind PoolToRefresh = new("VIVIER_A_ACTUALISER", "Votre vivier est à actualiser", Roles.Structure);
    public static readonly MailKind SearchAlert = new("ALERTE_RECHERCHE", "Une recherche enregistrée a du nouveau", Roles.Facilitator, Roles.Structure);
    public static readonly MailKind WeeklyDigest = new("SYNTHESE_HEBDO", "La synthèse de la semaine", Roles.Facilitator, Roles.Structure);

    /// <summary>To the contact of a company, who has no account.</summary>
    public static readonly MailKind FileTransmitted = new("DOSSIER_TRANSMIS", "Un dossier est transmis à l’entreprise");
    public static readonly MailKind CompanyReminder = new("RELANCE_ENTREPRISE", "L’entreprise est relancée");
    public static readonly MailKind CompanyCode = new("CODE_ENTREPRISE", "Le code demandé par l’entreprise");
    public static readonly MailKind CompanyNews = new("NOUVELLE_ENTREPRISE", "L’entreprise est prévenue d’un changement");

    public static IReadOnlyList<MailKind> All { get; } =
    [
        PostingPublished, PeopleProposed, CompanyAnswered, CompanySilent, DecisionGiven, Replacement, HoursDue, EndingSoon, PoolToRefresh, SearchAlert,
        WeeklyDigest, FileTransmitted, CompanyReminder, CompanyCode, CompanyNews,
    ];

    /// <summary>What someone of this role may receive, and switch off.</summary>
    public static IReadOnlyList<MailKind> For(string role) => [.. All.Where(kind => kind.Readers.Contains(role))];

    public static string LabelOf(string code) => All.FirstOrDefault(kind => kind.Code == code)?.Label ?? code;
}
