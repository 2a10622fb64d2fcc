using System.Net;
using Dapper;
using Matching.Rules;
using Matching.Web.Platform;

namespace Matching.Web.Tests.Hours;

public abstract class ControlTests(WebFixture web) : WebTests(web)
{
    [Fact]
    public async Task A_closed_month_takes_no_line_no_correction_and_no_decision_until_it_is_opened_with_a_reason()
    {
        var clause = await Clause.SeedAsync(Web);
        var contract = await clause.HireAsync();
        await clause.ValidateAsync(contract, "100");
        await Clause.DeclareAsync(clause.Structure, contract, "10");
        var months = $"/heures/marches/{clause.MarketId}/mois";
        var waiting = await clause.Facilitator.PostFormAsync(months, ("action", "CLORE"), ("mois", "2026-10"));
        Assert.Contains("1 ligne du mois (octobre 2026) attend une décision", waiting.Words, StringComparison.Ordinal);
        var lines = await clause.LinesAsync(contract);
        await DecideAsync(clause, lines[1].Entry.Id, "REJETER", "doublon de saisie");

        Assert.Contains("Clos : octobre 2026.", (await clause.Facilitator.PostAndFollowAsync(months, ("action", "CLORE"), ("mois", "2026-10"))).Words, StringComparison.Ordinal);
        Assert.Contains("se clôt une fois terminé", (await clause.Facilitator.PostFormAsync(months, ("action", "CLORE"), ("mois", "2026-11"))).Words, StringComparison.Ordinal);
        var declared = await Clause.DeclareAsync(clause.Structure, contract, "35");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, declared.Status);
        Assert.Contains("Le mois (octobre 2026) est clos pour ce marché", declared.Words, StringComparison.Ordinal);
        var corrected = await clause.Facilitator.PostFormAsync($"/heures/lignes/{lines[0].Entry.Id}/corriger", ("motif", "erreur de mois"));
        Assert.Contains("est clos pour ce marché", corrected.Words, StringComparison.Ordinal);
        Assert.Equal(2, (await clause.LinesAsync(contract)).Count);

