using Matching.Rules.People;
using Matching.Rules.Postings;
using Matching.Rules.Postings.Reading;

namespace Matching.Rules.Tests.Postings;

public class JobProfileReaderTests
{
    [Theory]
    [InlineData("Dates : du 07/12/2026 au 26/02/2027", "2026-12-07", "2027-02-26")]
    [InlineData("Début : 4 janvier 2027          Fin : 30 juin 2027", "2027-01-04", "2027-06-30")]
    [InlineData("démarrage le 11/01/2027, fin le 09/07/2027", "2027-01-11", "2027-07-09")]
    [InlineData("CDD du 1er février 2027 au 31 mai 2027", "2027-02-01", "2027-05-31")]
    [InlineData("à compter du lundi 7 décembre", "2026-12-07", null)]
    [InlineData("à compter du 4 janvier", "2027-01-04", null)]
    [InlineData("du 7 décembre au 26 février", "2026-12-07", "2027-02-26")]
    [InlineData("du 7 décembre au 26 février 2027", "2026-12-07", "2027-02-26")]
    [InlineData("dispo de suite, à partir du lundi 23 novembre 2026 et jusqu'au 18 décembre 2026", "2026-11-23", "2026-12-18")]
    [InlineData("à pourvoir au 14 décembre 2026", "2026-12-14", null)]
    [InlineData("Prise de poste le 01.03.2027", "2027-03-01", null)]
    [InlineData("début 2027-03-01, fin 2027-07-30", "2027-03-01", "2027-07-30")]
    [InlineData("du 07/12 au 26/02", "2026-12-07", "2027-02-26")]
    [InlineData("Début de la taille : le 18 janvier 2027", "2027-01-18", null)]
    [InlineData("du mercredi 6 janvier jusqu'à fin mars", "2027-01-06", null)]
    [InlineData("début lundi 4/01/2027", "2027-01-04", null)]
    [InlineData("vous commencez le 4 janvier", "2027-01-04", null)]
    public void A_first_and_a_last_day_are_read_however_they_are_written(string text, string? start, string? end)
    {
        var draft = Reader.Read(text);
        Assert.Equal(start, draft.StartsOn?.Value.ToString("yyyy-MM-dd", null));
        Assert.Equal(end, draft.EndsOn?.Value.ToString("yyyy-MM-dd", null));
    }

    [Theory]
    [InlineData("démarrage le 31/02/2027")]
    [InlineData("démarrage en mars 2027")]
    [InlineData("merci de me proposer des dossiers avant le 11 décembre")]
    [InlineData("réunion le 12/12/2026")]
    [InlineData("de suite")]
    [InlineData("téléphone 01 02 03 04 05")]
    public void A_day_that_the_text_does_not_give_or_that_does_not_exist_is_not_invented(string text)
    {
        var draft = Reader.Read(text);
        Assert.Null(draft.StartsOn);
        Assert.Null(draft.EndsOn);
    }

    [Theory]
    [InlineData("35 h par semaine", 2100)]
    [InlineData("35h/sem", 2100)]
    [InlineData("Durée du travail : 26 heures hebdomadaires", 1560)]
    [InlineData("temps partiel 20 h / semaine, le soir de 17 h 30 à 21 h 30", 1200)]
    [InlineData("36,67 heures rémunérées, base 35 heures.", 2100)]
    [InlineData("151,67 h par mois", 2100)]
    [InlineData("24 à 30h par semaine", 1440)]
    [InlineData("35h, 8h/12h - 13h/16h", 2100)]
    [InlineData("35h30 par semaine", 2130)]
    [InlineData("Accompagnement 2 h par semaine", null)]
    [InlineData("temps plein", null)]
    [InlineData("450 heures d'insertion", null)]
    [InlineData("horaires 8h30 - 16h30", null)]
    [InlineData("formation de 35 heures de sécurité", null)]
    public void Weekly_time_is_read_in_minutes_and_never_guessed(string text, int? minutes) =>
        Assert.Equal(minutes, Reader.Read(text).WeeklyMinutes?.Value);

