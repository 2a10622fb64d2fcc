using Matching.Rules.People;

namespace Matching.Rules.Tests.People;

public sealed class PoolTextTests
{
    [Fact]
    public void A_person_written_back_in_the_columns_and_read_again_is_the_same_person()
    {
        var first = Read(
            ("sexe", "F"), ("courriel", "camille@exemple.example"), ("qpv", "oui"), ("metiers_recherches", "F1703|A1203"), ("experiences", "Maçon:18:2024-06|Autre métier:3"),
            ("competences", "Lire un plan|Coffrer"), ("certificats", "CACES R482 A:31/12/2030|SST|Brevet inconnu"), ("permis", "B"), ("niveau_qualification", "infra 3"),
            ("niveau_francais", "B1"), ("heures_hebdo", "28"), ("duree_contrat", "1 an"), ("missions_reussies", "F1703:2026-03|Maçonne:2024-01|Masson:2025-05"), ("accord_missions_le", "12/11/2026"), ("horaires_possibles", "jour|week-end"), ("mobilite_km", "12"), ("moyen_transport", "deux-roues"),
            ("criteres", "DELD:01/09/2025|TH"), ("justificatifs", "TH:02/11/2026:31/12/2028|DELD:03/11/2026|RSA:04/11/2026:sans fin"), ("pass_iae", "99999 00 00001"),
            ("pass_iae_fin", "01/03/2027"), ("inscrit_depuis", "01/09/2025"), ("besoins_poste", "station assise alternée"), ("texte", "Je veux bâtir ; avec d’autres."));

        var second = Read([.. PoolText.Of(first, "00000705400018").Select(cell => (cell.Key.Name, cell.Value))]);

        Assert.Equivalent(first, second, strict: true);
    }

    [Fact]
    public void Every_column_of_the_template_is_written() =>
        Assert.Equal(PoolColumns.All.Select(column => column.Name).Order(), PoolText.Of(Read(), "").Keys.Select(column => column.Name).Order());

    private static Person Read(params (string Column, string Value)[] cells)
    {
        var row = PoolRows.Check(cells);
        Assert.Empty(row.Errors);
        var read = row.Person!;
        return new Person(new PersonId(Guid.Empty), new OrganizationId(Guid.Empty), read.Reference, read.Identity, read.Work, read.Eligibility, read.InformedOn, PoolRows.Day);
    }
}
