settings-title = Territoires
settings-lead = Chaque commune appartient à un territoire ; une personne est suivie par l'équipe du sien.
settings-none = Aucun territoire
settings-none-text = Ajoutez-en un, puis donnez-lui ses communes. Sans territoire, aucune équipe ne voit les personnes.
settings-territory = Territoire
settings-code = Code
settings-communes = Communes
settings-people = Personnes
settings-name = Nom du territoire
settings-add = Ajouter un territoire
settings-add-go = Ajouter
settings-rename = Renommer
settings-rename-go = Enregistrer le nom
settings-move = Déplacer des communes
settings-move-which = Communes à déplacer
settings-move-go = Déplacer
settings-move-hint = Les personnes de ces communes passent à l'autre équipe. Le changement est daté et noté au journal.
settings-to = Vers le territoire
settings-territory-lead = { $n ->
    [one] { $n } commune.
   *[other] { $n } communes.
 }
settings-communes-none = Ce territoire n'a aucune commune. Ouvrez un autre territoire pour lui en prendre.
settings-without = { $n ->
    [one] { $n } commune n'a pas de territoire
   *[other] { $n } communes n'ont pas de territoire
 }
settings-none-yet = Communes sans territoire
settings-choose = Choisissez un territoire
settings-move-none = Cochez au moins une commune.
settings-move-nowhere = Choisissez un autre territoire.
settings-security = Connexion et sessions
settings-security-lead = Qui donne un code en plus du mot de passe, et après combien de temps une connexion se ferme.
settings-security-roles = Rôles qui demandent la double authentification
settings-security-roles-hint = Qui tient un de ces rôles la met en place à sa prochaine connexion, avant toute autre page.
settings-security-idle = Minutes sans usage avant la fermeture
settings-security-idle-hint = Les guides de l'ANSSI disent 30 minutes au plus. Entre 5 et 480.
settings-security-admin = Les mêmes minutes, pour l'administration
settings-security-admin-hint = Les guides de l'ANSSI disent 15 minutes. Entre 5 et 480.
settings-security-longest = Heures avant la fermeture, dans tous les cas
settings-security-longest-hint = Une journée de travail. Entre 1 et 24.
settings-security-note = Le changement vaut à partir d'aujourd'hui. Il est daté et noté au journal, avec les valeurs d'avant.
settings-security-go = Enregistrer
settings-tabs = Pages des réglages
settings-tab-territories = Territoires
settings-tab-structures = Structures
settings-tab-users = Comptes
settings-tab-propose = Proposer un compte
settings-tab-tokens = Jetons
settings-cancel = Annuler
settings-once = Ceci n'est montré qu'une fois : copiez-le maintenant. Déclic n'en garde que l'empreinte.
settings-wrong-date = Écrivez la date en entier : jour, mois et année.
settings-tab-exceptional = Accès exceptionnels
settings-tab-security = Connexion