    [Theory]
    [InlineData("CDD de 6 mois", WorkContractKind.Cdd)]
    [InlineData("CDD d'insertion (CDDI) porté par le chantier", WorkContractKind.Cddi)]
    [InlineData("Contrat : mise à disposition par l'ETTI", WorkContractKind.Interim)]
    [InlineData("Contrat à durée indéterminée, 32 heures", WorkContractKind.Cdi)]
    [InlineData("CDD de 4 mois renouvelable, avec possibilité de CDI", WorkContractKind.Cdd)]
    [InlineData("Intérim, évolution vers un CDI", WorkContractKind.Interim)]
    [InlineData("contrat d'apprentissage", WorkContractKind.Apprentissage)]
    [InlineData("contrat de professionnalisation de 12 mois", WorkContractKind.Professionnalisation)]
    [InlineData("embauche directe", null)]
    public void The_contract_is_the_one_offered_not_the_one_that_may_follow(string text, WorkContractKind? kind) =>
        Assert.Equal(kind, Reader.Read(text).Contract?.Value);

    [Theory]
    [InlineData("Nombre de postes : 3", 3)]
    [InlineData("Nous cherchons 4 techniciens", 4)]
    [InlineData("Il me faudrait 2 maçons (H/F)", 2)]
    [InlineData("suite à 2 absences on recherche 3 manœuvres", 3)]
    [InlineData("réservons 5 postes aux personnes", 5)]
    [InlineData("* 1 agent(e) de propreté", 1)]
    [InlineData("nous devons recruter un conducteur-livreur ou une conductrice-livreuse", 1)]
    [InlineData("POSTE A - Peintre (3 personnes)", 3)]
    [InlineData("besoin de deux postes de travail informatiques", null)]
    [InlineData("un encadrant technique pour 8 salariés", null)]
    [InlineData("recherche 3 mois de mission", null)]
    public void The_number_of_posts_is_a_number_of_people(string text, int? posts) => Assert.Equal(posts, Reader.Read(text).Posts?.Value);

    [Theory]
    [InlineData("450 heures d'insertion au total", 450)]
    [InlineData("Heures d'insertion prévues : 2000 h", 2000)]
    [InlineData("Heures d'insertion : 1 120.", 1120)]
    [InlineData("Heures d'insertion attendues : 3\u00a0000 heures.", 3000)]
    [InlineData("ça ferait 280 h d'insertion", 280)]
    [InlineData("35 heures par semaine", null)]
    public void Insertion_hours_are_read_with_their_thousands(string text, int? hours) => Assert.Equal(hours, Reader.Read(text).InsertionHours?.Value);

    [Theory]
    [InlineData("Le permis B est indispensable", "PERMIS_B", "")]
    [InlineData("Le permis B serait un plus. Il n'est pas obligatoire.", "", "PERMIS_B")]
    [InlineData("permis B exigé, CACES R482 A souhaité", "PERMIS_B", "CACES_R482_A")]
    [InlineData("Souhaités : permis B, Certiphyto, SST.", "", "PERMIS_B,CERTIPHYTO,SST")]
    [InlineData("Nous demandons : le CACES R489 catégorie 1B en cours de validité", "CACES_R489_1B", "")]
    [InlineData("CACES R489 cat. 1B, 3 et 5 obligatoires", "CACES_R489_1B,CACES_R489_3,CACES_R489_5", "")]
    [InlineData("opérateur de désamiantage SS3 exigé", "AMIANTE_SS3", "")]
    [InlineData("CACES R482A requis", "CACES_R482_A", "")]
    [InlineData("CACES R489 cat. 3 et 5 exigés, cat. 1A serait un plus", "CACES_R489_3,CACES_R489_5", "CACES_R489_1A")]
    [InlineData("habilitations B1V et BR à jour", "HAB_ELEC_B1,HAB_ELEC_BR", "")]
    [InlineData("Requis :\n- permis B\n- travail en hauteur\n", "PERMIS_B,TRAVAIL_HAUTEUR", "")]
    [InlineData("Maçon H/F, permis B", "PERMIS_B", "")]
    [InlineData("Vous êtes titulaire du CACES R489 3", "CACES_R489_3", "")]
    [InlineData("Exigé :\n- AIPR\n- habilitation électrique B0\n", "AIPR,HAB_ELEC_B0", "")]
    [InlineData("attestation travail en hauteur obligatoire", "TRAVAIL_HAUTEUR", "")]
    [InlineData("Travail sur échafaudage tous les jours", "", "")]
    [InlineData("Pas de permis B demandé", "", "")]
    [InlineData("permis B", "", "PERMIS_B")]
    [InlineData("La connaissance de l'hygiène (HACCP) serait appréciée", "", "HACCP")]
    public void A_certificate_is_required_only_when_the_words_around_say_so(string text, string required, string wished)
    {
        var draft = Reader.Read(text);
        Assert.Equal(required, string.Join(',', draft.RequiredCertificates.Select(one => one.Value)));
        Assert.Equal(wished, string.Join(',', draft.WishedCertificates.Select(one => one.Value)));
    }

