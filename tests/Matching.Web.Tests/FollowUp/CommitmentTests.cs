using System.Net;
using Matching.Web.Platform;
using Matching.Web.Tests.Hours;

namespace Matching.Web.Tests.FollowUp;

public abstract class CommitmentTests(WebFixture web) : WebTests(web)
{
    [Fact]
    public async Task A_promise_is_followed_by_what_was_seen_and_the_last_finding_counts()
    {
        var clause = await Clause.SeedAsync(Web);
        var promised = await PromiseAsync(clause);
        Assert.Contains("Tutorat Aucun constat, échéance passée", promised.Words, StringComparison.Ordinal);

        var url = promised.One("form[action$='/constats']").GetAttribute("action")!;
        await FindAsync(clause, url, "NON_TENU", "02/11/2026", "Aucun tuteur nommé à la réunion de démarrage.");
        var kept = await FindAsync(clause, url, "TENU", "16/11/2026", "Tuteur nommé, présent à la visite.");

        Assert.Equal("Tutorat Tenu", string.Join(' ', kept.One("section h2").TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)));
        Assert.Equal(["Tenu", "Non tenu"], kept.All("section .timeline strong").Select(word => word.TextContent));
    }

    [Fact]
    public async Task A_finding_of_tomorrow_or_without_evidence_is_refused_and_keeps_what_was_typed()
    {
        var clause = await Clause.SeedAsync(Web);
        var promised = await PromiseAsync(clause);
        var form = promised.One("form[action$='/constats']");
        var refused = await clause.Facilitator.PostFormAsync(
            form.GetAttribute("action")!, ("resultat", "TENU"), ("jour", "17/11/2026"), ("constat", "Vu."), ("envoi", "a"),
            ("marche", clause.MarketId.ToString()), ("engagement", form.QuerySelector("[name=engagement]")!.GetAttribute("value")!));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Contains("n’est pas encore passé", refused.Words, StringComparison.Ordinal);
        Assert.Contains("dire le document, la visite ou l’échange", refused.Words, StringComparison.Ordinal);
        Assert.Equal("Vu.", refused.ValueOf("constat"));
        Assert.Empty((await clause.Facilitator.GetAsync($"/marches/{clause.MarketId}/engagements")).All("section .timeline li"));
    }

    [Fact]
    public async Task The_same_promise_or_finding_sent_twice_is_written_once()
    {
        var clause = await Clause.SeedAsync(Web);
        await PromiseAsync(clause, "p1");
        var promised = await PromiseAsync(clause, "p1");
        var url = promised.One("form[action$='/constats']").GetAttribute("action")!;
        await FindAsync(clause, url, "TENU", "16/11/2026", "Attestation reçue.", "c1");
        var found = await FindAsync(clause, url, "TENU", "16/11/2026", "Attestation reçue.", "c1");
        Assert.Single(found.All("section .timeline li"));
    }

    [Fact]
    public async Task Another_facilitator_s_commitments_answer_like_unknown_ones()
    {
        var clause = await Clause.SeedAsync(Web);
        var promised = await PromiseAsync(clause);
        var other = await Web.SignInAsync(Roles.Facilitator);
        Assert.Equal(HttpStatusCode.NotFound, (await other.GetAsync($"/marches/{clause.MarketId}/engagements")).Status);
        var finding = await other.PostFormAsync(
            promised.One("form[action$='/constats']").GetAttribute("action")!, ("resultat", "TENU"), ("jour", "16/11/2026"), ("constat", "Attestation reçue."), ("envoi", "z"));
        Assert.Equal(HttpStatusCode.NotFound, finding.Status);
    }

    private static Task<PageSeen> PromiseAsync(Clause clause, string? key = null) => clause.Facilitator.PostAndFollowAsync(
        $"/marches/{clause.MarketId}/engagements", ("theme", "TUTORAT"), ("promesse", "Un tuteur nommé par équipe."), ("echeance", "31/10/2026"),
        ("envoi", key ?? Guid.CreateVersion7().ToString()));

    private static Task<PageSeen> FindAsync(Clause clause, string url, string finding, string day, string words, string? key = null) => clause.Facilitator.PostAndFollowAsync(
        url, ("resultat", finding), ("jour", day), ("constat", words), ("envoi", key ?? Guid.CreateVersion7().ToString()));
}

public sealed class CommitmentsOnSqlite(SqliteWeb web) : CommitmentTests(web), IClassFixture<SqliteWeb>;

public sealed class CommitmentsOnPostgreSql(PostgreSqlWeb web) : CommitmentTests(web), IClassFixture<PostgreSqlWeb>;
