using Matching.Rules;
using Matching.Web.Platform.Mail;

namespace Matching.Web.Preselection.Replacements;

/// <summary>What is written when someone left. Nobody is named: neither who left nor who is asked.</summary>
public static class ReplacementMails
{
    public static MailDraft ToStructure(Guid replacement) => new(
        MailKind.Replacement, "Votre réponse est attendue pour un remplacement",
        ["Un poste d’un marché avec clause sociale est de nouveau libre, et des personnes que vous accompagnez sont les suivantes.", "Dites si elles sont disponibles et intéressées : le facilitateur attend votre réponse pour les présenter à l’entreprise."],
        "Voir les personnes demandées", "/preselections", $"remplacement:{replacement}:structure");

    public static MailDraft ToPartner(Guid replacement, PostingId posting) => new(
        MailKind.Replacement, "Un poste est de nouveau libre sur votre territoire",
        ["Une personne a quitté son poste sur un marché avec clause sociale ; l’offre est de nouveau ouverte, avec les heures qui restent.", "Si vous accompagnez quelqu’un de disponible tout de suite, lisez l’offre."],
        "Lire l’offre", $"/offres/{posting}", $"remplacement:{replacement}:partenaire");

    public static MailDraft ToCompany(Guid replacement, Guid link) => new(
        MailKind.CompanyNews, "Un remplacement est cherché",
        ["Le facilitateur de la clause sociale a noté un départ et cherche avec ses partenaires qui peut prendre la suite.", "Vous recevrez un nouveau dossier dès que des personnes seront disponibles ; d’ici là, son numéro est sur votre page."],
        "Ouvrir votre page", $"/e/{MailSecrets.CompanyLink(link)}", $"remplacement:{replacement}:{link}");
}