        Assert.Contains("motif de la réouverture", (await clause.Facilitator.PostFormAsync(months, ("action", "ROUVRIR"), ("mois", "2026-10"), ("motif", ""))).Words, StringComparison.Ordinal);
        await clause.Facilitator.PostAndFollowAsync(months, ("action", "ROUVRIR"), ("mois", "2026-10"), ("motif", "relevé corrigé"));
        Assert.NotNull((await Clause.DeclareAsync(clause.Structure, contract, "35")).RedirectsTo);
    }

    [Fact]
    public async Task A_marche_that_asks_for_proofs_validates_a_line_with_its_document_and_a_document_once()
    {
        var clause = await Clause.SeedAsync(Web);
        var contract = await clause.HireAsync();
        await ControlAsync(clause, ("justificatif_demande", "oui"));
        await Clause.DeclareAsync(clause.Structure, contract, "100");
        await Clause.DeclareAsync(clause.Structure, contract, "50");
        var (first, second) = ((await clause.LinesAsync(contract))[0].Entry.Id, (await clause.LinesAsync(contract))[1].Entry.Id);

        Assert.Contains("demande un justificatif", (await DecideAsync(clause, first, "VALIDER")).Words, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, (await ProveAsync(clause, first, "")).Status);
        Assert.Contains("Justificatif : Feuille d’heures signée, Feuille 12.", (await clause.Structure.GetAsync((await ProveAsync(clause, first, "Feuille 12")).RedirectsTo!)).Words, StringComparison.Ordinal);
        Assert.NotNull((await DecideAsync(clause, first, "VALIDER")).RedirectsTo);
        await ProveAsync(clause, second, "feuille  12");
        Assert.Contains("a déjà validé d’autres heures de cette personne (octobre 2026)", (await DecideAsync(clause, second, "VALIDER")).Words, StringComparison.Ordinal);
        await ProveAsync(clause, second, "Feuille 13");
        Assert.NotNull((await DecideAsync(clause, second, "VALIDER")).RedirectsTo);
        Assert.Contains("déjà reçu une décision", (await ProveAsync(clause, second, "Feuille 14")).Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_hours_on_a_second_lot_are_refused_unless_a_convention_pools_the_lots()
    {
        var clause = await Clause.SeedAsync(Web);
        var contract = await clause.HireAsync();
        var (lot, second, company) = (LotId.New(), ContractId.New(), (await Web.AddUserAsync(Roles.Company)).OrganizationId);
        await Web.Database.WriteAsync(
            (db, tx) => db.ExecuteAsync(
                """
                insert into lot (id, market_id, number, title, target_hours, modalities, company_id) values (@lot, @MarketId, 2, 'Câblage', 500, 'MISE_A_DISPOSITION', @company);
                update lot set company_id = @company where id = @LotId;
                insert into work_contract (id, person_id, lot_id, market_id, facilitator_id, employer_id, modality, kind, starts_on, ends_on,
                    weekly_minutes, eligible_from, category_code, created_at)
                select @second, person_id, @lot, market_id, facilitator_id, employer_id, modality, kind, starts_on, ends_on, 2100, eligible_from, category_code, created_at
                from work_contract where id = @contract
                """,
                new { lot, second, contract, clause.MarketId, clause.LotId, company }, tx),
            Cancel);
        await clause.ValidateAsync(contract, "150");
        var refused = await Clause.DeclareAsync(clause.Structure, second, "150");
        Assert.Contains("Les mêmes heures ne se déclarent pas sur deux lots, sauf convention de globalisation", refused.Words, StringComparison.Ordinal);
        Assert.Empty(await clause.LinesAsync(second));

        (string, string)[] convention = [("reference", "CG-1"), ("entreprise", $"{company}"), ("signee_le", "2026-05-01"), ("debut", "2026-05-01"), ("lots", $"{clause.LotId}"), ("lots", $"{lot}")];
        Assert.Contains("au moins deux lots", (await clause.Facilitator.PostFormAsync("/heures/conventions", convention[..5])).Words, StringComparison.Ordinal);
        await clause.Facilitator.PostAndFollowAsync("/heures/conventions", convention);
        var accepted = await clause.Structure.PostAndFollowAsync(
            $"/heures/contrats/{second}", ("mois", "2026-10"), ("nature", "TRAVAIL"), ("duree", "150"), ("envoi", "deux"));
        Assert.Contains("comptent une fois, sur le premier", accepted.Words, StringComparison.Ordinal);
        await DecideAsync(clause, Assert.Single(await clause.LinesAsync(second)).Entry.Id, "VALIDER");

        var pooled = await clause.Facilitator.GetAsync("/heures/conventions");
        Assert.Equal(["1 500 h", "150 h"], pooled.All("table[data-table='conventions'] td.number").Select(it => it.TextContent.Replace('\u00a0', ' ').Replace('\u202f', ' ')));
        Assert.Contains("0\u00a0hcomptées pour le marché", (await clause.Facilitator.GetAsync($"/heures/contrats/{second}")).Document.Body!.TextContent.Replace("\n", "", StringComparison.Ordinal), StringComparison.Ordinal);
        var first = (await clause.LinesAsync(contract))[0].Entry.Id;
        Assert.Contains("reprenez d’abord la ligne de cet autre lot", (await clause.Facilitator.PostFormAsync($"/heures/lignes/{first}/corriger", ("motif", "mauvais mois"))).Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task More_than_the_legal_week_over_all_contracts_is_accepted_and_pointed_out()
    {
        var clause = await Clause.SeedAsync(Web);
        var contract = await clause.HireAsync();
        var page = await clause.Structure.PostAndFollowAsync($"/heures/contrats/{contract}", ("mois", "2026-10"), ("nature", "TRAVAIL"), ("duree", "220"), ("envoi", "un"));
        Assert.Contains("au plus à 48 h par semaine : vérifiez ces heures avec l’employeur", page.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_quarter_is_due_late_and_gives_the_penalty_proposal_of_clause_k()
    {
        var clause = await Clause.SeedAsync(Web);
        await clause.HireAsync();
        await Web.Database.WriteAsync((db, tx) => db.ExecuteAsync("update market set cadence = 'TRIMESTRIELLE' where id = @MarketId", new { clause.MarketId }, tx), Cancel);
        var due = await clause.Structure.GetAsync("/heures/echeances");
        Assert.Equal(
            ["En retard de 125 jours", "En retard de 33 jours"], due.All("table[data-table='echeances'] tbody td:last-child").Select(it => it.TextContent.Trim()));
        Assert.Contains("heures : juillet 2026, août 2026, septembre 2026", due.Words, StringComparison.Ordinal);

        await ControlAsync(clause, ("penalite_heure", "200"), ("penalite_jour", "75"));
        var notices = $"/heures/marches/{clause.MarketId}/mises-en-demeure";
        var early = await clause.Facilitator.PostFormAsync(notices, ("periode", "2026-07"), ("envoyee_le", "2026-10-14"));
        Assert.Contains("suit le dernier jour de remise, le 14/10/2026", early.Words, StringComparison.Ordinal);
        var page = await clause.Facilitator.PostAndFollowAsync(notices, ("periode", "2026-07"), ("envoyee_le", "2026-10-20"));
        Assert.Contains("juillet 2026 à septembre 2026, mise en demeure du 20/10/2026 : 27 jours × 75", page.Words, StringComparison.Ordinal);
        Assert.Contains("2 025,00 €", page.One("table[data-table='penalites'] tfoot td").TextContent.Replace('\u00a0', ' ').Replace('\u202f', ' '), StringComparison.Ordinal);
        Assert.Contains("l’acheteur seul décide", page.Words, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await clause.Facilitator.PostFormAsync(notices, ("periode", "2026-07"), ("envoyee_le", "2026-10-21"))).Status);

        var settle = page.All("form[action$='/recue']")[0].GetAttribute("action")!;
        var settled = await clause.Facilitator.PostAndFollowAsync(settle, ("recu_le", "2026-10-25"));
        Assert.Contains("375,00 €", settled.One("table[data-table='penalites'] tfoot td").TextContent.Replace('\u00a0', ' '), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_penalty_may_be_a_multiple_of_a_rate_and_a_convention_counts_missing_hours_once()
    {
        var clause = await Clause.SeedAsync(Web);
        await Web.Database.WriteAsync((db, tx) => db.ExecuteAsync("update market set ends_on = @end where id = @MarketId", new { clause.MarketId, end = new DateOnly(2026, 11, 15) }, tx), Cancel);
        await clause.Facilitator.PostAndFollowAsync($"/marches/{clause.MarketId}/lots", ("lot_numero", "2"), ("lot_intitule", "Peinture"), ("lot_heures", "500"), ("modalite_MISE_A_DISPOSITION", "oui"));
        var half = await clause.Facilitator.PostFormAsync($"/heures/marches/{clause.MarketId}/controle", ("version", "0"), ("avant_le", "15"), ("penalite_multiple", "4"));
        var both = await clause.Facilitator.PostFormAsync(
            $"/heures/marches/{clause.MarketId}/controle", ("version", "0"), ("avant_le", "15"), ("penalite_multiple", "4"), ("penalite_taux", "29"), ("penalite_heure", "200"));
        Assert.Contains("s’écrivent ensemble", half.Words, StringComparison.Ordinal);
        Assert.Contains("pas les deux", both.Words, StringComparison.Ordinal);
        await ControlAsync(clause, ("penalite_multiple", "4"), ("penalite_taux", "29"));

        var apart = await clause.Facilitator.GetAsync($"/heures/marches/{clause.MarketId}");
        Assert.Contains("Lot 1 : 1 000 h dues − 0 h comptées = 1 000 h entières × 4 × 29 €", Plain(apart), StringComparison.Ordinal);
        Assert.Contains("174 000,00 €", Plain(apart), StringComparison.Ordinal);

        var company = (await Web.AddUserAsync(Roles.Company)).OrganizationId;
        await Web.Database.WriteAsync((db, tx) => db.ExecuteAsync("update lot set company_id = @company where market_id = @MarketId", new { company, clause.MarketId }, tx), Cancel);
        await using var db = await Web.Database.OpenAsync(Cancel);
        var lots = (await db.QueryAsync<Guid>("select id from lot where market_id = @MarketId order by number limit 10", new { clause.MarketId })).ToList();
        await clause.Facilitator.PostAndFollowAsync(
            "/heures/conventions", [("reference", "CG-9"), ("entreprise", $"{company}"), ("signee_le", "2026-01-02"), ("debut", "2026-01-02"), .. lots.Select(lot => ("lots", $"{lot}"))]);
        var pooled = Plain(await clause.Facilitator.GetAsync("/heures/conventions"));
        var rest = Plain(await clause.Facilitator.GetAsync($"/heures/marches/{clause.MarketId}"));
        Assert.Contains("1 500 h dues − 0 h comptées = 1 500 h entières × 4 × 29 € = 174 000 €", pooled, StringComparison.Ordinal);
        Assert.Contains("Lots sous convention : lot 1, lot 2.", rest, StringComparison.Ordinal);
        Assert.DoesNotContain("174 000", rest, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("avant_le", "1", "entre 2 et 28")]
    [InlineData("avant_le", "", "à remplir")]
    [InlineData("penalite_jour", "beaucoup", "n’est pas un nombre")]
    [InlineData("penalite_heure", "-5", "écrire un nombre entre")]
    [InlineData("ai_plafond", "479", "écrire un nombre entre")]
    [InlineData("ai_plafond", "600", "l’arrêté du préfet qui le fixe")]
    public async Task Terms_of_control_that_cannot_be_are_said_and_change_nothing(string field, string value, string sentence)
    {
        var clause = await Clause.SeedAsync(Web);
        (string, string)[] usual = [("version", "0"), ("avant_le", "15")];
        var page = await clause.Facilitator.PostFormAsync($"/heures/marches/{clause.MarketId}/controle", [.. usual.Where(it => it.Item1 != field), (field, value)]);
        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        Assert.Contains(sentence, page.Words, StringComparison.Ordinal);
        await using var db = await Web.Database.OpenAsync(Cancel);
        Assert.Equal(0, await db.QuerySingleAsync<int>("select count(*) from market_control where market_id = @MarketId", new { clause.MarketId }));
    }

    [Fact]
    public async Task The_control_of_another_facilitators_marche_answers_like_an_unknown_one()
    {
        var clause = await Clause.SeedAsync(Web);
        var stranger = await Web.SignInAsync(Roles.Facilitator);
        foreach (var id in new[] { clause.MarketId, MarketId.New() })
        {
            Assert.Equal(HttpStatusCode.NotFound, (await stranger.PostFormAsync($"/heures/marches/{id}/controle", ("version", "0"), ("avant_le", "15"))).Status);
            Assert.Equal(HttpStatusCode.NotFound, (await stranger.PostFormAsync($"/heures/marches/{id}/mois", ("action", "CLORE"), ("mois", "2026-10"))).Status);
            Assert.Equal(HttpStatusCode.NotFound, (await stranger.PostFormAsync($"/heures/marches/{id}/mises-en-demeure", ("periode", "2026-07"), ("envoyee_le", "2026-10-20"))).Status);
        }

        Assert.DoesNotContain("Brindosier", (await stranger.GetAsync("/heures/echeances")).Words, StringComparison.Ordinal);
    }

    private static string Plain(PageSeen page) => page.Words.Replace('\u00a0', ' ').Replace('\u202f', ' ');

    private static Task<PageSeen> DecideAsync(Clause clause, Guid line, string decision, string reason = "") =>
        clause.Facilitator.PostFormAsync($"/heures/lignes/{line}/decision", ("decision", decision), ("motif", reason));

    private static Task<PageSeen> ProveAsync(Clause clause, Guid line, string reference) => clause.Structure.PostFormAsync(
        $"/heures/lignes/{line}/justificatif", ("justificatif", "FEUILLE_HEURES"), ("justificatif_reference", reference));

    private static Task<PageSeen> ControlAsync(Clause clause, params (string, string)[] terms) =>
        clause.Facilitator.PostAndFollowAsync($"/heures/marches/{clause.MarketId}/controle", [("version", "0"), ("avant_le", "15"), .. terms]);
}

public sealed class ControlOnSqlite(SqliteWeb web) : ControlTests(web), IClassFixture<SqliteWeb>;

public sealed class ControlOnPostgreSql(PostgreSqlWeb web) : ControlTests(web), IClassFixture<PostgreSqlWeb>;
