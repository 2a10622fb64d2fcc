using System.Text.RegularExpressions;
using Dapper;
using Matching.Web.Platform;
using Matching.Web.Platform.Mail;
using Matching.Web.Pools;
using Matching.Web.Tests.Preselection;
using Microsoft.Extensions.DependencyInjection;

namespace Matching.Web.Tests.Mails;

/// <summary>
/// Each kind of mail is made to leave by the story that makes it, about people and with words that it must not repeat. A kind without a story
/// here is not proven, and fails.
/// </summary>
public abstract partial class EveryMailTests(WebFixture web, SmtpSink sink) : WebTests(web), IDisposable
{
    /// <summary>Typed in every free text of the stories.</summary>
    private const string OwnWords = "mot-plante";

    /// <summary>Who the people are and what is known of them, whom the company named, and what everyone typed.</summary>
    private static readonly string[] Planted =
    [
        "Ana", "Boris", "Chloé", "Denis", "Roche", "Saule", "Tilleul", "Ulmaire", "RSA", "1990", "03/02", "0600000000", "00100", "Valmont", "port de charges", "mot-personnel", "mission-plantee",
        OwnWords, "RQTH", "Maçon", "Camille", "Organisation", "Quelques mots",
    ];

    private readonly DateTimeOffset start = web.Clock.Now;

    public static TheoryData<string> Kinds => [.. MailKind.All.Select(kind => kind.Code)];

    private static Dictionary<MailKind, Func<EveryMailTests, Scene, Task>> Stories => new()
    {
        [MailKind.PostingPublished] = (it, scene) => it.PublishAsync(scene),
        [MailKind.PeopleProposed] = (_, scene) => scene.Structure.PostAndFollowAsync(
            $"/offres/{scene.Posting}/proposer", ("personne", $"{scene.People[0].Id}"), ($"mot_{scene.People[0].Id}", OwnWords)),
        [MailKind.CompanyAnswered] = async (it, scene) => await it.AnswerAsync(await TransmitAsync(scene), "retenir"),
        [MailKind.CompanySilent] = (it, scene) => it.TransmitAndWaitAsync(scene, 16),
        [MailKind.CompanyReminder] = (it, scene) => it.TransmitAndWaitAsync(scene, 7),
        [MailKind.DecisionGiven] = (it, scene) => it.DeclineAsync(scene),
        [MailKind.Replacement] = (it, scene) => it.ReplaceAsync(scene),
        [MailKind.HoursDue] = async (it, scene) =>
        {
            await it.HireAsync(scene);
            await it.RoundAfterAsync(24);
        },
        [MailKind.EndingSoon] = (it, scene) => it.EndSoonAsync(scene),
        [MailKind.PoolToRefresh] = (it, scene) => it.LeaveUnconfirmedAsync(scene),
        [MailKind.SearchAlert] = (it, scene) => it.SearchAsync(scene),
        [MailKind.WeeklyDigest] = async (it, scene) =>
        {
            await scene.PreselectAsync(scene.People[0]);
            await it.RoundAfterAsync(0);
        },
        [MailKind.FileTransmitted] = (_, scene) => TransmitAsync(scene),
        [MailKind.CompanyCode] = async (it, scene) => await it.Web.Visitor().PostAndFollowAsync(await TransmitAsync(scene, ("code", "on")) + "/code", ("action", "demander")),
        [MailKind.CompanyNews] = (_, scene) => OfferSlotAsync(scene),
    };

