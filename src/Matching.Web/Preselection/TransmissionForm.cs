using Matching.Rules;
using Matching.Rules.Preselection;
using Matching.Web.Platform;
using Matching.Web.Platform.Mail;

namespace Matching.Web.Preselection;

/// <summary>The choice of files for a company, as typed: read alike by the preview and by the sending.</summary>
public static class TransmissionForm
{
    /// <summary>The ids of everyone on the page, in the order that the facilitator chose.</summary>
    public const string Order = "ordre";

    public const string CodeField = "code";

    public const string NoMail = "Code par courriel : ce service n’envoie pas encore de courriels (aucun serveur n’est réglé, option --Mail:Host), le code n’arriverait pas. Décochez cette case.";

    private const int MaximumDays = 90;

    /// <summary>What was chosen; the errors found are in the form.</summary>
    public static TransmitFiles.Command Read(PostingId posting, PostedForm form, SignedIn user, DateOnly today, MailSettings settings)
    {
        ArgumentNullException.ThrowIfNull(form);
        ArgumentNullException.ThrowIfNull(settings);
        var people = InOrder(form.Ids("preselection"), form.Ids(Order)).Take(TransmitFiles.MaximumPeople + 1).Select(id => new TransmitFiles.Chosen(
            new PreselectionId(id),
            PreselectionStates.TryParse(form[$"depuis_{id}"], out var from) ? from : PreselectionState.Proposed,
            form.OptionalText($"mots_{id}", "Vos mots sur la personne", 600))).ToList();
        if (people.Count is 0 or > TransmitFiles.MaximumPeople)
        {
            form.Errors.Add("preselection", people.Count == 0
                ? "Aucune personne n’est cochée : cochez au moins une personne à transmettre."
                : $"Transmettez {TransmitFiles.MaximumPeople} personnes au plus par lien.");
        }

        var name = form.Text("contact_nom", "Nom du contact dans l’entreprise", 120);
        var mail = form.OptionalEmail("contact_courriel", "Courriel du contact");
        var words = form.OptionalText("mots", "Message à l’entreprise", 2_000);
        var answer = form.Day("reponse_avant", "Réponse attendue avant le");
        var expiry = form.Day("expire_le", "Fin du lien");
        if (answer < today)
        {
            form.Errors.Add("reponse_avant", "La date de réponse est passée : choisissez aujourd’hui ou un jour à venir.");
        }

        if (expiry < answer || expiry > today.AddDays(MaximumDays))
        {
            form.Errors.Add("expire_le", $"Le lien se termine au plus tôt le jour de la réponse attendue, et {MaximumDays} jours au plus à partir d’aujourd’hui.");
        }

        if (form.Checked(CodeField) && settings.Host is null)
        {
            form.Errors.Add(CodeField, NoMail);
        }
        else if (form.Checked(CodeField) && mail is null && form.Errors["contact_courriel"].Count == 0)
        {
            form.Errors.Add("contact_courriel", "Courriel du contact : à remplir, le code lui est envoyé.");
        }

        if (!Guid.TryParse(form["cle"], out var key))
        {
            form.Errors.Add("", "Le formulaire est incomplet : rechargez la page et recommencez.");
        }

        return new TransmitFiles.Command(posting, people, name, mail, words, form.Checked("anonyme"), answer ?? today, expiry ?? today, key, user, form.Checked(CodeField));
    }

    /// <summary>These ids in the order chosen; those that it does not name come last, as they were.</summary>
    public static IReadOnlyList<Guid> InOrder(IEnumerable<Guid> ids, IReadOnlyList<Guid> order)
    {
        ArgumentNullException.ThrowIfNull(order);
        var rank = order.Index().ToDictionary(it => it.Item, it => it.Index);
        return [.. ids.OrderBy(id => rank.GetValueOrDefault(id, int.MaxValue))];
    }

    /// <summary>The same order with one id a place earlier (-1) or later (+1).</summary>
    public static IReadOnlyList<Guid> Moved(IReadOnlyList<Guid> order, Guid id, int places)
    {
        ArgumentNullException.ThrowIfNull(order);
        var moved = order.ToList();
        var at = moved.IndexOf(id);
        var to = Math.Clamp(at + places, 0, moved.Count - 1);
        if (at >= 0)
        {
            moved.RemoveAt(at);
            moved.Insert(to, id);
        }

        return moved;
    }
}
