namespace Matching.Features;

/// <summary>
/// Trades that go by several names, in groups. Written by hand for this service; only names that are rarely used for another trade.
/// </summary>
internal static class SameTrades
{
    internal const string Table = """
        community manager = animateur de communauté en ligne = gestionnaire de médias sociaux
        project manager = chef de projet = gestionnaire de projet = directeur de projet
        product manager = chef de produit = responsable de produit; wedding planner = organisateur de mariages
        data scientist = scientifique des données = analyste scientifique des données; data analyst = analyste de données
        data manager = gestionnaire de données; data engineer = ingénieur de données
        traffic manager = responsable du trafic web = gestionnaire de trafic; brand manager = responsable de marque
        account manager = responsable de clientèle = chargé de compte clients; key account manager = responsable grands comptes
        sales manager = responsable des ventes = directeur commercial; store manager = responsable de magasin = gérant de magasin
        category manager = responsable de catégorie de produits
        facility manager = responsable de la gestion des installations = gestionnaire de services généraux
        trader = opérateur de marché = courtier en valeurs mobilières
        risk manager = gestionnaire de risques = responsable de la gestion des risques
        credit manager = gestionnaire de crédit = responsable du crédit client
        office manager = responsable administratif = gestionnaire de bureau; happiness manager = responsable du bien-être au travail
        scrum master = animateur agile; product owner = responsable de produit numérique
        web designer = concepteur de sites internet = webdesigner; UX designer = concepteur d'expérience utilisateur
        game designer = concepteur de jeux = concepteur de jeux vidéo; level designer = concepteur de niveaux de jeux
        sound designer = concepteur sonore; designer industriel = concepteur industriel
        webmaster = webmestre = administrateur de site web
        help desk = assistance informatique = support informatique = aide aux utilisateurs
        back-office = post-marché = service administratif; front-end = interface utilisateur; growth hacker = responsable de la croissance
        call center = centre d'appels; télévendeur = télémarketeur = vendeur par téléphone
        téléconseiller = agent de centre d'appels = conseiller en centre d'appels = opérateur de centre de contact
        téléprospecteur = agent de télémarketing; standardiste = opérateur téléphonique; hôte d'accueil = réceptionniste = agent d'accueil
        hôte de caisse = caissier; employé d'étage = femme de chambre = agent d'entretien de chambres = valet de chambre
        gouvernant d'hôtel = responsable de l'entretien des chambres; veilleur de nuit = réceptionniste de nuit = gardien de nuit
        concierge d'immeuble = gardien d'immeuble; agent de sécurité = agent de prévention et de sécurité = vigile = agent de surveillance
        maître-chien = agent cynophile = conducteur de chien; protection rapprochée = garde du corps
        convoyeur de fonds = transporteur de fonds; technicien de surface = agent de propreté = agent d'entretien = nettoyeur
        laveur de vitres = nettoyeur de vitres; éboueur = ripeur = agent de collecte des déchets
        trieur de déchets = agent de tri = opérateur de tri
        docker = débardeur = ouvrier de manutention portuaire = manutentionnaire portuaire
        cariste = conducteur de chariot élévateur = opérateur de chariot élévateur
        magasinier = gestionnaire de stock = employé d'entrepôt; préparateur de commandes = agent de préparation de commandes
        ripeur = agent de chargement; déménageur = ouvrier du déménagement
        routier = conducteur routier = chauffeur routier = chauffeur de poids lourd
        conducteur de transport routier = chauffeur de poids lourd = chauffeur routier
        conducteur de transport en commun = conducteur d'autobus = chauffeur de bus; machiniste-receveur = conducteur d'autobus
        conducteur d'engins ferroviaires = conducteur de train = conducteur de locomotive; chef de gare = chef de station
        contrôleur de train = agent d'accompagnement des trains = chef de bord
        aiguilleur du ciel = contrôleur aérien = contrôleur de la navigation aérienne
        hôtesse de l'air = steward = personnel navigant commercial = membre de l'équipage de cabine; bagagiste = porteur de bagages
        batelier = marinier = conducteur de bateau fluvial; marin-pêcheur = matelot de pêche = pêcheur en mer
        mareyeur = grossiste en poissons = négociant en produits de la mer; conchyliculteur = ostréiculteur = éleveur de coquillages
        pisciculteur = éleveur de poissons = aquaculteur; moutonnier = éleveur de moutons = éleveur d'ovins = berger
        vacher = éleveur de bovins = bouvier; porcher = éleveur de porcs = éleveur porcin; chevrier = éleveur de chèvres = éleveur caprin
        aviculteur = éleveur de volailles; apiculteur = éleveur d'abeilles; héliciculteur = éleveur d'escargots
        cuniculteur = éleveur de lapins; vigneron = viticulteur = exploitant viticole = exploitation viticole
        maître de chai = caviste = responsable de cave; œnologue = spécialiste du vin
        maraîcher = producteur de légumes = cultivateur de légumes; arboriculteur = producteur de fruits = exploitant de verger
        céréalier = producteur de céréales; pépiniériste = horticulteur de pépinière; sylviculteur = ouvrier forestier
        élagueur = grimpeur-élagueur = chirurgien des arbres
        tractoriste = conducteur d'engins agricoles = conducteur de machines agricoles; bétonnier = ouvrier du béton = ouvrier bétonneur
        ferrailleur = armaturier = monteur d'armatures; maçon = ouvrier en maçonnerie = briqueteur
        grutier = conducteur de grue = opérateur de grue; pelleteur = conducteur de pelle = conducteur d'engins de terrassement
        échafaudeur = monteur d'échafaudages; vitrier = miroitier = poseur de vitrages; plaquiste = poseur de plaques de plâtre
        solier = moquettiste = poseur de revêtements de sol; étancheur = poseur d'étanchéité
        calorifugeur = isolateur thermique = ouvrier en isolation; plombier = installateur sanitaire = monteur en installations sanitaires
        chauffagiste = installateur en chauffage = monteur en chauffage; frigoriste = technicien frigoriste = technicien en réfrigération
        climaticien = technicien en climatisation; ascensoriste = technicien d'ascenseurs = installateur d'ascenseurs
        métallier = serrurier-métallier = ouvrier métallurgiste du bâtiment
        poseur de fermetures = installateur de portes et fenêtres = poseur de menuiseries; arpenteur = géomètre
        chef de chantier = contremaître de chantier; conducteur de travaux = responsable de travaux
        métreur = économiste de la construction; tôlier = carrossier = ouvrier en tôlerie
        garagiste = mécanicien automobile = réparateur de véhicules automobiles
        usineur = opérateur de machines-outils = opérateur d'usinage; décolleteur = opérateur de décolletage
        galvaniseur = opérateur de galvanisation; repousseur = opérateur de repoussage; bobinier = opérateur de bobinage = bobineur
        câbleur = monteur câbleur = assembleur de câbles; tuyauteur = monteur en tuyauterie; chaudronnier = tôlier en chaudronnerie
        imprimeur = opérateur d'impression = conducteur de presse d'impression
        rotativiste = conducteur de rotative = opérateur de presse rotative
        prépresse = préparation en forme imprimante = forme imprimante; relieur = ouvrier de reliure
        piqueur = opérateur de piquage = couseur = mécanicien en confection; couturier = tailleur de vêtements; modéliste = patronnier
        retoucheur = couturier en retouche; blanchisseur = employé de blanchisserie = employé de pressing
        maroquinier = fabricant d'articles en cuir; cordonnier = réparateur de chaussures
        lapidaire = tailleur de pierres précieuses = diamantaire; joaillier = bijoutier
        luthier = facteur d'instruments de musique = fabricant d'instruments de musique
        accordeur de pianos = accordeur d'instruments de musique; bouquiniste = vendeur de livres d'occasion
        fripier = vendeur de vêtements d'occasion; brocanteur = marchand d'objets d'occasion
        forain = commerçant ambulant = vendeur sur les marchés = marchand ambulant
        buraliste = gérant de bureau de tabac = vendeur de tabac; pompiste = employé de station-service
        vendeur en prêt-à-porter = vendeur de vêtements = vendeur en habillement; étalagiste = décorateur de vitrines = marchandiseur
        mannequin = modèle; visiteur médical = délégué médical = représentant pharmaceutique
        VRP = représentant commercial = voyageur représentant placier; employé de libre-service = employé de rayon = réassortisseur
        chef de rayon = responsable de rayon; barista = préparateur de café; barman = employé de bar = serveur de bar
        commis de salle = aide-serveur; commis de cuisine = aide-cuisinier = aide de cuisine
        plongeur en restauration = laveur de vaisselle; chef de cuisine = chef cuisinier
        restaurateur = gérant de restaurant = exploitant de restaurant; hôtelier = directeur d'hôtel = exploitant d'hôtel = gérant d'hôtel
        traiteur = organisateur de réceptions = organisateur de banquets; crêpier = cuisinier de crêpes; écailler = ouvreur d'huîtres
        guide touristique = guide-accompagnateur = accompagnateur de tourisme
        agent de voyages = conseiller voyages = conseiller en séjours; auxiliaire de vie = aide à domicile = aide aux personnes à domicile
        assistant maternel = nourrice = gardien d'enfants à domicile; garde d'enfants = baby-sitter
        travailleur social = assistant de service social = assistant social; tuteur = mandataire judiciaire
        conseiller en emploi = conseiller en insertion professionnelle = agent d'insertion; conseiller conjugal = conseiller matrimonial
        aide-soignant = assistant en soins; infirmier = infirmier en soins généraux; puériculteur = infirmier en puériculture
        sage-femme = maïeuticien = accoucheur; kinésithérapeute = physiothérapeute; orthophoniste = logopède = logopédiste
        podologue = pédicure; opticien = lunetier; dentiste = chirurgien-dentiste; ostéopathe = praticien en ostéopathie
        chiropracteur = chiropraticien; radiologue = médecin en imagerie médicale
        manipulateur en électroradiologie = technicien en imagerie médicale = technicien en radiologie
        laborantin = technicien de laboratoire; technicien de laboratoire médical = laborantin d'analyses médicales
        ophtalmologue = ophtalmologiste; médecin de famille = médecin généraliste
        instituteur = professeur des écoles = enseignant du primaire
        professeur de sport = professeur d'activités sportives = moniteur sportif = enseignant d'éducation physique
        moniteur d'auto-école = enseignant de la conduite; coach sportif = entraîneur personnel
        formateur pour adultes = formateur d'adultes = enseignant de la formation continue
        directeur d'école de musique = directeur de conservatoire; conseiller d'orientation = psychologue de l'éducation nationale
        pompier = sapeur-pompier = agent de lutte contre l'incendie; centre de secours = caserne de pompiers; gendarme = policier
        gardien de prison = surveillant pénitentiaire; huissier de justice = commissaire de justice; notaire = officier public
        clerc de notaire = assistant notarial; juriste d'entreprise = conseiller juridique
        guichetier = employé de banque = caissier de banque; conseiller bancaire = chargé de clientèle bancaire
        rédacteur crédits = agent de crédit = gestionnaire de crédits; courtier en assurances = intermédiaire en assurances
        actuaire = mathématicien d'assurance; gestionnaire de paie = technicien de paie = agent de paie; recruteur = chargé de recrutement
        DRH = directeur des ressources humaines = responsable des ressources humaines
        directeur financier = directeur administratif et financier = directeur des affaires financières
        contrôleur de gestion = contrôleur financier; secrétaire de direction = assistant de direction
        préventeur = animateur en sécurité du travail = conseiller en sécurité au travail
        responsable logistique = responsable de la logistique et de la distribution; musicien = joueur d'orchestre = instrumentiste
        metteur en scène = réalisateur; cadreur = opérateur de prise de vues = cameraman; preneur de son = ingénieur du son
        perchman = assistant son; disc-jockey = DJ; cascadeur = doubleur de cascades; souffleur de théâtre = assistant de plateau
        comédien = acteur; journaliste reporter = reporter; photojournaliste = reporter photographe = photographe de presse
        attaché de presse = responsable des relations presse; infographiste = graphiste multimédia = concepteur graphique
        pilote d'avion = pilote de ligne; pilote de ligne = commandant de bord; cartographe = technicien en géomatique = spécialiste SIG
        courant faible = télécommunications; qualiticien = ingénieur qualité = responsable qualité
        automaticien = ingénieur en automatisation = technicien en automatisation
        roboticien = ingénieur en robotique = technicien en robotique; carrier = ouvrier de carrière = mineur de carrière
        thanatopracteur = embaumeur; fossoyeur = ouvrier de cimetière
        maître de cérémonie funéraire = directeur de pompes funèbres = conseiller funéraire
        toiletteur canin = toiletteur pour animaux = toiletteur de chiens; maréchal-ferrant = ferreur de chevaux
        palefrenier = soigneur d'équidés = soigneur de chevaux; garde champêtre = garde rural; garde-chasse = garde forestier
        conducteur de ligne = opérateur de ligne de production = pilote de ligne de production = conducteur d'installation
        pilote d'installation = conducteur de ligne = opérateur de production
        """;
}
