journal-title = Journal
journal-number = Ligne
journal-detail = Précision
journal-role = Rôle
journal-any-role = Tous
journal-any-reason = Avec ou sans
journal-with-reason = Avec un motif
journal-without-reason = Sans motif
journal-token = Un logiciel (jeton)
journal-system = Déclic
journal-caption = Du plus récent au plus ancien. Rien ne peut y être changé ni effacé.
journal-when = Quand
journal-who = Qui
journal-act = Acte
journal-about = Sur
journal-reason = Motif
journal-none = Aucune ligne pour ces filtres
journal-none-text = Élargissez les dates ou enlevez un filtre.
journal-summary = Qui a lu ou fait quoi, quand et pourquoi. Le journal ne contient aucune donnée des dossiers.
journal-summary-team = Vos actes et ceux de votre équipe. Le journal ne contient aucune donnée des dossiers.
journal-summary-technical = Vos actes, et ceux de tous qui touchent les comptes, les réglages et les fichiers. Personne n'y est nommé hors des agents.
journal-summary-own = Ce que vous avez lu ou fait, quand et pourquoi.
journal-shown = { $n ->
    [one] { $n } ligne
   *[other] { $n } lignes
 }
journal-any-act = Tous
journal-anybody = Tout le monde
journal-from = Du
journal-to = Au
journal-software = logiciel : { $name }
journal-machine = Déclic ({ $name })
journal-person = Un dossier
journal-file = Un fichier
journal-chained = Chaque ligne est liée à la précédente, et scellée.
journal-sealed = Dernier bloc scellé : { $number }, jusqu'à la ligne { $row }, { $when }. Sceau à noter ailleurs : { $seal }.
journal-unsealed = Le premier bloc sera scellé demain.
journal-verified = Dernière vérification : { $when }, par { $who }. { $found }
journal-never-verified = Il n'a jamais été vérifié en entier.
journal-verify = Vérifier tout le journal
journal-whole = { $n ->
    [one] Le journal est entier : { $n } ligne vérifiée.
   *[other] Le journal est entier : { $n } lignes vérifiées.
 }
journal-whole-text = { $n ->
    [0] Aucun bloc n'est encore scellé.
    [one] Un bloc scellé.
   *[other] { $n } blocs scellés.
 }
journal-stubs = { $n ->
    [one] D'un bloc expiré, il reste le talon scellé.
   *[other] De { $n } blocs expirés, il reste le talon scellé.
 }
journal-broken = Le journal n'est pas entier.
journal-broken-text = À cet endroit : { $fault }. Prévenez qui tient la base de données, et ne changez rien.
journal-part-essential = Onglet L'essentiel.
journal-part-right = Onglet Droit et fichiers.
journal-part-readers = Onglet Qui a consulté.
journal-part-contacts = Ses moyens de contact.
journal-part-events = Son histoire, par l'API.
journal-part-documents = Onglet Documents.
journal-part-appointments = Onglet Rendez-vous.
journal-part-diagnosis = Le diagnostic et les actions.
journal-part-contract = Un contrat.
journal-agenda = { $n ->
    [0] Aucun rendez-vous.
   *[other] { $n } rendez-vous.
}
journal-list = { $n ->
    [0] Personne.
    [one] Une personne.
   *[other] { $n } personnes.
 }
journal-list-change = { $n ->
    [0] « { $change } » : personne.
    [one] « { $change } » : une personne.
   *[other] « { $change } » : { $n } personnes.
 }
journal-list-filter = Filtre : { $filter }.
journal-list-territory = territoire { $code }
journal-list-referent = un référent
journal-list-rows = Aperçu de { $n } lignes d'un tableau.
journal-found = { $n ->
    [0] Personne n'est trouvé.
    [one] Une personne trouvée.
   *[other] { $n } personnes trouvées.
 }
journal-exported = { $n ->
    [0] Aucune ligne.
    [one] Une ligne.
   *[other] { $n } lignes.
 }
journal-import-received = Reçu, pas encore lu.
journal-import-refused = Refusé.
journal-import-again = Déjà entré : rien n'a changé.
journal-import-mapping = Colonnes lues avec « { $name } ».
journal-import-done = { $dossiers } dossiers, { $people } personnes.
journal-sheet-profile = Correspondance de colonnes « { $name } » enregistrée.
journal-invited-again = Nouveau lien pour choisir un mot de passe.
journal-token-write = Lire et faire entrer des fichiers.
journal-token-read = Lire seulement.
journal-sign-in-demo = Compte de démonstration.
journal-proconnect-nobody = Avec ProConnect : aucun compte ouvert ici pour l’adresse { $email }.
journal-proconnect-no-address = Avec ProConnect : l’adresse donnée n’en est pas une.
journal-proconnect-closed = Avec ProConnect : le compte est fermé ici.
journal-proconnect-interrupted = Avec ProConnect : la personne ou ProConnect s’est arrêtée en chemin.
journal-proconnect-expired = Avec ProConnect : tentative trop ancienne, déjà utilisée ou commencée ailleurs.
journal-proconnect-untrusted = Avec ProConnect : la réponse n’était pas signée comme attendu.
journal-proconnect-unreachable = Avec ProConnect : ProConnect ne répondait pas.
journal-found-whole = { $n ->
    [one] Entier, une ligne.
   *[other] Entier, { $n } lignes.
 }
journal-found-broken = Pas entier : { $fault }.
journal-expired = Lignes { $first } à { $last } : leur durée de conservation est passée, leur talon scellé reste.
journal-became = { $field } : « { $before } » devient « { $after } ».
journal-set = { $field } : « { $after } ».
journal-unset = { $field } : « { $before } » est enlevé.
journal-yes = oui
journal-no = non
journal-usable = valable
journal-unusable = ne fonctionne plus
journal-field-value = Valeur
journal-field-territory = Territoire
journal-field-territory-name = Nom du territoire
journal-field-commune-territory = Territoire de la commune
journal-field-email = Courriel
journal-field-phone = Téléphone
journal-field-role = Rôle
journal-field-structure = Structure
journal-field-exceptional = Rôles qui ont l'accès exceptionnel
journal-since = depuis le { $date }
journal-until = jusqu'au { $date }
journal-field-language = Langue
journal-field-consent = Accord pour être joint
journal-part-call = l'écran de l'appel
journal-call-taken = la personne est réservée
journal-call-given-back = la personne est rendue à la file
journal-answers = { $n ->
    [one] une réponse
   *[other] { $n } réponses
 }
journal-decided = parcours { $path }, organisme { $organisation }
journal-decided-otherwise = parcours { $path }, organisme { $organisation }, autrement que proposé
journal-catalogue = version { $n }
