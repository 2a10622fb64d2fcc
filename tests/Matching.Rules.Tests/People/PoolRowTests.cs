using Matching.Rules.Markets;

namespace Matching.Rules.Tests.People;

public class PoolRowTests
{
    [Fact]
    public void A_row_bears_the_kind_of_the_structure_that_imports()
    {
        var issue = Assert.Single(PoolRows.Check(("structure_type", "GEIQ")).Errors);

        Assert.Equal("structure_type", issue.Column);
        Assert.Contains("Écrire ACI (Atelier et chantier d’insertion)", issue.Mend, StringComparison.Ordinal);
        Assert.Empty(PoolRows.Check(("structure_type", "aci")).Errors);
    }

    [Fact]
    public void A_right_row_becomes_a_person_without_a_word()
    {
        var row = PoolRows.Check();

        Assert.Empty(row.Errors);
        Assert.Empty(row.Warnings);
        Assert.Equal("P-1", row.Person!.Reference);
        Assert.Equal("00001", row.Person.Work.InseeCode);
        Assert.Equal(new DateOnly(2026, 12, 1), row.Person.Work.AvailableFrom);
        Assert.Equal(OrganizationKind.Aci, row.Person.Eligibility.Structure.Kind);
        Assert.Equal(new DateOnly(2026, 11, 12), row.Person.InformedOn);
    }

