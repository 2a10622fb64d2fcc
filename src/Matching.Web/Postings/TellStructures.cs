using System.Data.Common;
using Matching.Rules;
using Matching.Web.Platform;
using Matching.Web.Platform.Mail;
using Matching.Web.Platform.Records;

namespace Matching.Web.Postings;

/// <summary>Tells the structures of the territory that a posting was published. A number and a link: the page says the rest.</summary>
public static class TellStructures
{
    /// <summary>In the transaction that publishes; each publication is told once. Answers how many mails were queued.</summary>
    public static async Task<int> OfAsync(DbConnection db, DbTransaction tx, MailQueue mails, PostingId posting, DateTimeOffset publishedAt, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(mails);
        var draft = new MailDraft(
            MailKind.PostingPublished,
            "Une offre est publiée sur votre territoire",
            ["Une offre réservée à des personnes en insertion est publiée sur votre territoire. Vous pouvez y proposer des personnes que vous accompagnez, les mieux placées d’abord."],
            "Lire l’offre et proposer des personnes", $"/offres/{posting}", $"offre-publiee:{posting}:{publishedAt.ToUnixTimeSeconds()}");
        var queued = 0;
        foreach (var structure in await Visibility.StructuresOfAsync(db, tx, posting, ct))
        {
            queued += await mails.ToOrganizationAsync(db, tx, structure, Roles.Structure, draft, ct);
        }

        return queued;
    }
}
