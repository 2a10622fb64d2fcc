using System.Net;
using Matching.Web.Platform;
using Matching.Web.Tests.Hours;

namespace Matching.Web.Tests.FollowUp;

public abstract class FollowUpTests(WebFixture web) : WebTests(web)
{
    private static readonly (string Name, string Value)[] Visit =
    [
        ("nature", "VISITE"), ("jour", "16/11/2026"), ("roles", "TUTEUR"), ("roles", "SALARIE"), ("compte_rendu", "Le poste convient."),
        ("suite", "Demander l’attestation"), ("echeance", "20/11/2026"),
    ];

    [Fact]
    public async Task A_visit_is_noted_with_who_was_there_by_role_and_what_comes_next()
    {
        var clause = await Clause.SeedAsync(Web);
        var log = await NoteAsync(clause, Visit);
        Assert.Contains("Visite Tuteur, Salarié en insertion", log.Words, StringComparison.Ordinal);
        Assert.Contains("Le poste convient.", log.Words, StringComparison.Ordinal);
        Assert.Contains("Cette semaine Demander l’attestation pour le 20/11/2026", log.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_week_gathers_what_is_due_on_every_marche_the_late_first()
    {
        var clause = await Clause.SeedAsync(Web);
        await NoteAsync(clause, Visit);
        await NoteAsync(clause, Visit, ("jour", "02/11/2026"), ("suite", "Trouver un tuteur"), ("echeance", "13/11/2026"));
        await NoteAsync(clause, Visit, ("suite", "Préparer le bilan"), ("echeance", "23/11/2026"));

        var week = await clause.Facilitator.GetAsync("/suivi");
        var month = await clause.Facilitator.GetAsync("/suivi?horizon=30");

        Assert.Equal(["En retard (1)", "Cette semaine (1)"], week.All("h2").Select(title => title.TextContent.Trim()).Where(title => title.EndsWith(')')));
        Assert.Equal(["Trouver un tuteur", "Demander l’attestation"], week.All(".people strong").Select(action => action.TextContent));
        Assert.Equal(["Trouver un tuteur", "Demander l’attestation", "Préparer le bilan"], month.All(".people strong").Select(action => action.TextContent));
    }

    [Fact]
    public async Task What_is_done_leaves_the_week_and_can_be_opened_again()
    {
        var clause = await Clause.SeedAsync(Web);
        var log = await NoteAsync(clause, Visit);
        var done = log.One("form[action$='/fait']").GetAttribute("action")!;
        await clause.Facilitator.PostFormAsync(done, ("mot", "reçue"));
        var week = await clause.Facilitator.PostAndFollowAsync(done, ("mot", "envoyée deux fois"));
        Assert.Contains("Rien à faire sur cette période", week.Words, StringComparison.Ordinal);

        var opened = await clause.Facilitator.PostAndFollowAsync(done.Replace("/fait", "/rouvrir", StringComparison.Ordinal), ("retour", "marche"));
        Assert.Contains("Cette semaine Demander l’attestation", opened.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_form_sent_twice_notes_one_visit()
    {
        var clause = await Clause.SeedAsync(Web);
        (string, string)[] once = [.. Visit, ("envoi", "formulaire-1")];
        await clause.Facilitator.PostFormAsync($"/marches/{clause.MarketId}/suivi", once);
        var again = await clause.Facilitator.PostAndFollowAsync($"/marches/{clause.MarketId}/suivi", once);
        Assert.Single(again.All(".timeline > li"));
        Assert.Contains("déjà noté", again.Document.Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Wrong_entries_are_refused_with_the_sentence_of_the_rule_and_keep_what_was_typed()
    {
        var clause = await Clause.SeedAsync(Web);
        var url = $"/marches/{clause.MarketId}/suivi";
        var refused = await clause.Facilitator.PostFormAsync(
            url, ("nature", "DIFFICULTE"), ("jour", "17/11/2026"), ("compte_rendu", "Manque de candidats."), ("envoi", "f"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Contains("n’est pas encore passé", refused.Words, StringComparison.Ordinal);
        Assert.Contains("cocher au moins un rôle", refused.Words, StringComparison.Ordinal);
        Assert.Contains("une difficulté signalée en appelle une", refused.Words, StringComparison.Ordinal);
        Assert.Equal("Manque de candidats.", refused.ValueOf("compte_rendu")!.Trim());
        var unread = await clause.Facilitator.PostFormAsync(url, ("nature", "FETE"), ("jour", "31/02/2026"), ("envoi", "g"));
        Assert.Equal(HttpStatusCode.BadRequest, unread.Status);
        Assert.Contains("n’est pas une date qui existe", unread.Words, StringComparison.Ordinal);
        Assert.Empty((await clause.Facilitator.GetAsync(url)).All(".timeline > li"));
    }

    [Fact]
    public async Task Another_facilitator_s_log_answers_like_an_unknown_one()
    {
        var clause = await Clause.SeedAsync(Web);
        var log = await NoteAsync(clause, Visit);
        var other = await Web.SignInAsync(Roles.Facilitator);
        var unknown = await other.GetAsync($"/marches/{Guid.CreateVersion7()}/suivi");
        var foreign = await other.GetAsync($"/marches/{clause.MarketId}/suivi");
        Assert.Equal(HttpStatusCode.NotFound, foreign.Status);
        Assert.Equal(unknown.Words, foreign.Words);
        Assert.Equal(HttpStatusCode.NotFound, (await other.PostFormAsync($"/marches/{clause.MarketId}/suivi", [.. Visit, ("envoi", "x")])).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await other.PostFormAsync(log.One("form[action$='/fait']").GetAttribute("action")!)).Status);
        Assert.DoesNotContain("Demander l’attestation", (await other.GetAsync("/suivi")).Words, StringComparison.Ordinal);
    }

    private static Task<PageSeen> NoteAsync(Clause clause, (string Name, string Value)[] entry, params (string Name, string Value)[] changes) =>
        clause.Facilitator.PostAndFollowAsync(
            $"/marches/{clause.MarketId}/suivi",
            [.. entry.Where(field => changes.All(change => change.Name != field.Name)), .. changes, ("envoi", Guid.CreateVersion7().ToString())]);
}

public sealed class FollowUpOnSqlite(SqliteWeb web) : FollowUpTests(web), IClassFixture<SqliteWeb>;

public sealed class FollowUpOnPostgreSql(PostgreSqlWeb web) : FollowUpTests(web), IClassFixture<PostgreSqlWeb>;
