using System.Globalization;
using Matching.Engine.Text;

namespace Matching.Features;

/// <summary>
/// What the world of work writes in several ways: short forms, and words that may stand for one another in a job title. Written by
/// hand for this service; the nearness says how often one may be taken for the other, 1 being always.
/// </summary>
public static class TradeWords
{
    /// <summary>Short forms and what each means, in the order written.</summary>
    public static IReadOnlyList<(string Typed, string Meant)> Meanings { get; } = [.. Entries(ShortForms).Select(entry => entry.Split(" = ")).Select(parts => (parts[0], parts[1]))];

    /// <summary>The same, as synonyms.</summary>
    public static Synonyms Abbreviations { get; } = new(Meanings);

    /// <summary>Words near one another, for <see cref="TitleMatcher"/>.</summary>
    public static RelatedWords Related { get; } = new(Entries(Near).Select(entry => entry.Split(' ')).Select(words =>
        (double.Parse(words[0], CultureInfo.InvariantCulture), (IReadOnlyList<string>)words[1..])));

    /// <summary>Phrases that name the same trade, for <see cref="TitleMatcher"/>.</summary>
    public static SamePhrases Same { get; } = new(Entries(SameTrades.Table).Select(entry => entry.Split(" = ")));

    private static string[] Entries(string table) =>
        table.Split([';', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private const string ShortForms = """
        AS = aide-soignant; ASH = agent de service hospitalier; AES = accompagnant éducatif et social; AESH = accompagnant des élèves en situation de handicap
        AVS = auxiliaire de vie sociale; AVS = auxiliaire de vie; ADV = administration des ventes; AMP = aide médico-psychologique; AAD = aide à domicile
        ASSMAT = assistant maternel; ATSEM = agent spécialisé des écoles maternelles; IDE = infirmier; IBODE = infirmier de bloc opératoire
        BTP = bâtiment travaux publics; TP = travaux publics; VRD = voirie et réseaux divers; PL = poids lourd; SPL = super poids lourd; VL = véhicule léger
        VTC = voiture de transport avec chauffeur; VUL = véhicule utilitaire léger; CVC = chauffage ventilation climatisation
        ITE = isolation thermique par l'extérieur; CN = commande numérique; CNC = commande numérique; SAV = service après-vente
        RH = ressources humaines; DRH = directeur des ressources humaines; DAF = directeur administratif et financier; DG = directeur général
        PDG = président directeur général; RAF = responsable administratif et financier; ADJ = adjoint; RESP = responsable; TECH = technicien
        ELEC = électricien; MECA = mécanicien; COMM = communication; DIR = directeur; ASST = assistant; ING = ingénieur; MAINT = maintenance
        HSE = hygiène sécurité environnement; QSE = qualité sécurité environnement; QHSE = qualité hygiène sécurité environnement; R&D = recherche et développement
        TIC = informatique; IT = informatique; DSI = directeur des systèmes d'information; SI = système d'information; CIP = conseiller en insertion professionnelle
        ETI = encadrant technique d'insertion; VDI = vendeur à domicile; VRP = représentant; CHR = café hôtel restaurant
        SSIAP = agent de sécurité incendie; APS = agent de prévention et de sécurité; EHPAD = maison de retraite; MAS = maison d'accueil spécialisée
        GMS = grande surface; PAO = publication assistée par ordinateur; DAO = dessinateur; CAO = conception assistée par ordinateur; VFX = effets spéciaux
        paysa = paysagiste; manut = manutentionnaire; prépa commande = préparateur de commandes; peintre bât = peintre en bâtiment
        """;

    private const string Near = """
        0.75 responsable chef directeur manager manageur; 0.65 responsable gérant dirigeant exploitant encadrant superviseur chef directeur patron
        0.5 responsable gestionnaire coordinateur coordonnateur administrateur chargé; 0.6 directeur président; 0.65 chef contremaître
        0.6 chef cadre; 0.7 opérateur conducteur machiniste pilote; 0.6 ouvrier agent employé opérateur manœuvre
        0.5 technicien agent opérateur spécialiste; 0.5 préposé agent employé; 0.7 vendeur commercial conseiller démonstrateur
        0.6 vendeur marchand négociant détaillant commerçant; 0.6 commercial délégué attaché représentant; 0.6 acheteur approvisionneur
        0.75 enseignant professeur instituteur maître; 0.65 enseignant formateur instructeur moniteur éducateur; 0.6 entraîneur coach moniteur
        0.6 ingénieur concepteur; 0.6 ingénieur spécialiste expert; 0.65 consultant conseiller expert conseil
        0.6 analyste expert consultant spécialiste; 0.7 assistant aide adjoint auxiliaire; 0.55 assistant secrétaire; 0.6 apprenti aide
        0.7 monteur assembleur installateur poseur; 0.65 réparateur mécanicien dépanneur restaurateur; 0.6 monteur ajusteur
        0.7 maintenance entretien réparation; 0.6 réparateur maintenance entretien; 0.7 nettoyeur nettoyage propreté entretien
        0.75 automobile voiture véhicule auto; 0.6 camion véhicule; 0.6 routier transport camion
        0.8 informatique tic numérique informaticien digital; 0.75 logiciel informatique application; 0.8 développeur programmeur
        0.6 développeur concepteur; 0.7 fabrication production; 0.6 fabricant producteur fabrication; 0.55 fabrication industrie industriel usine
        0.7 bâtiment construction btp; 0.6 chantier travaux construction; 0.75 magasin boutique commerce
        0.6 vente commerce commercial distribution; 0.8 restaurant restauration; 0.6 cuisinier cuisine chef; 0.7 serveur garçon
        0.75 marketing mercatique; 0.6 marketing publicité communication; 0.7 recherche chercheur; 0.6 chercheur scientifique
        0.7 médecin docteur praticien; 0.6 soignant infirmier; 0.7 éleveur élevage; 0.6 agriculteur exploitant agricole fermier cultivateur
        0.6 cultivateur producteur; 0.7 ouvrier agricole; 0.7 jardinier horticulteur paysagiste; 0.6 paysagiste paysage
        0.7 forestier sylvicole sylviculteur forêt; 0.7 gardien surveillant agent vigile; 0.6 surveillance sécurité
        0.7 formation enseignement éducation; 0.7 comptable comptabilité; 0.6 financier finance finances; 0.7 banque bancaire banquier
        0.7 assurance assureur; 0.6 juriste juridique avocat; 0.7 droit juridique; 0.7 logistique entrepôt magasinier; 0.6 stock entrepôt magasin
        0.7 manutentionnaire manutention cariste; 0.7 électricien électricité électrique; 0.6 électronicien électronique; 0.7 mécanicien mécanique
        0.7 plombier plomberie sanitaire; 0.7 chauffagiste chauffage; 0.7 climatisation froid frigoriste climatique; 0.7 soudeur soudage
        0.7 maçon maçonnerie; 0.7 charpentier charpente; 0.7 couvreur toiture couverture; 0.7 menuisier menuiserie
        0.6 ébéniste meuble mobilier ameublement; 0.7 peintre peinture; 0.7 carreleur carrelage; 0.7 métal métallurgie métallique métallurgiste
        0.7 couture couturier confection; 0.6 vêtement habillement prêt; 0.7 tissu textile; 0.7 cuir maroquinerie peau; 0.7 chaussure cordonnier
        0.7 imprimeur impression imprimerie; 0.7 photographe photographie photographique; 0.7 journaliste rédacteur reporter
        0.7 traducteur interprète; 0.7 animateur animation; 0.7 spectacle scène artistique; 0.7 artiste artistique
        0.7 musicien musique musical instrumentiste; 0.7 danseur danse; 0.7 acteur comédien; 0.7 film cinéma audiovisuel vidéo
        0.7 voyage tourisme touristique; 0.7 hôtel hôtellerie hôtelier; 0.6 réceptionniste accueil réception; 0.7 coiffeur coiffure
        0.7 esthéticien esthétique beauté; 0.7 pharmacien pharmacie; 0.7 vétérinaire animal animaux; 0.7 dentiste dentaire
        0.7 psychologue psychologie; 0.7 kinésithérapeute physiothérapeute; 0.7 social sociale; 0.6 éducateur social animateur; 0.7 enfant enfance
        0.7 personne âgée; 0.7 environnement environnemental écologique; 0.7 déchet recyclage ordures; 0.7 eau hydraulique
        0.7 énergie énergétique; 0.7 pétrole pétrolier gaz; 0.7 mine minier; 0.7 pierre carrière; 0.7 verre verrier
        0.7 céramique céramiste potier poterie; 0.7 bijou bijoutier joaillier bijouterie; 0.7 horloger horlogerie montre
        0.7 navire bateau maritime marin naval; 0.7 pêche pêcheur; 0.7 avion aéronautique aérien aéronef aviation; 0.7 train ferroviaire
        0.7 chauffeur conducteur; 0.7 livreur livraison; 0.7 facteur courrier postal; 0.7 bibliothécaire bibliothèque; 0.7 archives archiviste
        0.7 musée muséographe conservateur; 0.7 immobilier immobilière; 0.7 boulanger boulangerie; 0.7 pâtissier pâtisserie
        0.7 boucher boucherie viande; 0.7 fromager fromage laitier; 0.7 vin viticole viticulteur vigneron; 0.6 bière brasseur brasserie
        0.7 alimentaire agroalimentaire alimentation; 0.7 légume maraîcher; 0.7 fruit arboriculteur; 0.7 fleur fleuriste
        0.7 cheval équestre équitation; 0.7 sport sportif; 0.7 pompier incendie; 0.7 policier police; 0.7 militaire armée; 0.7 politique élu
        0.7 recrutement recruteur; 0.7 qualité contrôle; 0.7 contrôleur inspecteur vérificateur; 0.6 contrôleur vérification essai test testeur
        0.7 dessinateur dessin projeteur; 0.7 architecte architecture; 0.7 géomètre topographe; 0.7 statisticien statistique
        0.7 biologiste biologie; 0.7 chimiste chimie chimique; 0.7 physicien physique; 0.7 laborantin laboratoire; 0.7 ramoneur ramonage
        0.7 agent intervenant; 0.6 client clientèle; 0.7 téléconseiller téléopérateur téléphonique; 0.7 guichet guichetier caissier
        0.7 caissier caisse; 0.7 emballeur emballage conditionnement conditionneur; 0.7 outil outillage outilleur
        0.6 usinage usineur fraiseur tourneur; 0.6 robot robotique; 0.7 automatisme automaticien; 0.7 plastique plasturgie plasturgiste
        0.7 papier papetier carton; 0.7 caoutchouc pneumatique; 0.7 scierie scieur sciage; 0.7 bois forestier; 0.7 tapissier tapisserie décorateur
        0.6 décorateur décoration; 0.6 bureau administratif; 0.6 export import international; 0.6 auditeur audit; 0.6 douane douanier
        0.6 impôt fiscal fisc; 0.6 vente vendeur; 0.7 web internet digital multimédia; 0.6 styliste designer créateur; 0.6 graphiste designer
        0.7 imprimerie impression graphique; 0.7 agricole agriculture agriculteur; 0.6 gestion gestionnaire
        0.75 coordinateur coordonnateur superviseur; 0.7 publicité publicitaire; 0.7 pédagogique pédagogie; 0.7 sécurité sûreté; 0.6 poids routier
        0.7 véhicule auto; 0.6 analyste analyse; 0.7 statistique données data; 0.7 télécom télécommunication télécoms
        0.6 réseau télécommunication; 0.7 maritime navire; 0.6 port portuaire; 0.7 avocat juriste; 0.7 chercheur ingénieur; 0.6 étude recherche
        0.7 électromécanicien électricien électrotechnicien; 0.7 pilote aviateur; 0.7 psychologue psychologique
        0.7 rééducateur rééducation réadaptation; 0.7 infirmier soins; 0.7 hospitalier hôpital clinique; 0.7 scolaire école
        0.6 lycée collège secondaire; 0.7 universitaire université supérieur; 0.7 bricolage quincaillerie; 0.7 jouet jeu; 0.7 jeux jeu
        0.7 vêtement habillement confection; 0.7 cosmétique parfumerie beauté; 0.7 primeur fruit légume; 0.7 poissonnier poissonnerie poisson
        0.7 librairie libraire livre; 0.7 presse journal; 0.7 antiquaire antiquité; 0.7 optique opticien lunettes
        0.7 orthopédiste orthopédique prothésiste prothèse; 0.7 diététicien nutritionniste nutrition; 0.7 ambulancier ambulance
        0.7 funéraire funérailles obsèques; 0.7 bénévole volontaire; 0.7 domicile ménage domestique; 0.7 ménage ménager nettoyage
        0.7 blanchisserie pressing repassage laverie; 0.7 nourrice garde enfant puériculture; 0.7 spectacle théâtre; 0.7 son sonorisation
        0.7 lumière éclairage; 0.7 montage monteur; 0.7 assemblage assembleur montage; 0.7 fonderie fondeur; 0.7 forge forgeron; 0.7 tri trieur
        0.7 démolition démolisseur; 0.7 isolation isolateur calorifugeur; 0.7 plâtre plâtrier plaquiste; 0.7 vitre vitrier verre
        0.7 ascenseur ascensoriste; 0.7 échafaudage échafaudeur; 0.7 grue grutier; 0.7 route routier voirie
        0.7 excavation terrassement terrassier; 0.7 forage foreur; 0.7 explosif artificier; 0.7 béton bétonnier; 0.7 nucléaire radioprotection
        0.7 éolien éolienne; 0.7 solaire photovoltaïque
        """;
}
