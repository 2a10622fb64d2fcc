using System.Net;
using Dapper;
using Matching.Web.Platform;

namespace Matching.Web.Tests.Eligibility;

/// <summary>A page that only computes: the database does not matter here.</summary>
public sealed class CheckInsertionPathTests(SqliteWeb web) : WebTests(web), IClassFixture<SqliteWeb>
{
    private const string Url = "/eligibilite/parcours-iae";

    [Fact]
    public async Task A_facilitator_reads_what_the_rules_say_and_nothing_is_kept()
    {
        var facilitator = await Web.SignInAsync(Roles.Facilitator);
        var before = await EventsAsync();

        var short_ = await facilitator.PostFormAsync(Url, Diagnosis("EI", ("criteres", "QPV"), ("criteres", "SENIOR")));
        var enough = await facilitator.PostFormAsync(Url, Diagnosis("ETTI", ("criteres", "QPV"), ("criteres", "SENIOR"), ("pass_debut", "2025-01-01")));
        var geiq = await facilitator.PostFormAsync(Url, Diagnosis("GEIQ", ("criteres", "DE_45")));

        Assert.Contains("Il faut un critère de niveau 1, ou 3 critères de niveau 2 : 2 sur 3.", short_.Words, StringComparison.Ordinal);
        Assert.Contains("Jusqu’au 09/02/2027.", short_.Words, StringComparison.Ordinal);
        Assert.Contains("Le 31/12/2026, compris.", enough.Words, StringComparison.Ordinal);
        Assert.Contains("À partir du 01/01/2029", enough.Words, StringComparison.Ordinal);
        Assert.Contains("814 €.", geiq.Words, StringComparison.Ordinal);
        Assert.Equal(before, await EventsAsync());
    }

    [Fact]
    public async Task A_suspension_and_a_prolongation_are_answered_with_their_rule()
    {
        var structure = await Web.SignInAsync(Roles.Structure);
        (string, string)[] pass = [("pass_debut", "2025-01-01"), ("suspension_debut", "2026-06-01"), ("suspension_fin", "2026-06-30")];

        var granted = await structure.PostFormAsync(Url, Diagnosis("ACI", [.. pass, ("auteur", "PRESCRIPTEUR"), ("motif", "PARTICULAR_DIFFICULTIES"), ("mois", "12")]));
        var refused = await structure.PostFormAsync(Url, Diagnosis("EI", [.. pass, ("motif", "PARTICULAR_DIFFICULTIES"), ("mois", "12")]));

        Assert.Contains("Oui 30 jours reportés.", granted.Words, StringComparison.Ordinal);
        Assert.Contains("Le 30/01/2027, compris.", granted.Words, StringComparison.Ordinal);
        Assert.Contains("Oui Jusqu’au 30/01/2028.", granted.Words, StringComparison.Ordinal);
        Assert.Contains("Ce motif est réservé aux AI et aux ACI.", refused.Words, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("diagnostic_le", "2026-11-17", "elle est dans l’avenir")]
    [InlineData("suspension_debut", "2026-01-01", "donner son début et sa fin")]
    [InlineData("motif", "SENIOR", "Mois demandés")]
    [InlineData("structure", "PLIE", "Structure : choisir une réponse dans la liste.")]
    public async Task A_value_that_cannot_be_read_is_said_beside_its_field(string field, string value, string sentence)
    {
        var facilitator = await Web.SignInAsync(Roles.Facilitator);

        var page = await facilitator.PostFormAsync(Url, [.. Diagnosis("EI").Where(it => it.Name != field), ("pass_debut", "2025-01-01"), (field, value)]);

        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        Assert.Contains(sentence, page.Words, StringComparison.Ordinal);
        Assert.Empty(page.All("#reponse"));
    }

    [Fact]
    public async Task A_buyer_has_no_use_for_it() =>
        Assert.Equal(HttpStatusCode.Forbidden, (await (await Web.SignInAsync(Roles.Buyer)).GetAsync(Url)).Status);

    private static (string Name, string Value)[] Diagnosis(string structure, params (string Name, string Value)[] more)
    {
        var author = more.Any(it => it.Name == "auteur") ? [] : new[] { ("auteur", "STRUCTURE") };
        return [("structure", structure), .. author, ("diagnostic_le", "2026-11-10"), .. more];
    }

    private async Task<int> EventsAsync()
    {
        await using var db = await Web.Database.OpenAsync(Cancel);
        return await db.QuerySingleAsync<int>("select count(*) from event where kind not like 'account%' and stream_kind = 'person'");
    }
}
