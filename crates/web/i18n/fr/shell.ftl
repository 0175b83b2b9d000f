shell-skip = Aller au contenu
shell-nav = Navigation principale
shell-nav-public = Liens utiles
shell-search-label = Chercher une personne : nom, téléphone ou numéro de dossier
shell-search-go = Lancer la recherche
shell-search-placeholder = Nom, téléphone
shell-account-hint = {" "}: mon compte
shell-sign-out = Se déconnecter
shell-sign-in = Se connecter
shell-back-home = Retour à l'accueil
shell-demo = Démonstration : personnes inventées, lieux réels, rien ne quitte cette machine. Nous sommes { $today }.
shell-foot-accessibility = Accessibilité
shell-foot-privacy = Données personnelles
shell-foot-components = Composants
shell-crumbs = Fil d'Ariane
shell-errors = { $n ->
    [one] Une réponse est à revoir
   *[other] { $n } réponses sont à revoir
 }
shell-optional = (facultatif)
shell-filter = Filtrer
shell-filter-none = Tout voir
shell-filters = Filtrer la liste
shell-pager = Pages de la liste
shell-pager-first = Début de liste
shell-pager-next = Suite
shell-pager-end = Fin de liste
shell-progress = Lecture en cours
shell-progress-leave = Vous pouvez quitter cette page : la lecture continue.
shell-percent = { $n } %
shell-people = { $n ->
    [one] { $n } personne
   *[other] { $n } personnes
 }
shell-export-csv = Exporter en CSV
shell-export-xlsx = Exporter en XLSX
shell-keep = Garder
shell-home-title = Aujourd'hui
shell-home-hello = Bonjour { $name }
shell-home-tasks = À faire
shell-home-file = Dernier fichier
shell-home-file-all = Tous les fichiers
shell-home-nothing = Rien ne vous attend aujourd'hui
shell-home-nothing-text = Ce qui demandera votre attention s'affichera ici dès qu'un fichier sera lu.

# Entrées de la barre
shell-nav-orientation = À orienter
shell-nav-people = Personnes
shell-nav-proposals = Personnes proposées
shell-nav-files = Fichiers
shell-nav-reviews = À rapprocher
shell-nav-settings = Réglages
shell-nav-rights = Droits des personnes
shell-nav-soon = Bientôt archivées
shell-nav-journal = Journal

# Aujourd'hui
shell-home-summary = { $late ->
    [0] Aucun délai légal n'est dépassé.
    [one] { $late } personne a dépassé le délai légal d'orientation.
   *[other] { $late } personnes ont dépassé le délai légal d'orientation.
 } { $week ->
    [0] Aucun ne le sera dans les 7 jours.
    [one] { $week } l'atteindra dans les 7 jours.
   *[other] { $week } l'atteindront dans les 7 jours.
 }
shell-home-role = { $role }, { $department }.
shell-home-late = en retard
shell-home-week = à 7 jours ou moins
shell-home-to-orient = à orienter
shell-home-everybody = { $n ->
    [one] personne du département
   *[other] personnes du département
}
shell-home-people = { $n ->
    [one] personne que vous suivez
   *[other] personnes que vous suivez
 }
shell-home-closed = { $n ->
    [one] droit fermé
   *[other] droits fermés
 }
shell-home-reviews = { $n ->
    [one] question à décider
   *[other] questions à décider
 }
shell-home-orient = Orienter { $name }
shell-home-close = { $n ->
    [one] { $n } suivi à clore ou à poursuivre
   *[other] { $n } suivis à clore ou à poursuivre
 }
shell-home-close-detail = Le droit est fermé, le suivi est encore ouvert.
shell-home-review = { $n ->
    [one] Décider d'un rapprochement
   *[other] Décider de { $n } rapprochements
 }
