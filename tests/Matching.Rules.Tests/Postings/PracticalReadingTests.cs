using Matching.Rules.Postings;

namespace Matching.Rules.Tests.Postings;

public sealed class PracticalReadingTests
{
    [Theory]
    [InlineData("Salaire : 12,31 € brut de l'heure + panier", "12,31 € brut de l'heure + panier")]
    [InlineData("CDI 39h/sem, 13 à 15 € brut de l'heure selon profil", "13 à 15 € brut de l'heure")]
    [InlineData("1 850 € brut par mois sur 12 mois", "1 850 € brut par mois")]
    [InlineData("Contrat CDDI, SMIC horaire", "SMIC horaire")]
    [InlineData("Rémunération selon grille de la fonction publique", "Rémunération selon grille de la fonction publique")]
    [InlineData("Marché de 2 700 000 € sur 35 h", null)]
    [InlineData("Il faut savoir lire un plan.", null)]
    public void The_pay_is_kept_in_the_words_of_the_company_or_not_said(string text, string? pay)
    {
        var draft = Reader.Read(text);
        Assert.Equal(pay, draft.Pay?.Value);
        Assert.Equal(pay is null, draft.ToAsk.Contains("la rémunération"));
    }

    [Theory]
    [InlineData("Tuteur : Mme Aline Faure, chef d'équipe.", "Tuteur : Mme Aline Faure, chef d'équipe")]
    [InlineData("Encadrement : un encadrant technique pour 8 salariés.", "encadrant technique pour 8 salariés")]
    [InlineData("Travail seul sur le site.", null)]
    public void The_tutor_is_read_where_the_text_names_one(string text, string? tutor) => Assert.Equal(tutor, Reader.Read(text).Tutor?.Value);

    [Theory]
    [InlineData("Contact : Karim Benali, 06 12 34 56 78", "Karim Benali, 06 12 34 56 78")]
    [InlineData("merci d'écrire à chantier@batisseurs.example", "chantier@batisseurs.example")]
    [InlineData("rappeler au 0612345678", "0612345678")]
    [InlineData("SIRET 00001938000013", null)]
    public void The_contact_is_a_name_an_address_or_a_number(string text, string? contact) => Assert.Equal(contact, Reader.Read(text).Contact?.Value);

    [Theory]
    [InlineData("Casque et chaussures de sécurité fournis, retrait d'amiante en sous-section 4", "Équipements de protection (EPI)|Présence d’amiante possible")]
    [InlineData("Nettoyage avec des produits chimiques, travaux en hauteur", "Produits chimiques ou phytosanitaires|Travail en hauteur")]
    [InlineData("Chantier sans amiante", "")]
    [InlineData("Travaux de plomberie", "")]
    public void Safety_points_are_listed_with_the_words_that_raise_them(string text, string points)
    {
        var read = Reader.Read(text).Safety;
        Assert.Equal(points, string.Join('|', read.Select(one => one.Value)));
        Assert.All(read, one => Assert.Contains(one.Words(text), text, StringComparison.Ordinal));
    }

    [Fact]
    public void What_the_text_does_not_say_is_asked_and_what_it_says_is_not()
    {
        var bare = Reader.Read("On cherche du monde.");
        Assert.Contains("le premier jour", bare.ToAsk);
        Assert.Contains("les heures par semaine", bare.ToAsk);

        var told = Reader.Read("Maçon, CDI 35 h par semaine en journée à Valmiron à partir du 4 janvier 2027, 2 postes, 300 heures d'insertion, SMIC, tuteur : M. Roy, contact : M. Roy, casque fourni");
        Assert.Empty(told.ToAsk);
    }

    [Fact]
    public void A_change_of_pay_shows_between_two_versions()
    {
        var change = Assert.Single(TermsChange.Between(DraftTerms.Empty, DraftTerms.Empty with { Pay = "SMIC" }));
        Assert.Equal(("Rémunération", "", "SMIC"), (change.Label, change.Before, change.After));
    }
}
