using System.Net;
using Matching.Features;
using Matching.Rules;
using Matching.Web.Platform;
using Matching.Web.Platform.Records;
using Matching.Web.Tests.Preselection;

namespace Matching.Web.Tests.Eligibility;

public abstract class LotPublicsTests(WebFixture web) : WebTests(web)
{
    [Fact]
    public async Task A_lot_kept_for_some_publics_is_closed_to_the_others()
    {
        var scene = await Scene.MakeAsync(Web);
        await scene.PreselectAsync(scene.People[0]);
        await scene.StepAsync(scene.People[0], Matching.Rules.Preselection.PreselectionState.Proposed, Matching.Rules.Preselection.PreselectionState.Preselected);
        await scene.ValidateAsync(scene.People[0]);
        var eligibility = $"/personnes/{scene.People[0].Id}/eligibilite?marche={scene.Market}";
        var open = await scene.Facilitator.GetAsync(eligibility);

        var market = await scene.Facilitator.PostAndFollowAsync(Url(scene), ("lot_version", "0"), ("lot_publics", "TH"));
        var closed = await scene.Facilitator.GetAsync(eligibility);
        var refused = await scene.Facilitator.PostFormAsync(scene.Transmission, await scene.TransmissionFormAsync(scene.People[0]));
        await scene.Facilitator.PostAndFollowAsync(Url(scene), ("lot_version", "1"));
        var again = await scene.Facilitator.GetAsync(eligibility);

        Assert.Contains("oui, décision en cours", open.Words, StringComparison.Ordinal);
        Assert.Contains("Réservé à : Travailleur handicapé", market.Words, StringComparison.Ordinal);
        Assert.Contains("non : aucune décision en cours ne l’ouvre", closed.Words, StringComparison.Ordinal);
        Assert.Contains("Éligibilité validée le 16/11/2026", closed.Words, StringComparison.Ordinal);
        Assert.Contains("ce lot ne retient qu’une partie des publics du marché", refused.Words, StringComparison.Ordinal);
        Assert.Contains("oui, décision en cours", again.Words, StringComparison.Ordinal);
        await using var db = await Web.Database.OpenAsync(Cancel);
        Assert.Contains(scene.People[0].Id.Value, await EligibilityRecords.ValidatedAsync(db, scene.Lot, new(2026, 11, 16), Cancel));
    }

    [Fact]
    public async Task The_ranked_list_of_a_posting_follows_the_publics_of_its_lot()
    {
        var scene = await Scene.MakeAsync(Web);
        await scene.ValidateAsync(scene.People[0]);
        var (validated, proved) = ($"/offres/{scene.Posting}/candidats/{scene.People[0].Id}", $"/offres/{scene.Posting}/candidats/{scene.People[1].Id}");

        var before = (await scene.Facilitator.GetAsync(proved)).Words;
        await scene.Facilitator.PostAndFollowAsync(Url(scene), ("lot_version", "0"), ("lot_publics", "TH"));

        Assert.DoesNotContain(CandidateQuery.Eligible.Sentence, before, StringComparison.Ordinal);
        Assert.Contains(CandidateQuery.Eligible.Sentence, (await scene.Facilitator.GetAsync(proved)).Words, StringComparison.Ordinal);
        Assert.Contains(CandidateQuery.Eligible.Sentence, (await scene.Facilitator.GetAsync(validated)).Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_lot_keeps_only_publics_of_its_marche_and_changes_by_new_versions()
    {
        var scene = await Scene.MakeAsync(Web);
        var other = await Web.SignInAsync(Roles.Facilitator);

        var unknown = await scene.Facilitator.PostFormAsync(Url(scene), ("lot_version", "0"), ("lot_publics", "SENIOR"));
        await scene.Facilitator.PostAndFollowAsync(Url(scene), ("lot_version", "0"), ("lot_publics", "TH"));
        var same = await scene.Facilitator.PostFormAsync(Url(scene), ("lot_version", "0"), ("lot_publics", "TH"));
        var late = await scene.Facilitator.PostFormAsync(Url(scene), ("lot_version", "0"), ("lot_publics", "RSA"));
        var foreign = await other.PostFormAsync(Url(scene), ("lot_version", "1"), ("lot_publics", "RSA"));
        var nobodys = await scene.Facilitator.PostFormAsync($"/marches/{scene.Market}/lots/{LotId.New()}/publics", ("lot_version", "0"));

        Assert.Contains("Un lot ne retient que des publics du marché", unknown.Words, StringComparison.Ordinal);
        Assert.NotNull(same.RedirectsTo);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, late.Status);
        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (foreign.Status, nobodys.Status));
        await using var db = await Web.Database.OpenAsync(Cancel);
        var lot = (await MarketRecords.FindLotAsync(db, scene.Lot, Cancel))!;
        Assert.Equal((1, "TH"), (lot.PublicsVersion, Assert.Single(lot.Publics!)));
    }

    [Fact]
    public async Task A_list_of_a_lot_edited_in_place_is_told_and_nobody_is_hired_under_it_until_a_new_version()
    {
        var scene = await Scene.MakeAsync(Web);
        await scene.Facilitator.PostAndFollowAsync(Url(scene), ("lot_version", "0"), ("lot_publics", "TH"));
        await Web.Database.WriteAsync((db, tx) => Dapper.SqlMapper.ExecuteAsync(db, "update lot_public_list set categories = 'RSA' where lot_id = @Lot", new { scene.Lot }, tx), Cancel);

        var told = await scene.Facilitator.GetAsync($"/marches/{scene.Market}");
        await using var db = await Web.Database.OpenAsync(Cancel);
        var (market, edited) = ((await MarketRecords.FindAsync(db, scene.Market, Cancel))!, (await MarketRecords.FindLotAsync(db, scene.Lot, Cancel))!);
        await scene.Facilitator.PostAndFollowAsync(Url(scene), ("lot_version", "1"), ("lot_publics", "RSA"));
        var mended = (await MarketRecords.FindLotAsync(db, scene.Lot, Cancel))!;

        Assert.Contains("Aucune embauche ne se fait sous elle", told.Words, StringComparison.Ordinal);
        Assert.Equal((false, true, 2), (edited.HasIntactPublics, mended.HasIntactPublics, mended.PublicsVersion));
        Assert.Contains(Refusals(market, edited), it => it.Sentence.Contains("modifiés après leur enregistrement", StringComparison.Ordinal));
        Assert.DoesNotContain(Refusals(market, mended), it => it.Sentence.Contains("modifiés après leur enregistrement", StringComparison.Ordinal));
    }

    private static IReadOnlyList<Matching.Rules.RuleRefusal> Refusals(Matching.Rules.Markets.Market market, Matching.Rules.Markets.Lot lot) => Matching.Rules.Preselection.Hiring.Check(
        market, lot, null, Matching.Rules.Markets.OrganizationKind.Entreprise, Matching.Rules.Markets.Modality.EmbaucheDirecte, Matching.Rules.Postings.WorkContractKind.Cdi, new(2026, 12, 1), null, 2_100);

    private static string Url(Scene scene) => $"/marches/{scene.Market}/lots/{scene.Lot}/publics";
}

public sealed class LotPublicsOnSqlite(SqliteWeb web) : LotPublicsTests(web), IClassFixture<SqliteWeb>;

public sealed class LotPublicsOnPostgreSql(PostgreSqlWeb web) : LotPublicsTests(web), IClassFixture<PostgreSqlWeb>;