    public void Dispose()
    {
        Web.Clock.Now = start;
        GC.SuppressFinalize(this);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task No_mail_repeats_what_is_known_of_a_person_nor_what_somebody_typed(string code)
    {
        var kind = MailKind.All.Single(it => it.Code == code);
        Assert.True(Stories.ContainsKey(kind), $"No story makes a mail of the kind {code}: write it here.");
        var scene = await Scene.MakeAsync(Web);
        await Web.Database.WriteAsync(
            (db, tx) => db.ExecuteAsync(
                "update app_user set email = @facilitator where id = @First; update app_user set email = @structure where id = @Second;",
                new { facilitator = $"f-{At(scene)}", structure = $"s-{At(scene)}", First = scene.Facilitator.Who!.UserId, Second = scene.Structure.Who!.UserId }, tx),
            Cancel);

        await Stories[kind](this, scene);

        await using var db = await Web.Database.OpenAsync(Cancel);
        var waiting = (await db.QueryAsync<(string Recipient, string Subject, string Text, string Html)>(
            "select recipient, subject, text_body, html_body from mail where kind = @code and recipient like @at order by id limit 10", new { code, at = $"_-{At(scene)}" })).AsList();
        Assert.NotEmpty(waiting);
        Assert.All(waiting, mail => Read("waiting", mail.Subject, mail.Text, mail.Html));
        await Web.Services.GetRequiredService<MailSender>().RunAsync(Cancel);
        var sent = sink.Received.Where(source => source.Contains(At(scene), StringComparison.Ordinal)).ToList();
        Assert.True(sent.Count >= waiting.Count, "The mails did not leave");

        // The secret of a link is drawn at random: it may spell anything.
        Assert.All(sent, source => Read("sent", [EncodedWord().Replace(source.Split("\r\n\r\n")[0], ""), .. SentMail.Read(source).Parts.Select(part => Secret().Replace(part, "/e/"))]));
    }

    private static void Read(string medium, params string[] parts)
    {
        var text = Id().Replace(string.Join('\n', parts), "");
        Assert.Contains("Matching", text, StringComparison.Ordinal);
        Assert.All(Planted, value => Assert.False(Regex.IsMatch(text, $@"\b{Regex.Escape(value)}"), $"{medium}: {value}"));
    }

    /// <summary>The end of the addresses of one scene.</summary>
    private static string At(Scene scene) => $"{scene.Posting}@courriels.example";

    private async Task PublishAsync(Scene scene)
    {
        await Web.Database.WriteAsync((db, tx) => db.ExecuteAsync("update posting set state = 'DRAFT' where id = @Posting", new { scene.Posting }, tx), Cancel);
        await scene.Facilitator.PostAndFollowAsync($"/offres/{scene.Posting}/publier");
    }

    private static async Task<string> TransmitAsync(Scene scene, params (string Name, string Value)[] more)
    {
        await scene.MakeReadyAsync(scene.People[0]);
        var form = (await scene.TransmissionFormAsync(scene.People[0])).Where(field => field.Name is not ("contact_courriel" or "mots"));
        return await scene.SendAsync([.. form, ("contact_courriel", $"c-{At(scene)}"), ("mots", OwnWords), .. more]);
    }

    private Task<PageSeen> AnswerAsync(string link, string reply, params (string, string)[] more) => Web.Visitor().PostAndFollowAsync(
        link, [("votre_nom", "Camille Chef"), ("fiche", "1"), ("depuis", "TRANSMISE"), ("reponse", reply), ("commentaire", OwnWords), .. more]);

    private async Task TransmitAndWaitAsync(Scene scene, int days)
    {
        await TransmitAsync(scene);
        await RoundAfterAsync(days);
    }

    private async Task DeclineAsync(Scene scene)
    {
        await AnswerAsync(await TransmitAsync(scene), "decliner", ("motif", "COMPETENCES"));
        await scene.Facilitator.PostAndFollowAsync($"/preselections/{(await scene.PathOfAsync(scene.People[0])).Id}/suite", ("mots", OwnWords), ("action", "envoyer"));
    }

    private async Task<string> HireAsync(Scene scene)
    {
        await AnswerAsync(await TransmitAsync(scene), "retenir");
        var path = $"/preselections/{(await scene.PathOfAsync(scene.People[0])).Id}";
        await scene.Facilitator.PostAndFollowAsync(
            path + "/embauche", ("employeur", $"{scene.Company}"), ("modalite", "EMBAUCHE_DIRECTE"), ("contrat", "CDD"), ("debut", "2026-11-16"), ("fin", "2027-05-31"), ("heures", "35"));
        return path;
    }

    private async Task ReplaceAsync(Scene scene)
    {
        var path = await HireAsync(scene);
        await Web.Database.WriteAsync(
            (db, tx) => db.ExecuteAsync(
                "insert into territory (organization_id, zone_kind, zone_code) values (@OrganizationId, 'DEP', '00') on conflict do nothing", new { scene.Structure.Who!.OrganizationId }, tx),
            Cancel);
        await scene.Facilitator.PostAndFollowAsync(path + "/fin", ("fin", "2026-11-16"), ("sortie", "RECHERCHE"));
        await scene.Facilitator.PostAndFollowAsync(
            path + "/remplacement", ("nombre_postes", "1"), ("heures_insertion", "100"), ("prevenir_entreprise", "on"), ("prevenir_partenaires", "on"));
    }

    private async Task EndSoonAsync(Scene scene)
    {
        await scene.MakeReadyAsync(scene.People[0]);
        await Web.Database.WriteAsync(
            (db, tx) => db.ExecuteAsync("update eligibility_decision set valid_until = @end where person_id = @Id", new { end = new DateOnly(2027, 1, 10), scene.People[0].Id }, tx), Cancel);
        await RoundAfterAsync(0);
    }

    private async Task LeaveUnconfirmedAsync(Scene scene)
    {
        await Web.Database.WriteAsync(
            (db, tx) => db.ExecuteAsync("update person set checked_on = @day where id = @Id", new { day = new DateOnly(2026, 8, 1), scene.People[0].Id }, tx), Cancel);
        await Web.Services.GetRequiredService<RemindPools>().RunAsync(Cancel);
    }

    private async Task SearchAsync(Scene scene)
    {
        var person = $"/viviers/personnes/{scene.People[0].Id}";
        await scene.Structure.PostAndFollowAsync(person + "/retirer");
        await scene.Facilitator.PostAndFollowAsync("/recherches", ("quoi", "personnes"), ("nom", OwnWords), ("recherche", "q=ma%C3%A7onnerie"));
        await scene.Structure.PostAndFollowAsync(person + "/publier");
        await RoundAfterAsync(1);
    }

    private static async Task OfferSlotAsync(Scene scene)
    {
        await TransmitAsync(scene);
        await scene.Facilitator.PostAndFollowAsync(
            $"/preselections/{(await scene.PathOfAsync(scene.People[0])).Id}/creneaux", ("action", "proposer"), ("entretien_jour", "2026-11-20"), ("entretien_heure", "14:30"), ("lieu", OwnWords));
    }

    private async Task RoundAfterAsync(int days)
    {
        Web.Clock.Now = start.AddDays(days);
        await Web.Services.GetRequiredService<DailyRound>().RunAsync(Cancel);
    }

    [GeneratedRegex(@"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")]
    private static partial Regex Id();

    [GeneratedRegex(@"/e/[\w-]+")]
    private static partial Regex Secret();

    [GeneratedRegex(@"=\?utf-8\?B\?[^?]+\?=", RegexOptions.IgnoreCase)]
    private static partial Regex EncodedWord();
}

public sealed class EveryMailOnSqlite(WithMailWeb web) : EveryMailTests(web, web.Sink), IClassFixture<WithMailWeb>;

public sealed class EveryMailOnPostgreSql(WithMailOnPostgreSql web) : EveryMailTests(web, web.Sink), IClassFixture<WithMailOnPostgreSql>;