    [Theory]
    [InlineData("en journée (8h30 - 16h30), tous les matins départ du dépôt", Shifts.Jour)]
    [InlineData("matin uniquement, 7 h - 12 h 12", Shifts.Matin)]
    [InlineData("35h, 8h/12h - 13h/16h", Shifts.Jour)]
    [InlineData("5 h - 12 h 20 / 13 h - 20 h 20", Shifts.Matin | Shifts.Soir)]
    [InlineData("le soir de 17 h 30 à 21 h 30, dernier car à 20 h 10", Shifts.Soir)]
    [InlineData("chargement à 6 h, livraison, fin vers 13 h. Une tournée du samedi.", Shifts.Matin | Shifts.WeekEnd)]
    [InlineData("équipes en 2x8", Shifts.Matin | Shifts.Soir)]
    [InlineData("travail de nuit 21h-5h", Shifts.Nuit)]
    [InlineData("pas de travail le week-end", Shifts.None)]
    [InlineData("35 heures par semaine", Shifts.None)]
    public void Shifts_come_from_words_and_from_the_clock(string text, Shifts shifts) =>
        Assert.Equal(shifts, Reader.Read(text).Shifts.Aggregate(Shifts.None, (all, one) => all | one.Value));

    [Theory]
    [InlineData("Départ de notre dépôt de Valmiron (00100)", "00001")]
    [InlineData("Lieu : 00120 Castelbruze", "00003")]
    [InlineData("pour finir la maison des assos à La Fontenaie sur Ivrette", "00005")]
    [InlineData("00140 La Fontenaie", "00006")]
    [InlineData("cuisine centrale, rue des Tilleuls, à St-Ozille-s/-Ivrette", "00014")]
    [InlineData("l'entretien du lycée agricole de Merolles", "00004")]
    [InlineData("Poste basé à VALMIRON", "00001")]
    [InlineData("Agent d'entretien H/F Valmiron", "00001")]
    [InlineData("CDI - Valmiron centre - 35 h", "00001")]
    [InlineData("Secteur Valmiron", "00001")]
    [InlineData("12 rue de Valmiron", null)]
    [InlineData("Chantier à Valmiron (99)", null)]
    [InlineData("Avoir le Sens du service", null)]
    [InlineData("chantier à Bourgneuf", null)]
    [InlineData("siret 12300100000011", null)]
    public void The_commune_needs_a_postal_code_or_words_of_place(string text, string? insee) => Assert.Equal(insee, Reader.Read(text).Commune?.Value.InseeCode);

    [Fact]
    public void A_name_shared_by_two_communes_is_left_to_a_human() =>
        Assert.Equal(["00031", "00032"], Reader.Read("chantier à Bourgneuf").CommuneChoices.Select(one => one.InseeCode));

