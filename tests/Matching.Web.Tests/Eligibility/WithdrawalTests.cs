using System.Net;
using Dapper;
using Matching.Rules;
using Matching.Rules.Eligibility;
using Matching.Rules.Hours;
using Matching.Web.Platform;
using Matching.Web.Platform.Records;
using Matching.Web.Tests.Hours;
using Matching.Web.Tests.Preselection;

namespace Matching.Web.Tests.Eligibility;

public abstract class WithdrawalTests(WebFixture web) : WebTests(web)
{
    private const string Reason = "La pièce présentée concernait une autre personne.";

    [Fact]
    public async Task Hours_of_a_person_whose_eligibility_was_taken_back_are_refused_with_the_rule_and_nothing_is_written()
    {
        var clause = await Clause.SeedAsync(Web);
        var contract = await clause.HireAsync();
        var decision = await DecideAsync(clause, contract);
        await clause.ValidateAsync(contract, "100", "2026-09");
        await Clause.DeclareAsync(clause.Structure, contract, "60", "2026-10");
        var waiting = (await clause.LinesAsync(contract))[1].Entry.Id;
        await WithdrawAsync(clause.Facilitator, decision, "2026-10-01", Reason);

        var again = await Clause.DeclareAsync(clause.Structure, contract, "35", "2026-10");
        var validated = await clause.Facilitator.PostFormAsync($"/heures/lignes/{waiting}/decision", ("decision", "VALIDER"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, again.Status);
        Assert.Contains("L’éligibilité de cette personne a été retirée à partir du 01/10/2026 : aucune heure de ce mois (octobre 2026)", again.Words, StringComparison.Ordinal);
        Assert.Equal("35", again.ValueOf("duree"));
        Assert.Contains("aucune heure de ce mois (octobre 2026) ne peut être déclarée ni validée", validated.Words, StringComparison.Ordinal);
        Assert.Equal([HourStatus.Validated, HourStatus.Declared], (await clause.LinesAsync(contract)).Select(line => line.Entry.Status));
        Assert.Contains("Éligibilité retirée à partir du 01/10/2026.", (await clause.Structure.GetAsync($"/heures/contrats/{contract}")).Words, StringComparison.Ordinal);
        Assert.NotNull((await Clause.DeclareAsync(clause.Structure, contract, "10", "2026-09")).RedirectsTo);
    }

    [Fact]
    public async Task In_the_month_it_was_taken_back_hours_count_for_the_days_before()
    {
        var clause = await Clause.SeedAsync(Web);
        var contract = await clause.HireAsync();
        var decision = await DecideAsync(clause, contract);
        await clause.ValidateAsync(contract, "62", "2026-10");
        await WithdrawAsync(clause.Facilitator, decision, "2026-10-16", Reason);
        var page = await clause.Facilitator.GetAsync($"/heures/contrats/{contract}");

        // 15 days of the 31 of October.
        Assert.Equal("30 h", page.All(".figure b")[0].TextContent.Replace('\u00a0', ' '));
        Assert.Contains(EligibilityWithdrawal.Decided.Sentence, page.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_eligibility_taken_back_opens_nothing_until_another_validation()
    {
        var scene = await Scene.MakeAsync(Web);
        var person = scene.People[0];
        await scene.ValidateAsync(person);
        var page = $"/personnes/{person.Id}/eligibilite?marche={scene.Market}";
        var action = (await scene.Facilitator.GetAsync(page)).One("form[action$='/retrait']").GetAttribute("action")!;

        var silent = await scene.Facilitator.PostFormAsync(action, ("retrait_du", "2026-11-16"), ("retrait_motif", "erreur"));
        var future = await scene.Facilitator.PostFormAsync(action, ("retrait_du", "2026-11-17"), ("retrait_motif", Reason));
        var before = await scene.Facilitator.PostFormAsync(action, ("retrait_du", "2026-11-15"), ("retrait_motif", Reason));
        var other = await Web.SignInAsync(Roles.Facilitator);
        var foreign = await other.PostFormAsync(action, ("retrait_du", "2026-11-16"), ("retrait_motif", Reason));
        var gone = await scene.Facilitator.PostAndFollowAsync(action, ("retrait_du", "2026-11-16"), ("retrait_motif", Reason));
        var twice = await scene.Facilitator.PostFormAsync(action, ("retrait_du", "2026-11-16"), ("retrait_motif", Reason));
        await using var db = await Web.Database.OpenAsync(Cancel);
        var open = await EligibilityRecords.ValidatedAsync(db, scene.Lot, new(2026, 11, 16), Cancel);
        var alerts = await scene.Facilitator.GetAsync("/eligibilite/alertes");
        await scene.ValidateAsync(person);

        Assert.Contains("20 caractères au moins", silent.Words, StringComparison.Ordinal);
        Assert.Equal("erreur", silent.ValueOf("retrait_motif"));
        Assert.Contains("n’est pas encore venu", future.Words, StringComparison.Ordinal);
        Assert.Contains("Choisir un de ces jours", before.Words, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, foreign.Status);
        Assert.Contains("Éligibilité retirée à partir du 16/11/2026", gone.Words, StringComparison.Ordinal);
        Assert.Contains(Reason, gone.Words, StringComparison.Ordinal);
        Assert.Contains("déjà retirée", twice.Words, StringComparison.Ordinal);
        Assert.DoesNotContain(person.Id.Value, open);
        Assert.Contains("comparées aux faits connus aujourd’hui : 0.", alerts.Words, StringComparison.Ordinal);
        Assert.Contains("Éligibilité validée le 16/11/2026", (await scene.Facilitator.GetAsync(page)).Words, StringComparison.Ordinal);
        Assert.Equal(2, (await EligibilityRecords.HistoryAsync(db, person.Id, scene.Market, Cancel)).Count);
    }

    private async Task<Guid> DecideAsync(Clause clause, ContractId contract)
    {
        await using var db = await Web.Database.OpenAsync(Cancel);
        var person = await db.QuerySingleAsync<PersonId>("select person_id from work_contract where id = @contract", new { contract });
        var first = new DateOnly(2026, 6, 1);
        var decision = new EligibilityDecision(person, clause.MarketId, 1, "RSA", DecisionBasis.Proof, first, null, "Essai", first, first, new(2028, 5, 31));
        await Web.Database.WriteAsync((writing, tx) => EligibilityRecords.AppendAsync(writing, tx, decision, clause.Facilitator.Who!.UserId, Web.Clock.Now, Cancel), Cancel);
        return (await EligibilityRecords.InForceAsync(db, person, clause.MarketId, Cancel))!.Id!.Value;
    }

    private static async Task WithdrawAsync(Browser facilitator, Guid decision, string from, string reason) =>
        Assert.NotNull((await facilitator.PostFormAsync($"/eligibilite/decisions/{decision}/retrait", ("retrait_du", from), ("retrait_motif", reason))).RedirectsTo);
}

public sealed class WithdrawalsOnSqlite(SqliteWeb web) : WithdrawalTests(web), IClassFixture<SqliteWeb>;

public sealed class WithdrawalsOnPostgreSql(PostgreSqlWeb web) : WithdrawalTests(web), IClassFixture<PostgreSqlWeb>;
