using System.Data.Common;
using System.Globalization;
using Matching.Rules;
using Matching.Rules.Preselection;
using Matching.Web.Platform;
using Matching.Web.Platform.Mail;
using Matching.Web.Platform.Records;

namespace Matching.Web.Preselection;

/// <summary>
/// Each day, reminds the companies that have not answered a file and tells the facilitator of those that let the day pass. A file answered,
/// revoked or sent again meanwhile is not reminded; the key of each mail makes it leave once.
/// </summary>
public sealed class RemindCompanies(Database database, MailQueue mails, FrenchCalendar calendar) : IDailyWork
{
    /// <summary>A file whose day passed longer ago is not told any more: it would only come up after a long stop of the service.</summary>
    private const int ForgottenAfterDays = 60;

    public Task<int> RunAsync(CancellationToken ct) => database.WriteAsync(
        async (db, tx) =>
        {
            var today = calendar.Today;
            var terms = new Dictionary<MarketId, AnswerTerms>();
            var queued = 0;
            foreach (var file in await AwaitedFiles.SinceAsync(db, tx, today.AddDays(-ForgottenAfterDays), ct))
            {
                if (!terms.TryGetValue(file.MarketId, out var ofMarket))
                {
                    terms[file.MarketId] = ofMarket = await AnswerTermsRecords.OfAsync(db, file.MarketId, ct, tx);
                }

                queued += await TellAsync(db, tx, file, file.DueOn(today, ofMarket), today, ct);
            }

            return queued;
        },
        ct);

    private async Task<int> TellAsync(DbConnection db, DbTransaction tx, AwaitedFile file, SilenceStep step, DateOnly today, CancellationToken ct)
    {
        switch (step)
        {
            case SilenceStep.Deadline:
                return await mails.ToOrganizationAsync(db, tx, file.FacilitatorId, Roles.Facilitator, SilenceOf(file), ct);
            case SilenceStep.FirstReminder or SilenceStep.SecondReminder when file.ContactEmail is { } address && today <= file.ExpiresOn:
                return await mails.ToAddressAsync(db, tx, address, ReminderOf(file, step), ct) ? 1 : 0;
            default:
                return 0;
        }
    }

    private static MailDraft ReminderOf(AwaitedFile file, SilenceStep step) => new(
        MailKind.CompanyReminder,
        step == SilenceStep.FirstReminder ? "Rappel : des candidatures attendent votre réponse" : "Dernier rappel : des candidatures attendent votre réponse",
        [
            "Le facilitateur de la clause sociale vous a transmis un dossier pour un poste de votre entreprise. Des personnes attendent votre réponse.",
            string.Create(CultureInfo.InvariantCulture, $"Merci de répondre avant le {file.AnswerBefore:dd/MM/yyyy} : rencontrer, retenir ou ne pas retenir, en deux clics et sans compte."),
        ],
        "Lire le dossier et répondre", $"/e/{MailSecrets.CompanyLink(file.LinkId)}", FileMails.ReminderKey(file.LinkId, step == SilenceStep.FirstReminder ? 1 : 2));

    private static MailDraft SilenceOf(AwaitedFile file) => new(
        MailKind.CompanySilent,
        "Une entreprise n’a pas répondu dans le délai",
        ["La date de réponse d’un dossier que vous avez transmis est passée, sans réponse pour toutes les personnes. Vous pouvez appeler l’entreprise, prolonger en envoyant un nouveau lien, ou proposer ces personnes ailleurs."],
        "Voir le dossier et décider", $"/offres/{file.PostingId}/transmettre", $"sans-reponse:{file.LinkId}");
}
