using Matching.Rules;
using Matching.Web.Platform.Mail;

namespace Matching.Web.Preselection.Replacements;

/// <summary>What is written when someone left. Nobody is named: neither who left nor who is asked.</summary>
public static class ReplacementMails
{
    /// <summary>What the key of each mail of a replacement begins with.</summary>
    public static string KeyStart(Guid replacement) => $"remplacement:{replacement}:";

    public static MailDraft ToStructure(Guid replacement) => new(
        MailKind.Replacement, "Votre réponse est attendue pour un remplacement",
        ["Un poste d’un marché avec clause sociale est de nouveau libre, et des personnes que vous accompagnez sont les suivantes.", "Dites si elles sont disponibles et intéressées : le facilitateur attend votre réponse pour les présenter à l’entreprise."],
        "Voir les personnes demandées", "/preselections", $"{KeyStart(replacement)}structure");

    public static MailDraft ToPartner(Guid replacement, PostingId posting) => new(
        MailKind.Replacement, "Un poste est de nouveau libre sur votre territoire",
        ["Une personne a quitté son poste sur un marché avec clause sociale ; l’offre est de nouveau ouverte, avec les heures qui restent.", "Si vous accompagnez quelqu’un de disponible tout de suite, lisez l’offre."],
        "Lire l’offre", $"/offres/{posting}", $"{KeyStart(replacement)}partenaire");

    public static MailDraft ToCompany(Guid replacement, Guid link) => new(
        MailKind.CompanyNews, "Un remplacement est cherché",
        ["Le facilitateur de la clause sociale a noté un départ et cherche avec ses partenaires qui peut prendre la suite.", "Vous recevrez un nouveau dossier dès que des personnes seront disponibles ; d’ici là, son numéro est sur votre page."],
        "Ouvrir votre page", $"/e/{MailSecrets.CompanyLink(link)}", $"{KeyStart(replacement)}{link}");

    public static MailDraft Undone(Guid replacement) => new(
        MailKind.Replacement, "Un remplacement est annulé",
        ["Le facilitateur a annulé un remplacement dont vous avez été prévenu.", "Vous n’avez plus à y répondre, ni à proposer quelqu’un. Les personnes déjà présentées pour ce poste gardent la place qu’elles avaient avant."],
        "Voir vos candidatures", "/preselections", $"remplacement-annule:{replacement}");

    public static MailDraft UndoneToCompany(Guid replacement, Guid link) => new(
        MailKind.CompanyNews, "Le remplacement est annulé",
        ["Le facilitateur de la clause sociale a annulé la recherche d’un remplacement dont vous avez été prévenu.", "Vous n’avez rien à faire ; son numéro est sur votre page."],
        "Ouvrir votre page", $"/e/{MailSecrets.CompanyLink(link)}", $"remplacement-annule:{replacement}:{link}");
}