    [Fact]
    public void Every_error_of_a_row_is_said_at_once()
    {
        var row = PoolRows.Check(("nom", ""), ("date_naissance", "31/02/1990"), ("metiers_recherches", "Z9999"), ("criteres", "XYZ"), ("mobilite_minutes", "loin"));

        Assert.Null(row.Person);
        Assert.Equal(["nom", "date_naissance", "metiers_recherches", "mobilite_minutes", "criteres"], row.Errors.Select(e => e.Column));
        Assert.All(row.Errors, error => Assert.EndsWith(".", error.Mend, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("reference", "")]
    [InlineData("nom", " \u00a0 ")]
    [InlineData("prenom", "")]
    [InlineData("date_naissance", "")]
    [InlineData("structure_siret", "")]
    [InlineData("structure_type", "")]
    [InlineData("metiers_recherches", "")]
    [InlineData("disponible_le", "")]
    [InlineData("mobilite_minutes", "")]
    [InlineData("moyen_transport", "")]
    [InlineData("criteres", "")]
    [InlineData("telephone", "")]
    public void A_required_value_that_is_empty_is_one_error_on_its_column(string column, string value)
    {
        var error = Assert.Single(PoolRows.Check((column, value)).Errors);

        Assert.Equal(column, error.Column);
    }

    [Theory]
    [InlineData("prenom", "=1+1", "formule")]
    [InlineData("nom", "12345", "formule ou un nombre")]
    [InlineData("sexe", "X", "inconnue")]
    [InlineData("telephone", "06 39 98", "téléphone")]
    [InlineData("telephone", "06 39 98 00 01 / 06 39 98 00 02", "téléphone")]
    [InlineData("courriel", "camille chez exemple", "courriel")]
    [InlineData("structure_siret", "00000705400019", "clé de contrôle")]
    [InlineData("structure_siret", "7,054E+09", "abrégé")]
    [InlineData("structure_siret", "00000568600019", "pas celui de la structure")]
    [InlineData("structure_type", "ENTREPRISE", "inconnu")]
    [InlineData("qpv", "peut-être", "inconnue")]
    [InlineData("niveau_qualification", "V", "inconnu")]
    [InlineData("niveau_qualification", "9", "inconnu")]
    [InlineData("niveau_qualification", "-3", "inconnu")]
    [InlineData("niveau_qualification", "−3", "inconnu")]
    [InlineData("niveau_qualification", "=3", "inconnu")]
    [InlineData("niveau_qualification", "(3)", "inconnu")]
    [InlineData("niveau_qualification", "+3", "inconnu")]
    [InlineData("niveau_qualification", "3 %", "inconnu")]
    [InlineData("niveau_qualification", "niveau -3", "inconnu")]
    [InlineData("niveau_qualification", "-2", "inconnu")]
    [InlineData("niveau_qualification", "３", "inconnu")]
    [InlineData("qpv", "-1", "inconnue")]
    [InlineData("qpv", "(0)", "inconnue")]
    [InlineData("niveau_francais", "D1", "inconnu")]
    [InlineData("heures_hebdo", "0", "pas possible")]
    [InlineData("heures_hebdo", "49", "pas possible")]
    [InlineData("duree_contrat", "0", "pas possible")]
    [InlineData("duree_contrat", "61 mois", "pas possible")]
    [InlineData("duree_contrat", "6 ans", "pas possible")]
    [InlineData("duree_contrat", "CDD", "pas une durée")]
    [InlineData("duree_contrat", "-6", "pas possible")]
    [InlineData("duree_contrat", "−6", "pas possible")]
    [InlineData("duree_contrat", "–6 mois", "pas possible")]
    [InlineData("duree_contrat", "99999999999", "pas possible")]
    [InlineData("duree_contrat", "=6", "pas une durée")]
    [InlineData("duree_contrat", "=1+1", "pas une durée")]
    [InlineData("duree_contrat", "(6)", "pas une durée")]
    [InlineData("duree_contrat", ",5", "pas une durée")]
    [InlineData("duree_contrat", "6 %", "pas une durée")]
    [InlineData("duree_contrat", "06/2027", "pas une durée")]
    [InlineData("missions_reussies", "F1703", "mois de fin")]
    [InlineData("missions_reussies", "F1703:18:2024-06", "mois de fin")]
    [InlineData("missions_reussies", "F1703:2026-12", "avenir")]
    [InlineData("missions_reussies", "Z9999:2026-03", "n’existe pas")]
    [InlineData("missions_reussies", "=1+1", "mois de fin")]
    [InlineData("missions_reussies", "99999999999", "mois de fin")]
    [InlineData("missions_reussies", "F1703:1800-01", "pas un mois qui existe")]
    [InlineData("missions_reussies", "F1703:31/02/2026", "pas un mois qui existe")]
    [InlineData("missions_reussies", "F1703:1992-02", "avant la naissance")]
    [InlineData("accord_missions_le", "13/03/1992", "avant la naissance")]
    [InlineData("accord_missions_le", "01/01/1800", "1800")]
    [InlineData("accord_missions_le", "31/02/2026", "28 jours")]
    [InlineData("accord_missions_le", "=AUJOURDHUI()", "pas une date")]
    [InlineData("accord_missions_le", "99999999999", "pas une date")]
    [InlineData("accord_missions_le", "17/11/2026", "avenir")]
    [InlineData("horaires_possibles", "jour|minuit", "inconnu")]
    [InlineData("mobilite_minutes", "241", "pas possible")]
    [InlineData("moyen_transport", "cheval", "inconnu")]
    [InlineData("disponible_le", "01/12/2036", "plus de 5 ans")]
    [InlineData("criteres", "DELD:17/11/2026", "avenir")]
    [InlineData("justificatifs", "DELD", "manque")]
    [InlineData("pass_iae", "1234", "12 caractères")]
    [InlineData("inscrit_depuis", "17/11/2026", "avenir")]
    [InlineData("information_donnee_le", "17/11/2026", "avenir")]
    public void A_wrong_value_says_what_is_wrong(string column, string value, string expected)
    {
        var errors = PoolRows.Check((column, value)).Errors;

        Assert.Contains(errors, error => error.Column == column && error.Wrong.Contains(expected, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("", null)]
    [InlineData("6", 6)]
    [InlineData("6 mois", 6)]
    [InlineData("1 an", 12)]
    [InlineData("5 ans", 60)]
    [InlineData("2 années", 24)]
    [InlineData("6  Mois.", 6)]
    [InlineData("CDI", 0)]
    [InlineData("Sans terme", 0)]
    [InlineData("durée indéterminée", 0)]
    public void A_length_of_contract_is_read_in_months_years_or_without_end(string written, int? expected)
    {
        var wish = PoolRows.Check(("duree_contrat", written)).Person!.Work.Contract;

        Assert.Equal(expected, wish is null ? null : wish.Months ?? 0);
    }

    [Fact]
    [Trait("règle", "vivier.missions-avec-accord")]
    public void Good_missions_are_not_kept_without_the_date_of_the_agreement_and_the_import_says_so()
    {
        var told = PoolRows.Check(("missions_reussies", "F1703:2026-03"));
        Assert.Null(told.Person!.Work.Past);
        Assert.Contains(told.Warnings, it => it.Column == "missions_reussies" && it.Wrong.Contains("accord", StringComparison.Ordinal));

        var agreed = PoolRows.Check(("missions_reussies", "F1703:2026-03"), ("accord_missions_le", "12/11/2026"));
        Assert.Empty(agreed.Warnings);
        Assert.Equal((new DateOnly(2026, 11, 12), new DateOnly(2026, 3, 1)), (agreed.Person!.Work.Past!.AgreedOn, Assert.Single(agreed.Person.Work.Past.Missions).End));

        var alone = PoolRows.Check(("accord_missions_le", "12/11/2026"));
        Assert.Null(alone.Person!.Work.Past);
        Assert.Equal("accord_missions_le", Assert.Single(alone.Warnings).Column);
    }

    [Fact]
    public void A_good_mission_of_an_unsure_trade_is_kept_and_said_not_to_count()
    {
        var row = PoolRows.Check(("missions_reussies", "Masson:2026-03"), ("accord_missions_le", "12/11/2026"));
        Assert.Null(Assert.Single(row.Person!.Work.Past!.Missions).Rome);
        Assert.Contains("ne compte pas", Assert.Single(row.Warnings).Wrong, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("17/11/2026", "avenir")]
    [InlineData("17/11/2012", "moins de 14 ans")]
    [InlineData("16/11/2012", null)]
    [InlineData("16/11/1926", "100 ans et plus")]
    [InlineData("17/11/1926", null)]
    public void A_birth_date_is_believed_from_14_to_99_years(string written, string? wrong)
    {
        var errors = PoolRows.Check(("date_naissance", written)).Errors;

        Assert.Equal(wrong is null ? 0 : 1, errors.Count);
        Assert.True(wrong is null || errors[0].Wrong.Contains(wrong, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("0639980001")]
    [InlineData("639980001")]
    [InlineData("+33 6 39 98 00 01")]
    [InlineData("0033639980001")]
    [InlineData("+33 (0)6.39.98.00.01")]
    [InlineData("06-39-98-00-01")]
    public void A_phone_is_kept_in_pairs_whatever_the_spreadsheet_did_to_it(string written) =>
        Assert.Equal("06 39 98 00 01", PoolRows.Check(("telephone", written)).Person!.Identity.Phone);

    [Fact]
    public void A_mail_alone_is_enough_to_reach_a_person() =>
        Assert.Null(PoolRows.Check(("telephone", ""), ("courriel", "a@b.example")).Person!.Identity.Phone);

    [Fact]
    public void A_text_of_1000_characters_is_taken_and_one_more_is_refused()
    {
        Assert.Empty(PoolRows.Check(("texte", new string('a', 1_000))).Errors);
        Assert.Equal("texte", Assert.Single(PoolRows.Check(("texte", new string('a', 1_001))).Errors).Column);
    }

    [Fact]
    public void A_list_of_20_items_is_taken_and_one_more_is_refused()
    {
        Assert.Equal(20, PoolRows.Check(("competences", Items(20))).Person!.Work.Skills.Count);
        Assert.Equal("competences", Assert.Single(PoolRows.Check(("competences", Items(21))).Errors).Column);

        static string Items(int count) => string.Join('|', Enumerable.Range(1, count).Select(i => $"Savoir {i}"));
    }

    [Fact]
    public void A_person_who_was_not_informed_is_kept_and_the_import_says_that_nothing_is_published()
    {
        var row = PoolRows.Check(("information_donnee_le", ""));

        Assert.Null(row.Person!.InformedOn);
        Assert.Contains("ne sera pas publiée", Assert.Single(row.Warnings).Wrong, StringComparison.Ordinal);
    }
}
