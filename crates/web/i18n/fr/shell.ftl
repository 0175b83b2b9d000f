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
shell-nav-files = Fichiers
shell-nav-reviews = À rapprocher
shell-nav-settings = Réglages
shell-nav-journal = Journal
flash-password = Votre mot de passe est enregistré. Vous pouvez vous connecter.