    [Theory]
    [InlineData("Intitulé : Agent / Agente d'entretien des espaces naturels\n", "Agent / Agente d'entretien des espaces naturels")]
    [InlineData("Il me faudrait 2 maçons (H/F) en embauche directe,", "Maçons")]
    [InlineData("Nous cherchons 4 techniciens ou techniciennes de déploiement informatique pour déballer", "Techniciens ou techniciennes de déploiement informatique")]
    [InlineData("POSTE A - Peintre en bâtiment (3 personnes)\nponçage\n\nPOSTE B - Manœuvre (2 personnes)", "Peintre en bâtiment")]
    [InlineData("* 1 agent(e) de propreté\n", "Agent(e) de propreté")]
    [InlineData("Bonjour,", null)]
    public void The_title_is_written_as_the_company_wrote_it(string text, string? title) => Assert.Equal(title, Reader.Read(text).Title?.Value);

    [Fact]
    public void Skills_are_found_whatever_the_form_of_their_words() =>
        Assert.Equal(
            ["Ouvrir une baie et poser un linteau", "Monter un mur en parpaings ou en briques"],
            Reader.Read("recherche 2 maçons pour ouvrir des baies, poser des linteaux, monter des murs en parpaings").RequiredSkills.Select(one => one.Value));

    [Fact]
    public void Levels_are_kept_only_when_they_are_required()
    {
        Assert.Equal(3, Reader.Read("CAP exigé").RequiredLevel?.Value);
        Assert.Null(Reader.Read("Aucun diplôme exigé, CAP bienvenu").RequiredLevel);
        Assert.Equal(2, Reader.Read("français niveau A2").RequiredFrench?.Value);
        Assert.Null(Reader.Read("savoir lire une consigne").RequiredFrench);
    }

    [Fact]
    public void Physical_constraints_are_said_in_plain_words() =>
        Assert.Equal(
            ["Port de charges (jusqu’à 15 kg)", "Travail en extérieur"],
            Reader.Read("manutention des cartons (jusqu'à 15 kg), dehors par tous les temps").Constraints.Select(one => one.Value));

    [Fact]
    public void A_duration_is_kept_without_computing_an_end()
    {
        var draft = Reader.Read("CDD de 6 mois, démarrage le 11/01/2027");
        Assert.Equal(6, draft.DurationMonths?.Value);
        Assert.Null(draft.EndsOn);
    }

    [Fact]
    public void Each_value_points_to_the_words_it_came_from()
    {
        const string Text = "Cœur de ville : nous cherchons 2 maçons, 35 h par semaine, à l’été puis à compter du 4 janvier 2027. Permis B exigé.";
        var draft = Reader.Read(Text);
        Assert.Equal("35 h par semaine", draft.WeeklyMinutes!.Words(Text));
        Assert.Equal("4 janvier 2027", draft.StartsOn!.Words(Text));
        Assert.Equal("Permis B", draft.RequiredCertificates[0].Words(Text));
        Assert.Equal("2 maçons", draft.Posts!.Words(Text));
    }

    [Theory]
    [InlineData("")]
    [InlineData("   \n\n ")]
    [InlineData("😀😀😀 ((((( ;;;; 99999999999999999999 h")]
    [InlineData("a\u0301e\u0301 œ Œ ﬁ \u0000 \ud800")]
    public void A_text_that_says_nothing_gives_an_empty_draft(string text)
    {
        var draft = Reader.Read(text);
        Assert.Null(draft.StartsOn);
        Assert.Null(draft.WeeklyMinutes);
        Assert.Null(draft.Posts);
        Assert.Null(draft.Commune);
        Assert.Empty(draft.Warnings);
    }

    [Fact]
    public void The_longest_text_allowed_is_read_and_a_longer_one_is_a_fault()
    {
        Assert.Null(Reader.Read(new string('9', JobProfileReader.LongestText)).WeeklyMinutes);
        Assert.Null(Reader.Read(string.Concat(Enumerable.Repeat("a 6 h ", JobProfileReader.LongestText / 6))).StartsOn);
        Assert.Throws<ArgumentException>(() => Reader.Read(new string('a', JobProfileReader.LongestText + 1)));
    }
}
