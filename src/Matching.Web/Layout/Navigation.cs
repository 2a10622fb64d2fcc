using Matching.Web.Platform;

namespace Matching.Web.Layout;

/// <summary>The areas of the site, by what one does there; each role sees those it may open.</summary>
public static class Navigation
{
    /// <param name="Task">What one comes to do, for the home page.</param>
    public sealed record Link(string Path, string Label, string Task, params string[] Readers);

    private static readonly Link[] All =
    [
        new("/marches", "Marchés", "Suivre les marchés, leurs lots et les heures dues", Roles.Facilitator),
        new("/offres", "Offres", "Lire les offres, et voir qui peut prendre chaque poste", Roles.Facilitator, Roles.Structure),
        new("/viviers", "Viviers", "Publier et tenir à jour les personnes accompagnées", Roles.Facilitator, Roles.Structure),
        new("/recherche", "Recherche", "Chercher des personnes ou des offres par leurs mots", Roles.Facilitator, Roles.Structure),
        new("/preselections", "Présélections", "Suivre les personnes proposées, contactées, transmises, embauchées", Roles.Facilitator, Roles.Structure),
        new("/heures", "Heures", "Déclarer et valider les heures d’insertion du mois", Roles.Facilitator, Roles.Structure),
        new("/tableaux-de-bord", "Tableaux de bord", "Comparer les heures faites aux heures dues", Roles.Facilitator, Roles.Structure, Roles.Buyer, Roles.Company),
        new("/suivi", "Suivi", "Voir ce qui est à faire cette semaine sur vos marchés", Roles.Facilitator),
        new("/consolidation", "Consolidation", "Réunir une année de marchés en un seul tableau", Roles.Facilitator, Roles.Administrator),
        new("/administration/comptes", "Comptes", "Ouvrir et fermer les comptes, rattacher les organisations", Roles.Administrator),
        new("/administration/organisations", "Organisations", "Tenir à jour coordonnées et territoires", Roles.Administrator),
        new("/administration/referentiels", "Référentiels", "Voir et mettre à jour le ROME, les communes et les zones", Roles.Administrator),
        new("/administration/listes", "Listes", "Rejouer les listes montrées, les exporter pour apprendre", Roles.Administrator),
        new("/administration/modeles", "Modèles", "Charger un modèle appris, l’essayer, le mettre en service, revenir au précédent", Roles.Administrator),
        new("/administration/equite", "Équité", "Lire comment des groupes de personnes passent chaque étape, et publier l’audit", Roles.Administrator),
        new("/administration/courriels", "Courriels", "Voir comment partent les courriels, et ceux qui n’ont pas pu partir", Roles.Administrator),
    ];

    public static IReadOnlyList<Link> For(string role) => [.. All.Where(link => link.Readers.Contains(role))];
}