shell-home-review-detail = Deux fiches sont peut-être la même personne.
shell-home-reading = Lecture de { $name }
shell-home-reading-detail = Le bilan s'affichera quand la lecture sera finie.
shell-home-columns = Choisir les colonnes de { $name }
shell-home-columns-detail = Ce tableau attend que l'on dise ce que contient chaque colonne.
shell-home-open = Ouvrir des dossiers
shell-home-open-detail = Un motif écrit est demandé ; il est noté au journal.
shell-home-send = Envoyer un fichier
shell-home-send-detail = Le fichier de la CAF ou de la MSA, ou un tableau.
shell-home-contracts = Contrats
shell-home-contracts-detail = À valider, à remplacer, à renouveler, à écrire
shell-home-settings = Régler les territoires
shell-home-settings-detail = Leurs noms et leurs communes.
shell-home-rights = demandes qui attendent
shell-home-rights-late = demandes en retard
shell-home-right-answer = { $n ->
    [one] Répondre à une demande sur les données
   *[other] Répondre à { $n } demandes sur les données
}{ $late ->
    [0] {""}
    [one] , dont une en retard
   *[other] , dont { $late } en retard
}
shell-home-right-answer-detail = La loi donne un mois.
shell-home-journal = Lire le journal
shell-home-journal-detail = Qui a ouvert ou changé quoi, et pourquoi.
shell-home-proposed = { $n ->
    [one] personne proposée
   *[other] personnes proposées
 }
shell-home-answers = à répondre
shell-home-answer = { $n ->
    [0] Revoir les personnes proposées à votre structure
    [one] Répondre à une proposition
   *[other] Répondre à { $n } propositions
 }
shell-home-answer-detail = Vous n'en voyez que ce que la proposition montre, jusqu'à son dernier jour.
shell-home-exceptional = { $n ->
    [one] Lire un accès exceptionnel
   *[other] Lire { $n } accès exceptionnels
 }
shell-home-exceptional-detail = Quelqu'un a ouvert une fiche sans suivre la personne, avec un motif écrit.
shell-home-proposals = { $n ->
    [one] Répondre à un compte proposé
   *[other] Répondre à { $n } comptes proposés
 }
shell-home-proposals-detail = Un compte n'existe qu'une fois accepté.
shell-nav-calls = Appels
shell-home-callbacks = { $n ->
    [one] Rappeler { $n } personne qui l'a demandé
   *[other] Rappeler { $n } personnes qui l'ont demandé
 }
shell-home-callbacks-detail = Elles ont préféré un appel à un rendez-vous en ligne
shell-home-referrals = { $n ->
    [one] Répondre à une personne adressée
   *[other] Répondre pour { $n } personnes adressées
 }
shell-home-referrals-detail = Un prescripteur, un partenaire ou un référent les adresse à la plateforme.
shell-home-sent = { $n ->
    [one] appel prévu
   *[other] appels prévus
 }
shell-home-sent-answered = { $n ->
    [one] réponse reçue
   *[other] réponses reçues
 }
shell-home-refer-detail = La plateforme l'appelle, et vous recevez la réponse.
shell-nav-late = En retard
shell-home-day = { $late ->
    [0] Rien n'est en retard
    [one] Une échéance est dépassée
   *[other] { $late } échéances sont dépassées
} ; { $soon ->
    [0] rien d'autre n'est prévu dans les sept jours.
    [one] une autre arrive dans les sept jours.
   *[other] { $soon } autres arrivent dans les sept jours.
}
shell-home-owed-late = échéances en retard
shell-home-owed-soon = dans les sept jours
shell-home-owed = { $name } : { $what }
shell-home-prescriptions = { $n ->
    [one] Répondre à une prescription
   *[other] Répondre à { $n } prescriptions
}
shell-home-prescriptions-detail = Ces personnes sont proposées pour un dispositif, ou attendent une place.
shell-home-alone = { $n ->
    [one] Une personne n'a pas de référent
   *[other] { $n } personnes n'ont pas de référent
}
shell-home-alone-detail = En nommer un, ou passer le relais depuis L'équipe
shell-home-team-detail = Qui suit qui, ce qui est en retard, passer le relais
